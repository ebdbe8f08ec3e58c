"""What forbids a visit on a day in every plan: the rules that hold even where it is the only visit of its tour.

Everything here is sound: where :meth:`Alone.forbids` names a rule, no plan at all has the visit on that day. Drives are
the shortest ones over any place, and times are a few seconds generous, so that nothing possible is called impossible.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np

from models.cars import CAPACITY_HAIR
from models.clock import format_clock
from models.hours import ALL_DAY, starts_within
from models.problem import Cooperative, Office, Officer, Problem, Visit
from optimizer.why.findings import Finding

#: minutes of generosity: the referee forgives a second at each of a handful of times
SLACK = 0.1

Range = tuple[float, float]


class Alone:
    """A problem seen visit by visit; what it works out once is kept."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        minutes = np.array(problem.travel.minutes, float).reshape(len(problem.travel.minutes), -1)
        for via in range(len(minutes)):
            minutes = np.minimum(minutes, minutes[:, via : via + 1] + minutes[via : via + 1, :])
        self._minutes = minutes
        self._workdays = frozenset(problem.workdays)
        self._past = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
        pins = set(problem.pins or ())
        self._pinned = {visit: tour.date for tour, visit, _ in problem.published_stops() if visit in pins}
        self._worked = Counter((o, tour.date.isocalendar()[:2]) for tour in problem.history for o in tour.crew)
        self._known: dict[tuple[str, dt.date], Finding | None] = {}
        self._people: dict[tuple[str, dt.date], list[Officer]] = {}

    def forbids(self, visit: Visit, date: dt.date, start: Range | None = None) -> Finding | None:
        """The rule that keeps the visit from the day in every plan, or None; ``start`` narrows when it may begin."""
        if start is not None:
            return self._forbids(visit, date, start)
        key = visit.id, date
        if key not in self._known:
            self._known[key] = self._forbids(visit, date, None)
        return self._known[key]

    def impossible(self, visit: Visit) -> list[tuple[dt.date, Finding]] | None:
        """For each workday the rule that forbids the visit on it, where each day is forbidden; else None."""
        if visit.id in self._past:
            return None
        found = []
        for date in self.problem.workdays:
            finding = self.forbids(visit, date)
            if finding is None:
                return None
            found.append((date, finding))
        return found

    def people(self, office: str, date: dt.date) -> list[Officer]:
        """The officers of an office who could go on a tour that day, as far as absences and history tell."""
        key = office, date
        if key not in self._people:
            week = date.isocalendar()[:2]
            self._people[key] = [
                officer
                for officer in self.problem.officers
                if officer.office == office
                and date not in (officer.absent or ())
                and (officer.max_days_per_week is None or self._worked[officer.id, week] < officer.max_days_per_week)
            ]
        return self._people[key]

    def offices(self, host: Cooperative) -> list[Office]:
        """The offices from which a cooperative may be visited."""
        return [office for office in self.problem.offices if host.office in (None, office.id)]

    def _forbids(self, visit: Visit, date: dt.date, start: Range | None) -> Finding | None:
        host = self.problem.cooperative_by_id[visit.cooperative]
        by_date = next(self._by_date(visit, host, date), None)
        if by_date is not None:
            return by_date
        last: Finding | None = None
        for office in self.offices(host):
            found = self._from(office, visit, host, date, start)
            if found is None:
                return None
            last = found if last is None else last
        return last

    def _by_date(self, visit: Visit, host: Cooperative, date: dt.date) -> Iterator[Finding]:
        problem, day = self.problem, date.isoformat()
        if visit.id in self._past:
            yield Finding("history", {"date": self._past[visit.id].isoformat()})
        if problem.today is not None and date < problem.today:
            yield Finding("history", {"date": problem.today.isoformat()})
        if self._pinned.get(visit.id, date) != date:
            yield Finding("pinned-elsewhere", {"date": self._pinned[visit.id].isoformat()})
        if date not in self._workdays:
            yield Finding("no-workday", {"date": day})
        if visit.earliest is not None and date < visit.earliest:
            yield Finding("before-earliest", {"earliest": visit.earliest.isoformat()})
        if visit.latest is not None and date > visit.latest:
            yield Finding("after-latest", {"latest": visit.latest.isoformat()})
        if date in (host.closed or ()):
            yield Finding("closed", {"cooperative": host.id})
        if visit.partner is not None:
            partner = problem.partner_by_id[visit.partner]
            if date not in partner.dates or partner.per_day == 0:
                yield Finding("partner-away", {"partner": partner.id})
        if host.rhythms is not None and not self._in_rhythm(visit, host, date):
            yield Finding("no-rhythm", {"cooperative": host.id})
        for known, code in ((self._past, "gap-history"), (self._pinned, "gap-pinned")):
            for other in problem.visits_of[host.id]:
                if other.id in known and other.id != visit.id:
                    apart = (date - known[other.id]).days * (1 if other.seq < visit.seq else -1)
                    if apart < host.gap_days:
                        facts = {"other": other.id, "date": known[other.id].isoformat(), "days": str(host.gap_days)}
                        yield Finding(code, facts)

    def _in_rhythm(self, visit: Visit, host: Cooperative, date: dt.date) -> bool:
        own = self.problem.visits_of[host.id]
        place = [other.id for other in own].index(visit.id)
        return any(
            rhythm[place] == date
            and all(self._past.get(other.id, beat) == beat for other, beat in zip(own, rhythm, strict=True))
            for rhythm in host.rhythms or ()
        )

    def _from(
        self, office: Office, visit: Visit, host: Cooperative, date: dt.date, start: Range | None
    ) -> Finding | None:
        day = date.isoformat()
        if office.cars_of(date) == 0:
            return Finding("no-car-at-all", {"office": office.id, "date": day})
        if (visit.load or 0.0) > office.most_capacity * (1 + CAPACITY_HAIR):
            return Finding("too-heavy", {"office": office.id})
        people = self.people(office.id, date)
        if not people:
            return Finding("no-officer-at-all", {"office": office.id, "date": day})
        topics = visit.topics or ()
        for topic in topics:
            if not any(topic in officer.topics for officer in people):
                return Finding("no-topic-at-all", {"office": office.id, "topic": topic, "date": day})
        if smallest_crew(topics, people, office.most_seats) is None:
            return Finding("crew-too-large", {"topics": ", ".join(topics), "seats": str(office.most_seats)})
        if not self._fits(office, visit, host, start):
            return self._too_far(office, visit, host)
        return None

    def _too_far(self, office: Office, visit: Visit, host: Cooperative) -> Finding:
        low, high = self._hours(visit, host, None)
        facts = {
            "out": f"{self._minutes[office.location, host.location]:.0f}",
            "back": f"{self._minutes[host.location, office.location]:.0f}",
            "minutes": f"{visit.minutes:g}",
            "from": format_clock(max(0.0, low)),
            "to": format_clock(max(0.0, high)),
        }
        return Finding("too-far", facts)

    def _hours(self, visit: Visit, host: Cooperative, start: Range | None) -> Range:
        """When the visit may begin by its window and the cooperative's hours."""
        hours = host.open if isinstance(host.open, tuple) else (ALL_DAY,)
        spans = starts_within(visit.windows, hours, visit.minutes) or ((0.0, -1.0),)
        low, high = spans[0][0], spans[-1][1]
        if start is not None:
            low, high = max(low, start[0]), min(high, start[1])
        return low, min(high, self.problem.day.end)

    def _fits(self, office: Office, visit: Visit, host: Cooperative, start: Range | None) -> bool:
        """Whether a tour to this visit alone has times that keep day, break and window."""
        day = self.problem.day
        out = float(self._minutes[office.location, host.location])
        back = float(self._minutes[host.location, office.location])
        low, high = self._hours(visit, host, start)
        low, high, spent = low - SLACK, high + SLACK, visit.minutes
        opens, end = day.start - SLACK, day.end + SLACK
        longest = float("inf") if day.max_minutes is None else day.max_minutes + SLACK
        soonest = max(low, opens + out)
        if not day.has_break:
            return soonest <= high and soonest + spent + back <= end and out + spent + back <= longest
        rest, first, last = day.break_minutes or 0.0, day.break_opens, day.break_closes
        if out + spent + back > longest:
            return False
        if soonest <= high and soonest + spent + back <= min(end, last) + SLACK:
            return True  # back when the latest break begins
        after = max(soonest, first + rest - SLACK + out)
        if after <= high and after + spent + back <= end:
            return True  # leaves when the earliest break is over
        begin = max(soonest, opens + out + rest, first + rest - SLACK)
        leave = min(begin - out - rest, last)
        if begin <= high and begin + spent + back <= end and begin + spent + back - leave <= longest:
            return True  # rests before the visit
        tries = {soonest, *(max(soonest, first - spent - way) for way in (0.0, back))}
        for begin in tries:
            home = max(begin + spent + back + rest, first + rest)
            in_time = begin <= high and begin + spent <= last + SLACK and home <= end + SLACK
            if in_time and home - (begin - out) <= longest + SLACK:
                return True  # rests after it
        return False


def smallest_crew(topics: Iterable[str], people: Iterable[Officer], seats: int) -> int | None:
    """How many of ``people`` cover ``topics`` at least; at least one; None where more than ``seats`` would be needed.

    ``topics`` must each be known to somebody.
    """
    wanted = frozenset(topics)
    skills = {frozenset(officer.topics) & wanted for officer in people}
    best = [one for one in skills if not any(one < other for other in skills)]
    for size in range(1, min(seats, max(1, len(wanted))) + 1):
        if any(frozenset().union(*chosen) >= wanted for chosen in combinations(best, min(size, len(best)))):
            return size
    return None
