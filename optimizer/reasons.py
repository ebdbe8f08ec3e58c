"""Why a visit is not planned: a true and specific reason for each, found day by day against the finished plan.

What a reason claims was looked at: that no tour can take a visit in is said only where every tour was tried, which is
done for the :data:`TRIED` most pressing visits; the :data:`LOOKED` most pressing are looked at at all, as far as there
is time for it.
"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from models.costing import Costing
from models.plan import Plan
from models.problem import Depot, Problem, Visit
from models.reasons import DaySpan, Fact, Reason, Share
from models.rules import Finding, Roster, on_day, stands_against
from models.rules.barred import barred_from
from models.rules.breaks import leg_minutes
from models.rules.timing import timings
from models.rules.topics import smallest_crew
from optimizer.stopping import Stopped
from optimizer.why.alone import Alone
from optimizer.why.desk import Desk
from optimizer.why.slots import places

#: visits left out for which every tour of every day is tried; for more, the answer would keep people waiting
TRIED = 20
#: visits left out that are looked at day by day; where there are more, something else is the matter
LOOKED = 400

#: findings of a day itself: whatever crew and car, the visit may not be then
OF_DATES = frozenset({
    "history", "pinned-elsewhere", "no-workday", "before-earliest", "after-latest", "not-its-date", "closed",
    "shut-weekday", "no-hours", "partner-away",
})  # fmt: skip
#: finding -> form of what is said of the days that have it. What holds in every plan is told apart from what holds
#: while the rest of this one stays.
FORMS = {
    "gap": "gap", "gap-history": "gap", "gap-pinned": "gap", "partner-full": "partner-full", "no-rhythm": "gap",
    "no-car": "no-car", "no-car-at-all": "no-car-there", "too-heavy": "no-car-takes-it", "no-officer": "no-officer",
    "no-officer-at-all": "no-officer-there", "all-busy": "all-busy", "no-topic": "no-topic",
    "no-topic-at-all": "no-topic-there", "crew-too-large": "no-crew-there", "topics-clash": "no-crew",
    "too-few-officers": "no-crew", "too-few-officers-at-all": "no-crew-there", "no-lead": "no-lead",
    "too-far": "no-time-left",
}  # fmt: skip
#: form of what keeps the visit from a tour of its own -> the form where no tour that is out was tried
UNTRIED = {
    "no-car": "no-car-untried", "no-officer": "no-officer-untried", "no-topic": "no-topic-untried",
    "no-crew": "no-crew-untried",
}  # fmt: skip


def reasons(problem: Problem, plan: Plan, visits: list[Visit], seconds: float = math.inf) -> dict[str, str]:
    """A reason for each of ``visits``, which ``plan`` leaves out, as plan files carry it.

    ``seconds``: so long visits are looked at, the most pressing first.
    """
    pressing = sorted(visits, key=lambda visit: (-visit.priority, visit.id))
    until, told = time.monotonic() + seconds, {}

    def look() -> None:
        if time.monotonic() >= until:
            raise Stopped

    with suppress(Stopped):  # every look at a visit needs them
        problem.travel.shorten(look)
    situation = _Situation(problem, plan, {visit.id for visit in pressing[:TRIED]}, until)
    for number, visit in enumerate(pressing):
        looked = number < LOOKED and time.monotonic() < until
        told[visit.id] = str(situation.reason(visit) if looked else Reason("not-looked-into"))
    return {visit.id: told[visit.id] for visit in visits}


@dataclass(frozen=True, slots=True)
class _Cause:
    """What stands against a visit on a day: the form of a share, and the topic that is lacking."""

    form: str
    topic: str = ""

    def facts(self, visit: Visit) -> dict[str, str]:
        if self.form == "partner-full" and visit.partner is not None:
            return {"partner": visit.partner}
        return {"topic": self.topic} if self.topic else {}


class _Situation:
    """The finished plan, asked about one visit after the other ``until`` a moment of the monotonic clock."""

    def __init__(self, problem: Problem, plan: Plan, tried: set[str], until: float) -> None:
        self.problem, self.plan, self.tried, self.until = problem, plan, tried, until
        self.alone, self.roster, self.costing = Alone(problem), Roster.of(problem, plan), Costing(problem)

    def reason(self, visit: Visit) -> Reason:
        """The first rule, in the order a planner would check them, that leaves the visit no day."""
        problem = self.problem
        days = [day for day in problem.workdays if self._may_be(visit, day)]
        if not days:
            return self._no_day(visit)
        if problem.cooperative_by_id[visit.cooperative].rhythms is not None:
            return Reason("no-rhythm")
        never = self._never(visit, days)
        if never is not None:
            return never
        desk = Desk(problem, self.plan, visit, self.costing, self.roster)
        causes: Counter[_Cause] = Counter()
        for day in days:  # of a large office every tour of one day alone takes a tenth of a second
            if time.monotonic() >= self.until:
                return Reason("not-looked-into")
            causes[self._cause(desk, visit, day)] += 1
        if len(causes) == 1:
            (cause,) = causes
            return Reason(cause.form, {**cause.facts(visit), "span": self._span(days)})
        shares = tuple(Share(cause.form, number, cause.facts(visit)) for cause, number in causes.most_common())
        return Reason("no-room", {"number": len(days), "first": days[0], "last": days[-1], "shares": shares})

    def _may_be(self, visit: Visit, day: dt.date) -> bool:
        found = self.alone.forbids(visit, day)
        return found is None or found.code not in OF_DATES

    def _span(self, days: list[dt.date]) -> DaySpan:
        between = sum(days[0] <= date <= days[-1] for date in self.problem.workdays)
        return DaySpan(days[0], days[-1], None if between == len(days) else len(days))

    def _no_day(self, visit: Visit) -> Reason:
        days = self.problem.workdays
        starts = [visit.earliest, self.problem.today, days[0] if days else None, min(visit.dates or (), default=None)]
        ends = [visit.latest, days[-1] if days else None, max(visit.dates or (), default=None)]
        first = max([day for day in starts if day] or [dt.date.min])
        last = min([day for day in ends if day] or [first])
        if first > last:
            return Reason("no-day-left", {"first": first, "last": last})
        facts: dict[str, Fact] = {"first": first, "last": last, "cooperative": visit.cooperative}
        if visit.partner is None:
            return Reason("no-day", facts)
        return Reason("no-day-with-partner", {**facts, "partner": visit.partner})

    def _never(self, visit: Visit, days: list[dt.date]) -> Reason | None:
        """What keeps the visit from every day whoever is there: nobody to send, a topic or seats lacking, or time."""
        for topic in visit.topics or ():
            if not any(topic in officer.topics for officer in self.problem.officers):
                return Reason("no-topic-anywhere", {"topic": topic})
        offices = self.alone.roster.offices(visit)
        missing = [self._lacks(visit, office) for office in offices]
        if all(missing):
            return missing[0]
        codes = {finding.code if (finding := self.alone.forbids(visit, day)) else "" for day in days}
        if codes == {"too-heavy"}:
            return Reason("too-heavy")
        return self._too_far(visit, days, offices) if codes == {"too-far"} else None

    def _too_far(self, visit: Visit, days: list[dt.date], offices: Sequence[Depot]) -> Reason:
        """Whether a tour begins the visit too late for its hours, is back too late after it, or a day is too short."""
        problem, day = self.problem, self.problem.day
        spans = [span for date in days for span in problem.starts(visit, date)]
        first, last = min(low for low, _ in spans), max(high for _, high in spans)
        ways, there = problem.travel.shortest_minutes, problem.cooperative_by_id[visit.cooperative].location
        drives = [(float(ways[office.location, there]), float(ways[there, office.location])) for office in offices]
        if not any(timings(day, drive, [visit.minutes], [((day.start, day.end),)]) for drive in drives):
            return Reason("no-time")
        arrive = day.start + min(leg_minutes(day, out, before_visit=True, with_break=False) for out, _ in drives)
        back = min(leg_minutes(day, home, before_visit=False, with_break=False) for _, home in drives)
        until = day.end - back - visit.minutes
        if arrive > last:
            return Reason("not-there-in-time", {"arrive": _clock(math.ceil(arrive)), "until": _clock(math.floor(last))})
        if first > until:
            return Reason("not-back-in-time", {"begin": _clock(math.ceil(first)), "until": _clock(math.floor(until))})
        return Reason("no-time")

    def _lacks(self, visit: Visit, office: Depot) -> Reason | None:
        """What an office lacks on any day."""
        people = self.alone.roster.people(office.id)
        barred = barred_from(self.problem, [visit.id])
        able = [officer for officer in people if officer.id not in barred]
        if not people:
            return Reason("no-officer-at-all", {"office": office.id})
        if not able:
            return Reason("all-barred", {"office": office.id, "cooperative": visit.cooperative})
        for topic in visit.topics or ():
            if not any(topic in officer.topics for officer in able):
                return Reason("no-topic-at-all", {"office": office.id, "topic": topic})
        if min(len(able), office.most_seats) < visit.crew_size:
            return Reason("too-few-officers", {"number": visit.crew_size, "office": office.id})
        if office.most_seats and smallest_crew(visit.topics or (), able, office.most_seats) is None:
            return Reason("crew-too-large", {"number": office.most_seats})
        return None

    def _cause(self, desk: Desk, visit: Visit, day: dt.date) -> _Cause:
        """The first thing that stands against the visit on a day."""
        absolute = self.alone.forbids(visit, day)
        if absolute is not None:
            return _cause_of(absolute)
        on_its_day = next(on_day(desk.roster, visit, day), None)
        if on_its_day is not None:
            return _cause_of(on_its_day)
        own = next(stands_against(desk.roster, visit, day), None)
        if visit.id in self.tried:
            if any(True for _ in places(desk, day)):
                return _Cause("dear")
            return _Cause("no-time-left") if own is None else _cause_of(own)
        if own is None:
            return _Cause("dear-untried")
        cause = _cause_of(own)
        return replace(cause, form=UNTRIED.get(cause.form, cause.form))


def _clock(minutes: int) -> dt.time:
    return dt.time(*divmod(min(minutes, 24 * 60 - 1), 60))


def _cause_of(finding: Finding) -> _Cause:
    return _Cause(FORMS[finding.code], finding.facts.get("topic", ""))
