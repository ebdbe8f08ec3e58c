"""An office, or any problem, and changed copies of it. Nothing is solved before a plan is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from models.changes import Change as Happened
from models.faults import Fault, InvalidInput
from models.intake.book import OfficeBook, make_book
from models.intake.reading import read_sources
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from models.reading import read_problem
from models.rules.roster import week_name
from optimizer.comparing import cases as changes
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.why.shortfall import tightest

if TYPE_CHECKING:
    from api.what_if.planned import Planned
    from api.what_if.running import Cluster

Dates = str | dt.date | Iterable[str | dt.date]
Edit = Callable[[Problem], Problem]

#: seconds of search for a plan where nothing else is said
SECONDS = 10.0


@dataclass(frozen=True)
class Change:
    """One change: what it is called, and what it does to a problem; ``today``: what it says is past, where it does."""

    label: str
    edit: Edit
    today: dt.date | None = None


def load(source: str | Path | Problem, office: Office | None = None) -> Case:
    """The office in a folder or workbook as it is, the problem in a ``.json`` file, or a problem at hand.

    Raises:
        InvalidInput: with every fault found.
    """
    if isinstance(source, Problem):
        return Case(_Stated(source, office), source.name)
    path = Path(source)
    if path.suffix.lower() == ".json":
        return Case(_Stated(read_problem(path), office), path.name)
    tables = _Tables(path)
    tables.book({})  # what is wrong is told at once, not when a plan is asked for
    return Case(tables, path.name)


class _Tables:
    """An office as tables: another horizon lays its visits out anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def book(self, horizon: Mapping[str, dt.date]) -> tuple[Problem, Office | None]:
        sources = read_sources(self.path)
        if horizon:
            settings = dict(sources.settings or {})
            sources.settings = settings | {"horizon": dict(settings.get("horizon", {})) | dict(horizon)}
        book: OfficeBook = make_book(sources)
        return book.problem, book.office


class _Stated:
    """A problem that is given: another horizon keeps those of its workdays that lie within."""

    def __init__(self, problem: Problem, office: Office | None) -> None:
        self.problem, self.office = problem, office

    def book(self, horizon: Mapping[str, dt.date]) -> tuple[Problem, Office | None]:
        first, last = horizon.get("first", dt.date.min), horizon.get("last", dt.date.max)
        days = tuple(day for day in self.problem.workdays if first <= day <= last)
        return self.problem.changed(workdays=days) if horizon else self.problem, self.office


