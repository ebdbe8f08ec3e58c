"""An office, or any problem, and changed copies of it: what is changed is read and checked at once, and nothing is
solved before a plan is asked for."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Never

import pandas as pd

from api.what_if.frames import kept
from api.what_if.labelled import by_name, short
from api.what_if.origins import ProblemOrigin, TableOrigin
from api.what_if.reading import Reading, date
from api.what_if.steps import CHANGES, Edit, Step, applied, edited, stepped
from models import given
from models.changes import Change
from models.faults import Fault, InvalidInput
from models.isoweeks import week_name
from models.likeness import perhaps
from models.office import Office
from models.plan import Cost, Plan
from models.problem import Problem
from models.reading import read_plan, read_problem
from models.referee import cost, violations
from models.saying import both
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.why.capacity import Shortage, shortage
from optimizer.why.shortfall import tightest

if TYPE_CHECKING:
    from api.what_if.planned import Planned
    from api.what_if.running import Cluster

#: what is read as a date: also a datetime or Timestamp at midnight, and numpy's datetime64
Day = str | dt.date
#: a day or a range, a tuple of a range's two ends, or several of these
Days = Day | Iterable[Day | tuple[Day, Day]]

#: arguments that are things themselves, or a series of them, and no mapping from things to values
_ONES: Final = ("without_officers", "without_cars", "add", "drop")

#: seconds of search for a plan where nothing else is said
SECONDS = 10.0


def load(source: str | Path | Problem, office: Office | None = None) -> Case:
    """The office in a folder or workbook as it is, the problem in a ``.json`` file, or a problem at hand.

    Raises:
        InvalidInput: with every fault found.
    """
    if isinstance(source, Problem):
        return Case(ProblemOrigin(source, office), source.name)
    if not isinstance(source, str | Path):
        remedy = both(
            "Give a folder, a workbook, a problem.json, or a Problem.", "ระบุโฟลเดอร์ สมุดงาน problem.json หรือ Problem"
        )
        raise InvalidInput([given.refused(source, "load", remedy)])
    path = Path(source)
    if path.suffix.lower() == ".json":
        return Case(ProblemOrigin(read_problem(path), office), path.name)
    return Case(TableOrigin(path), path.name)


class Case:
    """An office or a problem with changes on top, in the order they were given; equal cases share their plans.

    ``problem`` is the problem with every change.
    """

    def __init__(
        self,
        origin: TableOrigin | ProblemOrigin,
        source: str,
        steps: Sequence[Step] = (),
        horizon: Mapping[str, dt.date] | None = None,
        label: str | None = None,
        districts: Mapping[str, str] | None = None,
        book: tuple[Problem, Office | None] | None = None,
    ) -> None:
        """``book``: what the changes made of the origin, where that is known already.

        Raises:
            InvalidInput: the origin is faulty, or a change cannot be made.
        """
        self._origin, self._source = origin, source
        self._steps, self._horizon = tuple(steps), dict(horizon or {})
        self._label, self._districts = label, dict(districts or {})
        self.problem, self._office = book or stepped(origin, self._horizon, self._steps)

    def what_if(
        self,
        *edits: Edit,
        label: str | None = None,
        officers: int | Mapping[str, int] | None = None,
        topics: Mapping[str, str | Sequence[str]] | None = None,
        cars: int | Mapping[Any, int] | None = None,
        without_officers: str | Iterable[str] | None = None,
        without_cars: str | Iterable[str] | None = None,
        start: Day | None = None,
        end: Day | None = None,
        prices: Mapping[str, Any] | None = None,
        absent: Mapping[str, Days] | None = None,
        travel: float | Mapping[str, Any] | None = None,
        durations: float | Mapping[str, float] | None = None,
        windows: Mapping[str, str | None] | None = None,
        slack: float | None = None,
        add: Mapping[str, Any] | Iterable[Mapping[str, Any]] | pd.DataFrame | None = None,
        drop: str | Iterable[str] | None = None,
        districts: Mapping[str, str] | None = None,
        **unknown: Never,
    ) -> Case:
        """This case with more changes on top of those that it has; what was changed before stays changed.

        Officers, cars, topics, offices, visits and cooperatives are named by id or by name, dates are given as dates of
        any kind or as text, also as Thai offices write them. Everything is checked at once.

        Args:
            edits: any functions from a problem to a problem, applied last.
            label: what the case is called in tables and pictures; else its changes in short.
            officers: so many officers, or so many who have each topic named; the last go, copies of the first come.
                Beside ``without_officers`` so many of those who stay; the same with cars.
            topics: for each officer named, topics that he or she can advise on as well.
            cars: so many cars at every office; or by office, date, or range of dates ``2012-09-03..2012-09-07``.
            without_officers: officers who leave; who rides in a published plan is away from ``today`` on.
            without_cars: cars with names that are given up, likewise.
            start: the horizon begins on this day; the visits of an office of tables are laid out anew.
            end: the horizon ends on this day.
            prices: baht for any of the prices.
            absent: for each officer named, more days on which he or she is away: a date, a range as text, a tuple of
                its two ends, or a list of these. A list of two dates is two days, a tuple of two is a range.
            travel: a factor on all ways, or ``minutes`` and ``km``, each a factor or a whole matrix.
            durations: a factor on all visits, or minutes by visit or cooperative.
            windows: hours in which visits start, by visit or cooperative: ``"09:00-12:00"``, or None for any.
            slack: minutes kept free before each visit starts.
            add: more visits, as in problem.json: one, several, or a frame; ``id`` and ``seq`` may be left out.
            drop: visits, or cooperatives with all of theirs, that are not made.
            districts: districts that are counted as another one in tables and pictures.

        Raises:
            InvalidInput: with everything that cannot be read, names nothing, or cannot be.
        """
        if unknown:
            raise InvalidInput([_no_argument(name) for name in unknown])
        faults: list[Fault] = []
        horizon = dict(self._horizon)
        for key, name, day in (("first", "start", start), ("last", "end", end)):
            try:
                horizon |= {key: date(day, f"what_if, {name}")} if day is not None else {}
            except InvalidInput as error:
                faults += error.faults
        problem, office = self.problem, self._office
        if horizon != self._horizon and not faults:
            problem, office = stepped(self._origin, horizon, self._steps)
        asked: dict[str, Any] = {
            "without_officers": without_officers, "without_cars": without_cars,  # first: numbers are of those who stay
            "officers": officers, "topics": topics, "cars": cars, "prices": prices, "absent": absent, "travel": travel,
            "durations": durations, "windows": windows, "slack": slack, "add": add, "drop": drop,
            "districts": districts,
        }  # fmt: skip
        steps: list[Step] = []
        merged = dict(self._districts)
        for name, value in asked.items():
            if value is None:
                continue
            try:
                where = f"what_if, {name}"
                named_ones = value if name in _ONES else by_name(value, where)
                read = getattr(Reading(problem, office), name)(named_ones, where)
                told = short(read if name == "add" else named_ones)
                steps.append(Step(f"{name}={told}", partial(applied, CHANGES[name], read)))
                problem = steps[-1].edit(problem)
            except InvalidInput as error:
                faults += error.faults
            else:
                merged |= read if name == "districts" else {}
        if faults:
            raise InvalidInput(faults)
        for edit in edits:
            steps.append(Step(getattr(edit, "__name__", "edited"), partial(edited, edit)))
            problem = steps[-1].edit(problem)
        all_steps = [*self._steps, *steps]
        named = label or (None if all_steps else self._label)
        book = (problem, office)
        return Case(self._origin, self._source, all_steps, horizon, named, merged, book)

    def replan(
        self,
        plan: Planned | Plan,
        *happened: Change,
        today: Day | None = None,
        begins: Day | None = None,
        pins: str | Iterable[str] = (),
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
            InvalidInput: what happened does not fit the plan, or a date is none.
        """
        published = plan.plan if hasattr(plan, "plan") and not isinstance(plan, Case) else plan
        if not isinstance(published, Plan):
            remedy = both(
                "Give a plan: office.replan(office.plan(), ...).", "ระบุแผน: office.replan(office.plan(), ...)"
            )
            raise InvalidInput([given.refused(plan, "replan", remedy)])
        read = Reading(self.problem, self._office)
        happened = tuple(read.happened(one, f"replan, changes[{number}]") for number, one in enumerate(happened))
        pins = read.pins(pins, "replan, pins")
        day, first = (
            None if one is None else date(one, f"replan, {name}")
            for name, one in (("today", today), ("begins", begins))
        )
        named = [f"{name}={one}" for name, one in (("today", day), ("begins", first)) if one]
        told = ", ".join(["replan", *named, *(one.kind for one in happened)])
        step = Step(told, partial(_replanned, published, happened, (day, first), pins, self._past), day)
        case = Case(
            self._origin, self._source, [*self._steps, step], self._horizon, label, self._districts,
            (step.edit(self.problem), self._office),
        )  # fmt: skip
        return case.what_if(label=label, **changes) if changes else case

    def _past(self) -> dt.date | None:
        """The day before which all is past: as the last replanning said, or as in the office's own problem."""
        said = [step.today for step in self._steps if step.today]
        return said[-1] if said else self._origin.book(self._horizon)[0].today

    @property
    def name(self) -> str:
        """The label, else the changes in short; "as it is" without any."""
        horizon = [f"{'start' if key == 'first' else 'end'}={day}" for key, day in self._horizon.items()]
        said = horizon + [step.label for step in self._steps]
        return self._label or ", ".join(said) or "as it is"

    @cached_property
    def office(self) -> Office | None:
        """Names and places; None where the case was made from a problem without them."""
        office = self._office
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
    def stood(self) -> Cost | None:
        """What the published plan would cost by this case's account, had it stood; None where none is published."""
        published = self.problem.published
        return None if published is None else cost(self.problem, published)

    @property
    @kept
    def shortfalls(self) -> pd.DataFrame:
        """For each topic ("" for all) its fullest run of weeks, fullest first; not all can be planned over share 1."""
        rows = [
            (one.topic or "", week_name(one.first), week_name(one.last), one.wanted, one.there, one.share)
            for one in tightest(self.problem)
        ]
        return pd.DataFrame(rows, columns=["topic", "first", "last", "tours_wanted", "tours_there", "share"])

    def shortage(self, seconds: float = 5.0) -> Shortage:
        """How many visits no plan has room for, and which to thin out first; proven where ``seconds`` suffice."""
        return shortage(self.problem, seconds)

    def plan(
        self,
        seconds: float = SECONDS,
        seed: int | None = None,
        *,
        params: Params | None = None,
        workers: int | None = None,
        client: Cluster = None,
    ) -> Planned:
        """A plan of this case; one that was made before in the same way is there at once.

        Ctrl-C (a notebook's square) ends the search with the best plan found by then; a second one gives it up.

        Args:
            seconds: how long to search.
            seed: of the search's draws; that of ``params`` where not given, else 1.
            params: parameters of the search.
            workers: threads of one search; those of ``params`` where not given, else one.
            client: a Dask client, or the address of a scheduler; else it is planned here.

        Raises:
            InvalidInput: seconds, seed or workers cannot be.
        """
        from api.what_if.planned import Planned
        from api.what_if.running import Run, plan_of

        run = Run.of(self.problem, seconds, seed, params=params, workers=workers)
        return Planned(self, plan_of(run, client))

    def planned(self, plan: str | Path | Plan) -> Planned:
        """A plan of this case that was made before, from its file or as it is: frames, pictures and reasons of it.

        Raises:
            InvalidInput: it cannot be read, or is no plan of this case.
        """
        from api.what_if.planned import Planned

        if not isinstance(plan, str | Path | Plan):
            remedy = both("Give the file of a plan, or a plan.", "ระบุไฟล์ของแผน หรือแผน")
            raise InvalidInput([given.refused(plan, "planned", remedy)])
        made = read_plan(plan.to_json() if isinstance(plan, Plan) else Path(plan), self.problem)
        if broken := violations(self.problem, made):
            cause = both("It breaks {number} rules of this case: {first}", "ผิดกฎของกรณีนี้ {number} ข้อ: {first}",
                         number=len(broken), first=broken[0])  # fmt: skip
            remedy = both("Give a plan of this very case.", "ระบุแผนของกรณีนี้")
            where = "planned" if isinstance(plan, Plan) else str(plan)
            raise InvalidInput([Fault("plan-broken", where, cause, remedy)])
        return Planned(self, made)

    def __repr__(self) -> str:
        return f"Case({self._source}: {self.name})"


def _replanned(
    published: Plan,
    happened: Sequence[Change],
    days: tuple[dt.date | None, dt.date | None],
    pins: Sequence[str],
    past: Callable[[], dt.date | None],
    problem: Problem,
) -> Problem:
    today, begins = days
    return disturbed(problem.changed(today=past()), published, happened, today=today, begins=begins, pins=pins).problem


def _no_argument(name: str) -> Fault:
    known = [each for each in inspect.signature(Case.what_if).parameters if each not in ("self", "edits", "unknown")]
    listed = ", ".join(known)
    cause = both("There is no argument {name}.", "ไม่มีตัวเลือก {name}", name=name)
    remedy = both(f"Give any of {listed}.", f"ใช้ได้คือ {listed}")
    return Fault("field-unknown", "what_if", cause, perhaps(remedy, name, known))
