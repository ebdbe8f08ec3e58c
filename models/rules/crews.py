"""Rules 5 and 6, who rides: officers of the office, there, free and not barred, enough of them and with the topics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from models.clock import format_clock
from models.plan import Tour
from models.problem import Depot, Officer, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def may_ride(roster: Roster, officer: Officer, visit: Visit, date: dt.date) -> bool:
    """Whether the officer could go to the visit that day, as far as days tell."""
    return roster.is_free(officer, date) and not roster.cooperative(visit).bars(officer.id)


def riders(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> list[Officer]:
    """The officers of an office who could go to the visit that day, as far as days tell."""
    cooperative = roster.cooperative(visit)
    return [one for one in roster.staff(office.id, date) if not cooperative.bars(one.id)]


def _someone(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    if not riders(roster, visit, date, office):
        yield Finding(_code(roster, "no-officer"), {"office": office.id, "date": date.isoformat()})


def _code(roster: Roster, code: str) -> str:
    return f"{code}-at-all" if roster.is_firm else code


def _there(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    day = tour.date.isoformat()
    for id_ in tour.crew:
        officer = roster.problem.officer_by_id[id_]
        if officer.office != tour.office:
            yield Finding("officer-elsewhere", {"officer": id_, "office": officer.office})
        if officer.is_absent(tour.date):
            yield Finding("officer-absent", {"officer": id_, "date": day})
        elif officer.is_busy(tour.date, tour.depart, tour.return_):
            spans = ", ".join(f"{format_clock(a)}-{format_clock(b)}" for a, b in officer.busy_on(tour.date))
            yield Finding("officer-busy", {"officer": id_, "hours": spans})
        on_another = any(
            id_ in other.crew and other.id != tour.id
            for office in roster.problem.offices
            for other in roster.tours_on(office.id, tour.date)
        )
        if on_another:
            yield Finding("officer-on-tour", {"officer": id_, "date": day})


def _week(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for id_ in tour.crew:
        officer = roster.problem.officer_by_id[id_]
        rides = sum(other.id == tour.id and id_ in other.crew for other in roster.tours_on(tour.office, tour.date))
        if roster.week_left(officer, tour.date) + rides < 1:
            yield Finding("week-full", {"officer": id_, "days": str(officer.max_days_per_week)})


def _known(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    people = riders(roster, visit, date, office)
    for topic in visit.topics or ():
        if not any(topic in officer.topics for officer in people):
            facts = {"office": office.id, "topic": topic, "date": date.isoformat()}
            yield Finding(_code(roster, "no-topic"), facts)
    if people and (seats := _seats(roster, date, office)) and not _covers(visit, people, seats):
        yield Finding(
            "crew-too-large" if roster.is_firm else "topics-clash",
            {"topics": ", ".join(visit.topics or ()), "seats": str(seats)},
        )


def _covers(visit: Visit, people: Sequence[Officer], seats: int) -> bool:
    topics = [topic for topic in visit.topics or () if any(topic in officer.topics for officer in people)]
    return smallest_crew(topics, people, seats) is not None


def _seats(roster: Roster, date: dt.date, office: Depot) -> int:
    return max((car.seats for car in roster.cars_left(office.id, date)), default=0)


def _topics(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    known = {topic for id_ in tour.crew for topic in roster.problem.officer_by_id[id_].topics}
    for stop in tour.stops:
        for topic in roster.problem.visit_by_id[stop.visit].topics or ():
            if topic not in known:
                yield Finding("lacks-topic", {"topic": topic, "other": stop.visit})


def _enough(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    there = min(len(riders(roster, visit, date, office)), _seats(roster, date, office))
    if there < visit.crew_size:
        facts = {"office": office.id, "crew": str(visit.crew_size), "there": str(there)}
        yield Finding(_code(roster, "too-few-officers"), facts)


def _many(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for stop in tour.stops:
        wanted = roster.problem.visit_by_id[stop.visit].crew_size
        if len(set(tour.crew)) < wanted:
            yield Finding("crew-too-small", {"other": stop.visit, "crew": str(wanted)})


def _let_in(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for stop in tour.stops:
        cooperative = roster.cooperative(roster.problem.visit_by_id[stop.visit])
        for id_ in tour.crew:
            if cooperative.bars(id_):
                yield Finding("officer-barred", {"officer": id_, "cooperative": cooperative.id})


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


OFFICERS = Rule(
    name="officers",
    number=5,
    text="The crew are officers of the tour's office, none absent, none `busy` between `depart` and `return`, each on "
    "at most one tour a day.",
    keys=("officers.absent", "officers.busy", "officers.office"),
    kept=keeping(bound=Keeping.RELAXED),
    from_office=_someone,
    on_tour=_there,
)
WEEKS = Rule(
    name="weeks",
    number=5,
    text="An officer is on at most `max_days_per_week` tours in an ISO week; history counts.",
    keys=("officers.max_days_per_week",),
    kept=keeping(bound=Keeping.DROPPED),
    on_tour=_week,
)
TOPICS = Rule(
    name="topics",
    number=6,
    text="Every topic of every visit of a tour is covered by someone in the crew.",
    keys=("visits.topics",),
    kept=keeping(bound=Keeping.RELAXED),
    from_office=_known,
    on_tour=_topics,
)
CREW_SIZE = Rule(
    name="crew size",
    number=6,
    text="At least `crew` officers ride to each visit.",
    keys=("visits.crew",),
    kept=keeping(bound=Keeping.RELAXED),
    from_office=_enough,
    on_tour=_many,
)
BARRED = Rule(
    name="barred",
    number=6,
    text="Nobody rides to a cooperative that he or she is `barred` from.",
    keys=("cooperatives.barred",),
    kept=keeping(bound=Keeping.RELAXED),
    on_tour=_let_in,
)
