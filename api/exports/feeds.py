"""Calendar feeds (RFC 5545) that a phone follows: one for an officer or a cooperative, one event for each visit.

An event's UID stays the same whatever day the visit moves to. ``sequence`` numbers the editions of a feed: with the
edition before at hand (``previous``), what is new or changed bears the number of this edition, what stayed bears the
one in which it changed last (``since``; else the one before), and what vanished comes once more as CANCELLED. What
earlier periods published stays: a new quarter does not take the last days of the old one off a phone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

import icalendar

from api.exports.calendar import Calendar
from api.exports.invitations import description, location
from api.exports.views import StopView, TourView
from api.today import AHEAD
from models.office import Office
from models.plan import Plan, Stop, Tour
from models.problem import Problem

ZONE = "Asia/Bangkok"
#: how often a phone is asked to look again
REFRESH = dt.timedelta(hours=1)
#: Bangkok has kept seven hours ahead of UTC since 1920, so one rule says it all
_ZONE_BEGAN = dt.datetime(1920, 4, 1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier period published, and stays on phones: its visits up to ``until``, the day from which the next
    period's calendar counts (None: all of them). Later ones are cancelled, in the edition ``version``."""

    feeds: Feeds
    until: dt.date | None
    version: int


def feed(
    plan: Plan,
    problem: Problem,
    office: Office | None,
    *,
    officer: str | None = None,
    cooperative: str | None = None,
    lang: str = "th",
    sequence: int = 0,
    previous: Plan | None = None,
) -> bytes:
    """The .ics file of one officer's or one cooperative's visits, or of all visits where neither is named.

    Args:
        plan: the plan that counts now.
        problem: its problem.
        office: names and places, where known.
        officer: only visits whose crew has this officer.
        cooperative: only visits to this cooperative.
        lang: "th" or "en".
        sequence: the number of this edition, 0 for the first; taken as at least 1 where there is a ``previous`` one.
        previous: the plan that stood before. It may name officers and visits that the problem no longer has: such
            visits are cancelled in officers' feeds, but no cooperative's feed can know them for its own.

    Raises:
        InvalidInput: the plan names what the problem does not know.
        ValueError: both an officer and a cooperative are named, or one that neither problem nor ``previous`` has.
    """
    if officer is not None and cooperative is not None:
        raise ValueError("a feed is for an officer or for a cooperative, not for both")
    gone = {id_ for tour in previous.tours for id_ in tour.crew} if previous else set()
    if officer is not None and officer not in problem.officer_by_id and officer not in gone:
        raise ValueError(f"the problem has no officer {officer!r}")
    if cooperative is not None and cooperative not in problem.cooperative_by_id:
        raise ValueError(f"the problem has no cooperative {cooperative!r}")
    return Feeds(Calendar(plan, problem, office, lang), sequence, previous).feed(officer, cooperative)


def realm_of(problem: Problem) -> str:
    """What the UIDs of a period's visits end in: the offices and the first day, which no mending of its plan changes.

    Another period has visits of the same ids, and they are others.
    """
    begins = [*(office.id for office in problem.offices), *map(str, problem.workdays[:1])]
    return hashlib.sha256("\n".join(begins).encode()).hexdigest()[:12]