class Case:
    """An office or a problem with changes on top, in the order they were given; equal cases share their plans."""

    def __init__(
        self,
        origin: _Tables | _Stated,
        source: str,
        steps: Sequence[Change] = (),
        horizon: Mapping[str, dt.date] | None = None,
        label: str | None = None,
        districts: Mapping[str, str] | None = None,
    ) -> None:
        self._origin, self._source = origin, source
        self._steps, self._horizon = tuple(steps), dict(horizon or {})
        self._label, self._districts = label, dict(districts or {})

    def what_if(
        self,
        *edits: Edit,
        label: str | None = None,
        officers: int | Mapping[str, int] | None = None,
        topics: Mapping[str, Sequence[str]] | None = None,
        cars: int | Mapping[Any, int] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        prices: Mapping[str, Any] | None = None,
        absent: Mapping[str, Dates] | None = None,
        travel: float | Mapping[str, Any] | None = None,
        durations: float | Mapping[str, float] | None = None,
        windows: Mapping[str, str | None] | None = None,
        slack: float | None = None,
        add: Sequence[Mapping[str, Any]] | None = None,
        drop: str | Iterable[str] | None = None,
        districts: Mapping[str, str] | None = None,
    ) -> Case:
        """This case with more changes on top of those that it has; what was changed before stays changed.

        Args:
            edits: any functions from a problem to a problem, applied last.
            label: what the case is called in tables and pictures; else its changes in short.
            officers: so many officers, or so many who have each topic named; the last go, copies of the first come.
            topics: for each officer named, topics that he or she can advise on as well.
            cars: so many cars at every office; or by office, date, or range of dates ``2012-09-03..2012-09-07``.
            start: the horizon begins on this day; the visits of an office of tables are laid out anew.
            end: the horizon ends on this day.
            prices: baht for any of the prices.
            absent: for each officer named, more dates or ranges on which he or she is away.
            travel: a factor on all ways, or ``minutes`` and ``km``, each a factor or a whole matrix.
            durations: a factor on all visits, or minutes by visit or cooperative.
            windows: hours in which visits start, by visit or cooperative: ``"09:00-12:00"``, or None for any.
            slack: minutes kept free before each visit starts.
            add: more visits, as in problem.json; ``id`` and ``seq`` may be left out.
            drop: visits, or cooperatives with all of theirs, that are not made.
            districts: districts that are counted as another one in tables and pictures.

        Raises:
            InvalidInput: a date is none.
        """
        steps = list(self._steps)
        given: list[tuple[str, Any, Callable[[Problem, Any], Problem]]] = [
            ("officers", officers, changes.with_officers),
            ("topics", topics, changes.with_topics),
            ("cars", cars, lambda problem, value: changes.with_cars(problem, _by_day(value, problem))),
            ("prices", prices, changes.with_prices),
            ("absent", absent, lambda problem, value: changes.with_absences(problem, _days(value, problem))),
            ("travel", travel, changes.with_travel),
            ("durations", durations, changes.with_durations),
            ("windows", windows, changes.with_windows),
            ("slack", slack, _with_slack),
            ("add", add, changes.with_visits),
            ("drop", drop, changes.without_visits),
        ]
        for name, value, change in given:
            if value is not None:
                told = f"{name}={_short(value)}"
                steps.append(Change(told, partial(_applied, change, value)))
        steps += [Change(getattr(edit, "__name__", "edited"), edit) for edit in edits]
        horizon = {key: _date(value) for key, value in (("first", start), ("last", end)) if value is not None}
        return Case(
            self._origin, self._source, steps, self._horizon | horizon, label or (None if steps else self._label),
            self._districts | dict(districts or {}),
        )  # fmt: skip

    def replan(
        self,
        plan: Planned | Plan,
        *happened: Happened,
        today: str | dt.date | None = None,
        begins: str | dt.date | None = None,
        pins: Iterable[str] = (),
        label: str | None = None,
        **changes: Any,
    ) -> Case:
        """This case after something happened to a plan of it that was published: what moves is priced from then on.

        Args:
            plan: what stands; it becomes the published plan.
            happened: what happened, any of :mod:`models.changes`: ``Absence("o09", "2012-09-03", "2012-09-07")``.
            today: days before it are past and stay, also when this case is mended again.
            begins: days before it stay this once; ``today``, else the first day of what happened where not given.
            pins: visits that stay where the plan has them.
            label: what the case is called in tables and pictures.
            changes: changes on top, as for :meth:`what_if`.

        Raises:
            InvalidInput: what happened does not fit the plan, or a date is none; when the case is looked at.
        """
        published = plan if isinstance(plan, Plan) else plan.plan
        day, first = (None if one is None else _date(one) for one in (today, begins))
        named = [f"{name}={one}" for name, one in (("today", day), ("begins", first)) if one]
        told = ", ".join(["replan", *named, *(one.kind for one in happened)])
        step = Change(told, partial(_replanned, published, happened, (day, first), tuple(pins), self._past), day)
        case = Case(self._origin, self._source, [*self._steps, step], self._horizon, label, self._districts)
        return case.what_if(label=label, **changes) if changes else case

    def _past(self) -> dt.date | None:
        """The day before which all is past: as the last replanning said, or as in the office's own problem."""
        said = [step.today for step in self._steps if step.today]
        return said[-1] if said else self._book[0].today

    @property
    def name(self) -> str:
        """The label, else the changes in short; "as it is" without any."""
        horizon = [f"{'start' if key == 'first' else 'end'}={day}" for key, day in self._horizon.items()]
        said = horizon + [step.label for step in self._steps] + [f"{a}→{b}" for a, b in self._districts.items()]
        return self._label or ", ".join(said) or "as it is"

    @cached_property
    def _book(self) -> tuple[Problem, Office | None]:
        return self._origin.book(self._horizon)

    @cached_property
    def office(self) -> Office | None:
        """Names and places; None where the case was made from a problem without them."""
        office = self._book[1]
        if office is None or not self._districts:
            return office
        rows = tuple(
            row.model_copy(
                update={
                    key: self._districts.get(getattr(row, key), getattr(row, key))
                    for key in ("district_th", "district_en")
                }
            )
            for row in office.cooperatives
        )
        return office.model_copy(update={"cooperatives": rows})

    @cached_property
    def problem(self) -> Problem:
        """The problem with every change.

        Raises:
            InvalidInput: a change cannot be made.
        """
        problem = self._book[0]
        for step in self._steps:
            problem = step.edit(problem)
        return problem

    @cached_property
    def shortfalls(self) -> pd.DataFrame:
        """For each topic ("" for all) its fullest run of weeks, fullest first; not all can be planned over share 1."""
        rows = [
            (one.topic or "", week_name(one.first), week_name(one.last), one.wanted, one.there, one.share)
            for one in tightest(self.problem)
        ]
        return pd.DataFrame(rows, columns=["topic", "first", "last", "tours_wanted", "tours_there", "share"])

    def plan(
        self,
        seconds: float = SECONDS,
        seed: int = 1,
        *,
        params: Params | None = None,
        workers: int = 1,
        client: Cluster = None,
    ) -> Planned:
        """A plan of this case; one that was made before in the same way is there at once.

        Args:
            seconds: how long to search.
            seed: of the search's draws.
            params: parameters of the search; ``seed`` and ``workers`` take the place of its own.
            workers: threads of one search. One, as in :func:`compare`, so that both share their plans.
            client: a Dask client, or the address of a scheduler; else it is planned here.
        """
        from api.what_if.planned import Planned
        from api.what_if.running import Run, plan_of

        run = Run.of(self.problem, seconds, seed, params=params, workers=workers)
        return Planned(self, plan_of(run, client))

    def __repr__(self) -> str:
        return f"Case({self._source}: {self.name})"


