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

from api.service.errors import unknown
from api.service.knowing import reduced
from api.service.loading import load_plan
from api.storage.problems import Stated, load_problem
from api.storage.tables import Publication, StoredPlan
from models.plan import Plan

if TYPE_CHECKING:  # what draws takes its time to load
    from api.exports.feeds import Feeds


@dataclass(frozen=True, slots=True)
class Period:
    """What was told of one period, up to its last version: ``stood`` has of each visit its last place before that, so
    that a phone that slept through some versions still hears what vanished; ``seen`` what is shown of each visit now,
    and ``since`` the version in which that changed last; ``ended`` the version with which another period came."""

    stated: Stated
    plan: Plan
    version: int
    stood: Plan | None
    seen: Mapping[str, bytes]
    since: Mapping[str, int]
    ended: int = 0


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
            Earlier(self._feeds(period), _until(period, [*earlier[number + 1 :], now]), period.ended)
            for number, period in enumerate(earlier)
            if self._is_of(period.stated)
        ]
        return self._feeds(now).feed(self.officer, self.cooperative, kept)

    def gone_on(self, told: tuple[Period, ...], made: Publication, stated: Stated, plan: Plan) -> tuple[Period, ...]:
        """What is told with one version more: of the period that it belongs to, or of a new one."""
        before = next((period for period in told if _same_calendar(period.stated, stated)), None)
        others = tuple(
            period if period.ended else replace(period, ended=made.version) for period in told if period is not before
        )
        stood = None if before is None else _laid_over(before.stood, before.plan, self.officer)
        now = Period(stated, plan, made.version, stood, {}, {})
        seen = self._feeds(now).seen(self.officer, self.cooperative) if self._is_of(stated) else {}
        was, since = ({}, {}) if before is None else (before.seen, before.since)
        returns = before is not None and before.ended
        anew = [visit for visit in {*was, *seen} if returns or was.get(visit) != seen.get(visit)]
        return (*others, replace(now, seen=seen, since={**since, **dict.fromkeys(anew, made.version)}))

    def _feeds(self, period: Period) -> Feeds:
        from api.exports.calendar import Calendar
        from api.exports.feeds import Feeds

        known, plan = reduced(self.officer, period.stated, period.plan, period.stood)
        return Feeds(
            Calendar(plan, known.problem, known.office, self.lang), period.version, period.stood, period.since
        )  # fmt: skip

    def _is_of(self, stated: Stated) -> bool:
        """Whether whom it is about is in a problem."""
        of = stated.problem
        return (self.officer is None or self.officer in of.officer_by_id) and (
            self.cooperative is None or self.cooperative in of.cooperative_by_id
        )


#: what each follower was told up to the version that was asked for last, and the plan that this published: each version
#: is read once, not at every later one, and no more is kept than the next has to be held against
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
        told = follower.gone_on(told, made, stated_of(session, made), load_plan(session, made.plan_id))
    _TOLD[follower] = current.version, current.plan_id, told
    return told


def stated_of(session: Session, made: Publication) -> Stated:
    """The problem that a version is the plan of.

    Raises:
        Refused: there is none.
    """
    stated = load_problem(session, session.get_one(StoredPlan, made.plan_id).problem_id)
    if stated is None:
        raise unknown("problem")
    return stated


def _until(earlier: Period, later: Sequence[Period]) -> dt.date | None:
    """The day from which later calendars of the same offices count; None where they are of other offices."""
    own = [office.id for office in earlier.stated.problem.offices]
    alike = [one.stated.problem for one in later if [office.id for office in one.stated.problem.offices] == own]
    return min((day for problem in alike for day in problem.workdays[:1]), default=None)


def _laid_over(held: Plan | None, plan: Plan, officer: str | None) -> Plan:
    """A plan, one officer's tours where one is named, and of what was held before the visits that it does not have."""
    tours = [tour for tour in plan.tours if officer is None or officer in tour.crew]
    seen = {stop.visit for tour in tours for stop in tour.stops}
    for tour in held.tours if held else ():
        stops = tuple(stop for stop in tour.stops if stop.visit not in seen)
        if stops:
            tours.append(tour.model_copy(update={"stops": stops}))
    return plan.model_copy(update={"tours": tuple(tours)})


def _same_calendar(one: Stated, other: Stated) -> bool:
    first, second = one.problem, other.problem
    offices = [office.id for office in first.offices] == [office.id for office in second.offices]
    return offices and first.workdays[:1] == second.workdays[:1]