class Feeds:
    """The feeds of one plan, so that many are made from one calendar; arguments as for :func:`feed`.

    ``since``: the edition in which each visit changed last, or vanished, 0 for those not named; where not given, what
    is as it was counts as changed in the edition before.
    """

    def __init__(
        self,
        calendar: Calendar,
        sequence: int = 0,
        previous: Plan | None = None,
        since: Mapping[str, int] | None = None,
    ) -> None:
        self._calendar = calendar
        self._since = since
        self._previous = previous
        self._sequence = max(sequence, 1) if previous is not None else sequence
        problem = calendar.problem
        self._realm = realm_of(problem)
        self._began = self._first_day()

    def feed(
        self, officer: str | None = None, cooperative: str | None = None, earlier: Sequence[Earlier] = ()
    ) -> bytes:
        """The .ics file of one officer, of one cooperative, or of all; with what ``earlier`` periods published."""
        result = self._frame(officer, cooperative)
        for period in earlier:
            for event in period.feeds.events(officer, cooperative, period):
                result.add_component(event)
        for event in self.events(officer, cooperative):
            result.add_component(event)
        return bytes(result.to_ical(sorted=False))

    def events(
        self, officer: str | None, cooperative: str | None, ended: Earlier | None = None
    ) -> Iterator[icalendar.Event]:
        """An event for each visit that stands, and for each that stood and is gone; ``ended``: what came after it."""
        plan, problem = self._calendar.plan, self._calendar.problem
        stood = {stop.visit: (tour, stop) for tour, stop in self._of(self._previous, officer, cooperative)}
        stands = {stop.visit: (tour, stop) for tour, stop in self._of(plan, officer, cooperative)}
        for tour in self._calendar.tours:
            for stop in tour.stops:
                id_ = stop.visit.id
                if id_ not in stands:
                    continue
                if ended is not None and ended.until is not None and tour.date >= ended.until:
                    yield self._cancelled(*stands[id_], max(self._number(id_), ended.version))
                    continue
                kept = (
                    self._previous is not None
                    and id_ in stood
                    and appearance(self._previous, problem, *stood[id_]) == appearance(plan, problem, *stands[id_])
                )
                yield self._event(tour, stop, self._number(id_, kept))
        for id_, (was, gone) in stood.items():
            if id_ not in stands:
                yield self._cancelled(was, gone, self._number(id_))

    def seen(self, officer: str | None, cooperative: str | None) -> dict[str, bytes]:
        """All that a subscriber sees of each visit but its number: where this is equal, nothing has changed."""
        unnumbered = Feeds(self._calendar, 0, self._previous, {})
        end = f".{self._realm}@patithin"
        found = unnumbered.events(officer, cooperative)
        return {unquote(str(event["uid"]).removesuffix(end)): event.to_ical() for event in found}

    def _number(self, visit: str, kept: bool = False) -> int:
        """The sequence of an event: the edition in which it changed last."""
        if self._since is not None:
            return self._since.get(visit, 0)
        return self._sequence - 1 if kept else self._sequence

    def _of(self, plan: Plan | None, officer: str | None, cooperative: str | None) -> Iterator[tuple[Tour, Stop]]:
        """The stops of a plan that belong into the feed."""
        visits = self._calendar.problem.visit_by_id
        for tour in plan.tours if plan else ():
            if officer is not None and officer not in tour.crew:
                continue
            for stop in tour.stops:
                visit = visits.get(stop.visit)
                if cooperative is None or (visit is not None and visit.cooperative == cooperative):
                    yield tour, stop

    def _frame(self, officer: str | None, cooperative: str | None) -> icalendar.Calendar:
        words, names = self._calendar.words, self._calendar.names
        if officer is not None:
            title = words("feed_officer", name=names.officer(officer))
        elif cooperative is not None:
            title = words("feed_cooperative", name=names.cooperative(cooperative))
        else:
            title = f"{words('title')}: {self._calendar.title}"
        if self._calendar.illustrative:
            title = f"{title} [{words('illustrative')}]"
        result = icalendar.Calendar()
        result.add("prodid", "-//Patithin//Visit calendar//TH")
        result.add("version", "2.0")
        result.add("calscale", "GREGORIAN")
        result.add("method", "PUBLISH")
        result.add("x-wr-calname", icalendar.vText(title))
        result.add("x-wr-timezone", icalendar.vText(ZONE))
        result.add("refresh-interval", icalendar.vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        result.add("x-published-ttl", icalendar.vDuration(REFRESH))
        zone = icalendar.Timezone()
        zone.add("tzid", ZONE)
        rule = icalendar.TimezoneStandard()
        rule.add("dtstart", _ZONE_BEGAN)
        rule.add("tzoffsetfrom", AHEAD)
        rule.add("tzoffsetto", AHEAD)
        rule.add("tzname", "+07")
        zone.add_component(rule)
        result.add_component(zone)
        return result

    def _event(self, tour: TourView, stop: StopView, sequence: int) -> icalendar.Event:
        calendar = self._calendar
        place = stop.destination
        event = self._bare(stop.visit.id, tour.date, stop.start, stop.end, sequence)
        crew = ", ".join(person.short for person in tour.crew)
        event.add("summary", self._marked(f"{calendar.words.head('visit')}: {place.name} ({crew})"))
        where = location(stop)
        if where:
            event.add("location", where)
        if place.point is not None:
            event.add("geo", place.point)
        event.add("description", description(calendar, tour, stop))
        if stop.topics:
            event.add("categories", list(stop.topics))
        event.add("status", "CONFIRMED")
        event.add("transp", "OPAQUE")
        return event

    def _cancelled(self, tour: Tour, stop: Stop, sequence: int) -> icalendar.Event:
        words, names = self._calendar.words, self._calendar.names
        visit = self._calendar.problem.visit_by_id.get(stop.visit)
        whom = names.cooperative(visit.cooperative) if visit else stop.visit
        event = self._bare(stop.visit, tour.date, stop.start, stop.end, sequence)
        event.add("summary", self._marked(f"{words.head('cancelled')}: {whom}"))
        event.add("description", self._marked(words("cancelled_long")))
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
        return event

    def _bare(self, visit: str, date: dt.date, start: float, end: float, sequence: int) -> icalendar.Event:
        """An event with its identity and its time; one without length has no DTEND, as the RFC wants it."""
        event = icalendar.Event()
        event.add("uid", f"{quote(visit, safe='')}.{self._realm}@patithin")
        event.add("dtstamp", self._began + dt.timedelta(seconds=sequence))
        event.add("sequence", sequence)
        first, last = _moment(date, start), _moment(date, end)
        event.add("dtstart", first, parameters={"TZID": ZONE})
        if last > first:
            event.add("dtend", last, parameters={"TZID": ZONE})
        return event

    def _marked(self, text: str) -> str:
        return f"[{self._calendar.words('illustrative')}] {text}" if self._calendar.illustrative else text

    def _first_day(self) -> dt.datetime:
        """The day that stamps count from, told from the data alone: an event that stays is the same, byte for byte."""
        problem, plan = self._calendar.problem, self._calendar.plan
        dates = [*problem.workdays, *(tour.date for p in (plan, self._previous) if p for tour in p.tours)]
        return dt.datetime.combine(min(dates, default=dt.date(1970, 1, 1)), dt.time(), tzinfo=dt.UTC)


def appearance(plan: Plan, problem: Problem, tour: Tour, stop: Stop) -> tuple[object, ...]:
    """All that a subscriber sees of a stop: where this is equal, nothing has changed."""
    visit = problem.visit_by_id.get(stop.visit)
    lead = plan.leads.get(visit.cooperative) if visit else None
    place = tour.stops.index(stop)
    before = tour.stops[place - 1].visit if place else None
    times = stop.arrive, stop.start, stop.end, tour.depart, tour.return_
    return tour.date, times, tour.break_, tour.crew, tour.car, lead, before


def _moment(date: dt.date, minutes: float) -> dt.datetime:
    """The wall-clock moment to the minute, as every output shows it; benchmark days may run over midnight."""
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=round(minutes))