def _replanned(
    published: Plan,
    happened: Sequence[Happened],
    days: tuple[dt.date | None, dt.date | None],
    pins: Sequence[str],
    past: Callable[[], dt.date | None],
    problem: Problem,
) -> Problem:
    today, begins = days
    return disturbed(problem.changed(today=past()), published, happened, today=today, begins=begins, pins=pins).problem


def _applied(change: Callable[[Problem, Any], Problem], value: Any, problem: Problem) -> Problem:
    return change(problem, value)


def _with_slack(problem: Problem, minutes: float) -> Problem:
    return problem.changed(day=problem.day.model_copy(update={"slack_minutes": minutes}))


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}:{_short(one)}" for key, one in value.items())
    if isinstance(value, list | tuple | set):
        text = "+".join(map(_short, value))
        return text if len(text) <= 40 else f"{len(value)} given"
    return str(value)


def _date(value: str | dt.date) -> dt.date:
    if isinstance(value, dt.datetime):  # pandas' Timestamp is one
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value).strip())
    except ValueError:
        fault = Fault("option-value", "what_if", f"{value!r} is not a date.", "Write it YYYY-MM-DD.")
        raise InvalidInput([fault]) from None


def _span(value: str | dt.date) -> tuple[dt.date, dt.date]:
    first, dots, last = value.partition("..") if isinstance(value, str) else (value, "", value)
    begin = _date(first)
    return begin, _date(last) if dots else begin


def _days(absent: Mapping[str, Dates], problem: Problem) -> dict[str, list[dt.date]]:
    """The workdays among the dates and ranges of each officer."""
    found: dict[str, list[dt.date]] = {}
    for name, value in absent.items():
        spans = [_span(one) for one in ([value] if isinstance(value, str | dt.date) else value)]
        found[name] = [day for day in problem.workdays if any(first <= day <= last for first, last in spans)]
    return found


def _by_day(cars: int | Mapping[Any, int], problem: Problem) -> int | dict[Any, int]:
    """Cars by office, and by each workday where a date or range is named."""
    if not isinstance(cars, Mapping):
        return int(cars)
    spread: dict[Any, int] = {}
    for key, number in cars.items():
        if key in problem.office_by_id:
            spread[key] = int(number)
            continue
        first, last = _span(key)
        spread |= {day: int(number) for day in problem.workdays if first <= day <= last}
    return spread
