"""Rule 6: somebody in the crew has each topic of each visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from models.plan import Tour
from models.problem import Depot, Officer, Visit
from models.rules.barred import riders
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


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


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    people = riders(roster, [visit.id], date, office)
    known = [topic for topic in visit.topics or () if any(topic in officer.topics for officer in people)]
    for topic in visit.topics or ():
        if topic not in known:
            code = "no-topic-at-all" if roster.is_firm else "no-topic"
            yield Finding(code, {"office": office.id, "topic": topic, "date": date.isoformat()})
    seats = roster.seats_left(office.id, date)
    if people and seats and smallest_crew(known, people, seats) is None:
        code = "crew-too-large" if roster.is_firm else "topics-clash"
        yield Finding(code, {"topics": ", ".join(visit.topics or ()), "seats": str(seats)})


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    known = {topic for id_ in tour.crew for topic in roster.problem.officer_by_id[id_].topics}
    for stop in tour.stops:
        for topic in roster.problem.visit_by_id[stop.visit].topics or ():
            if topic not in known:
                yield Finding("lacks-topic", {"topic": topic, "other": stop.visit})


RULE = Rule(
    name="topics",
    number=6,
    text="Every topic of every visit of a tour is covered by someone in the crew.",
    keys=("visits.topics",),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("no-topic", "no-topic-at-all", "crew-too-large", "topics-clash"),
    of_tour=("lacks-topic",),
    from_office=_from_office,
    on_tour=_on_tour,
)
