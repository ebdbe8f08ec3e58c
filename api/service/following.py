"""What a subscriber was told, version by version: an event bears the number of the version in which it changed last.

What is told is drawn, and what was drawn is compared: whatever a phone shows of a visit, it is new where it differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.knowing import reduced
from api.service.loading import load_plan, load_stated
from api.storage.problems import Stated
from api.storage.tables import Publication, StoredPlan
from models.plan import Plan, Tour
from models.problem import Problem

if TYPE_CHECKING:  # what draws takes its time to load
    from api.exports.feeds import Feeds


@dataclass(frozen=True, slots=True)
class Period:
    """What was told of one period, up to its last version: the ``plan`` that this published and its ``problem``, by
    their ids; ``stood`` has of each visit its last place before that, so that a phone that slept through some versions
    still hears what vanished; ``seen`` what is shown of each visit now, and ``since`` the version in which that changed
    last; ``ended`` the version with which another period came. Periods are told apart by ``offices`` and ``first``, the
    first workday."""

    problem: str
    plan: str
    version: int
    offices: tuple[str, ...]
    first: dt.date | None
    stood: Plan | None
    seen: Mapping[str, bytes]
    since: Mapping[str, int]
    ended: int = 0

    @property
    def calendar(self) -> tuple[object, ...]:
        """What plans of one period have in common."""
        return self.offices, self.first


@dataclass(frozen=True, slots=True)
class Follower:
    """Who follows what, in which language: an officer's visits, or a cooperative's."""

    officer: str | None
    cooperative: str | None
    lang: str

    def feed(self, session: Session, current: Publication) -> bytes:
        """The feed as it is with a version: of its period, and what earlier ones published."""
        from api.exports.feeds import Earlier

        *earlier, now = periods(session, self, current)
        kept = [
            Earlier(self._feeds(session, period), _until(period, [*earlier[number + 1 :], now]), period.ended)
            for number, period in enumerate(earlier)
            if self._is_of(load_stated(session, period.problem))
        ]
        return self._feeds(session, now).feed(self.officer, self.cooperative, kept)

    def gone_on(self, session: Session, told: tuple[Period, ...], made: Publication) -> tuple[Period, ...]:
        """What is told with one version more: of the period that it belongs to, or of a new one."""
        problem = session.get_one(StoredPlan, made.plan_id).problem_id
        stated = load_stated(session, problem)
        offices = tuple(office.id for office in stated.problem.offices)
        now = Period(
            problem, made.plan_id, made.version, offices, next(iter(stated.problem.workdays), None), None, {}, {}
        )
        before = next((period for period in told if period.calendar == now.calendar), None)
        others = tuple(
            period if period.ended else replace(period, ended=made.version) for period in told if period is not before
        )
        if before is not None:
            now = replace(now, stood=self._laid_over(session, before))
        seen = self._feeds(session, now).seen(self.officer, self.cooperative) if self._is_of(stated) else {}
        was, since = ({}, {}) if before is None else (before.seen, before.since)
        returns = before is not None and before.ended
        anew = [visit for visit in {*was, *seen} if returns or was.get(visit) != seen.get(visit)]
        return (*others, replace(now, seen=seen, since={**since, **dict.fromkeys(anew, made.version)}))

    def _feeds(self, session: Session, period: Period) -> Feeds:
        from api.exports.calendar import Calendar
        from api.exports.feeds import Feeds

        stated, plan = load_stated(session, period.problem), load_plan(session, period.plan)
        known, plan = reduced(self.officer, stated, plan, period.stood)
        return Feeds(
            Calendar(plan, known.problem, known.office, self.lang), period.version, period.stood, period.since
        )  # fmt: skip

    def _is_of(self, stated: Stated) -> bool:
        """Whether whom it is about is in a problem."""
        of = stated.problem
        return (self.officer is None or self.officer in of.officer_by_id) and (
            self.cooperative is None or self.cooperative in of.cooperative_by_id
        )

    def _laid_over(self, session: Session, before: Period) -> Plan:
        """The plan of a period, and of what it held before the visits that it does not have; the follower's tours."""
        plan = load_plan(session, before.plan)
        tours = [tour for tour in plan.tours if self._follows(tour, load_stated(session, before.problem).problem)]
        seen = {stop.visit for tour in tours for stop in tour.stops}
        for tour in before.stood.tours if before.stood else ():
            stops = tuple(stop for stop in tour.stops if stop.visit not in seen)
            if stops:
                tours.append(tour.model_copy(update={"stops": stops}))
        return Plan(tours=tuple(tours))

    def _follows(self, tour: Tour, problem: Problem) -> bool:
        """Whether a tour has something of whom it is about."""
        if self.officer is not None:
            return self.officer in tour.crew
        return any(problem.visit_by_id[stop.visit].cooperative == self.cooperative for stop in tour.stops)


#: what each follower was told up to the version that was asked for last, and the plan that this published: each version
#: is read once, not at every later one, and no more is kept than the next has to be held against: of plans and problems
#: ids, else each phone that asks no more would hold those that it saw last
_TOLD: dict[Follower, tuple[int, str, tuple[Period, ...]]] = {}
MOST_TOLD = 500


def periods(session: Session, follower: Follower, current: Publication) -> tuple[Period, ...]:
    """What was told up to a version, period by period; that of the version is the last."""
    version, plan, known = _TOLD.get(follower, (0, "", ()))
    told: tuple[Period, ...] = ()
    unread: list[Publication] = []
    versions = select(Publication).where(Publication.version <= current.version).order_by(Publication.version.desc())
    for made in session.scalars(versions.execution_options(yield_per=20)):  # the first is known, mostly
        if (made.version, made.plan_id) == (version, plan):
            told = known
            break
        unread.append(made)
    if len(_TOLD) > MOST_TOLD:
        _TOLD.clear()
    for made in reversed(unread):
        told = follower.gone_on(session, told, made)
    _TOLD[follower] = current.version, current.plan_id, told
    return told


def stated_of(session: Session, made: Publication) -> Stated:
    """The problem that a version is the plan of.

    Raises:
        Refused: there is none.
    """
    return load_stated(session, session.get_one(StoredPlan, made.plan_id).problem_id)


def _until(earlier: Period, later: Sequence[Period]) -> dt.date | None:
    """The day from which later calendars of the same offices count; None where they are of other offices."""
    return min((one.first for one in later if one.offices == earlier.offices and one.first), default=None)
