"""Numbers for ids, and which days and visits are still to be planned."""

from __future__ import annotations

import datetime as dt

from models.faults import Fault, InvalidInput
from models.problem import Problem
from models.saying import both

#: groups of topics that fit into one word of a bit mask
MOST_TOPICS = 62


class Numbering:
    """The index of every id of a problem, in the problem's order.

    Raises:
        InvalidInput: more than 62 groups of topics that matter.
    """

    def __init__(self, problem: Problem) -> None:
        self.day = {date: index for index, date in enumerate(problem.workdays)}
        self.officer = {officer.id: index for index, officer in enumerate(problem.officers)}
        self.office = {office.id: index for index, office in enumerate(problem.offices)}
        self.cooperative = {each.id: index for index, each in enumerate(problem.cooperatives)}
        self.visit = {visit.id: index for index, visit in enumerate(problem.visits)}
        self.partner = {partner.id: index for index, partner in enumerate(problem.partners or ())}
        weeks = dict.fromkeys(date.isocalendar()[:2] for date in problem.workdays)
        self.week = {week: index for index, week in enumerate(weeks)}
        self.topic = _topic_bits(problem)
        self.past = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
        self.to_come = [date >= (problem.today or dt.date.min) for date in problem.workdays]

    def mask(self, topics: tuple[str, ...] | None) -> int:
        """The bit mask of ``topics``; those that nobody needs have no bit."""
        return sum({1 << self.topic[topic] for topic in topics or () if topic in self.topic})


def _topic_bits(problem: Problem) -> dict[str, int]:
    """A bit for each group of topics that the same officers have; topics nobody needs have none."""
    needed = sorted({topic for visit in problem.visits for topic in visit.topics or ()})
    able: dict[str, set[str]] = {topic: set() for topic in needed}
    for officer in problem.officers:
        for topic in officer.topics:
            if topic in able:
                able[topic].add(officer.id)
    groups: dict[frozenset[str], int] = {}
    bits = {topic: groups.setdefault(frozenset(able[topic]), len(groups)) for topic in needed}
    if len(groups) > MOST_TOPICS:
        cause = both(f"They need {len(groups)} kinds of topics.", f"ต้องใช้ {len(groups)} ด้าน")
        remedy = both(
            f"Use at most {MOST_TOPICS} topics that different officers have.", f"ใช้ไม่เกิน {MOST_TOPICS} ด้านที่มีผู้แนะนำต่างกัน"
        )
        raise InvalidInput([Fault("field-value", "visits", cause, remedy)])
    return bits
