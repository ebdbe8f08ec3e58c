"""What ``replan`` is told, held against the plan that it happened to: all that is wrong with it comes at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.cli import options
from api.cli.happened import Spoken, at_options, spoken, told_by_option
from api.naming import Gathering, Lookup
from models.changes import HeldOn, NotHeld
from models.faults import Fault, InvalidInput
from models.plan import Plan
from models.problem import Problem
from optimizer.replanning.beginning import first_day
from optimizer.replanning.disturbing import Disturbed, disturbed
from optimizer.replanning.mistakes import faults_of_begin, mistakes


@dataclass(frozen=True, slots=True)
class Told:
    """What the options say, as they are written: what happened, by option, visits to pin, and the two days."""

    happened: Mapping[str, Sequence[str]]
    pins: Sequence[str]
    today: str | None
    begins: str | None

    def after(
        self, names: Lookup, stand: Callable[[], tuple[Problem, Plan]], *, now: dt.date, retabled: bool
    ) -> Disturbed:
        """The state after all that happened to the plan that stands.

        ``now``: the date, from which short notice is counted where no other day is given as today. ``retabled``: the
        problem is made of tables that count from its own ``today`` on.

        Raises:
            InvalidInput: with every option that cannot be read, names what is not there, or does not fit the plan; and
                from ``stand``.
        """
        said, found = spoken(self.happened, names), Gathering(names)
        pins = tuple(found.find("visit", one, "--pin") for one in self.pins)
        today, begins, wrong = self._days()
        faults = [*(fault for one in said for fault in one.faults), *found.faults, *wrong]
        try:
            problem, plan = stand()
        except InvalidInput as error:
            raise InvalidInput([*faults, *error.faults]) from None
        today = problem.today if retabled else today
        if not faults:
            changes = [one.change for one in said if one.change is not None]
            return told_by_option(
                self.happened,
                lambda: disturbed(problem, plan, changes, today=today, begins=begins, pins=pins, noticed=today or now),
                self.pins,
            )
        fits = _Fit(problem, plan, said, today, begins, known=not wrong)
        raise InvalidInput([*faults, *at_options(fits.mistakes(pins), fits.places, self.pins)])

    def _days(self) -> tuple[dt.date | None, dt.date | None, list[Fault]]:
        """Today and the day on which changes begin, where they are given and can be read; and the faults of others."""
        days: list[dt.date | None] = []
        faults: list[Fault] = []
        for option, text in (("--today", self.today), ("--begins", self.begins)):
            try:
                days.append(options.date_of(option, text))
            except InvalidInput as error:
                days.append(None)
                faults += error.faults
        return days[0], days[1], faults


class _Fit:
    """Changes some of which cannot be read, or name what is not there, beside a plan: what else is wrong with them.

    ``known``: the days that the options name can be read.
    """

    def __init__(
        self, problem: Problem, plan: Plan, said: Sequence[Spoken], today: dt.date | None, begins: dt.date | None, *,
        known: bool,
    ) -> None:  # fmt: skip
        self._problem, self._plan, self._today, self._begins = problem, plan, today, begins
        whole = [(one.where, one.change) for one in said if one.change is not None and one.dated]
        #: the options, with their values, of the changes whose days are known
        self.places = [where for where, _ in whole]
        self._changes = [change for _, change in whole]
        #: whether it is known on which day the changes begin
        self._sure = begins is not None or (known and (today is not None or len(whole) == len(said)))

    def mistakes(self, pins: Sequence[str]) -> Iterator[Fault]:
        """What does not fit whatever the rest was meant to be; names that are not there are told already."""
        found = [
            *faults_of_begin(self._begins, self._today or self._problem.today),
            *mistakes(
                self._problem, self._plan, self._changes, self._begun(),
                today=self._today, begins=self._begins, pins=pins,
            ),
        ]  # fmt: skip
        open_ = {f"changes[{n}]" for n, one in enumerate(self._changes) if isinstance(one, HeldOn | NotHeld)}
        for fault in found:
            unsure = fault.code == "date-order" and fault.where.partition(".")[0] in open_ and not self._sure
            if fault.code != "id-unknown" and not unsure:
                yield fault

    def _begun(self) -> dt.date:
        """The first day that may change; where that is not known, the first that could."""
        if self._sure:
            return self._begins or self._today or first_day(self._problem, self._changes)
        days = self._problem.workdays
        return self._today or self._problem.today or (days[0] if days else dt.date.min)
