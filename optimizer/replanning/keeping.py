"""How many published visits can stay at most: a proof, and the tours on which they stay.

A published visit stays where its date, its start (within the half hour) and the officers who answer for it stay. On
days that the changes do not touch everything can stay. On the others a CP-SAT model decides which visits stay, on which
tours, in which cars, with whom (:mod:`optimizer.replanning.staying`). It never forbids what a plan could do, so
published visits minus the most it keeps are a lower bound on the visits that any plan moves.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.costing import MOVED_MINUTES
from models.faults import Fault, InvalidInput
from models.plan import Plan, Tour
from models.problem import Problem
from models.referee import violations
from models.rules import RULES, Roster, gaps, history, leads, pins, weeks
from models.rules.barred import riders
from models.saying import both
from optimizer.replanning.standing import Standing, standing
from optimizer.replanning.staying import Staying
from optimizer.why.alone import Alone

#: seconds for the proof; the sample's absences take well below one
LIMIT = 5.0
#: the rules that published tours can break among themselves: not those of leads, and of history and pins
_OF_TOURS = frozenset(rule.number for rule in RULES) - {rule.number for rule in (leads.RULE, history.RULE, pins.RULE)}


@dataclass(frozen=True, slots=True)
class Stays:
    """``least``: published visits that every plan moves at least; ``tours``: the published tours, as far as the model
    keeps them, from today on."""

    least: int
    tours: tuple[Tour, ...]


def keeping(problem: Problem, alone: Alone, seconds: float = LIMIT) -> Stays:
    """What can stay of the published plan of ``problem``; see :class:`Stays`.

    Raises:
        InvalidInput: a pinned visit cannot stay.
    """
    stands = standing(problem)
    forced = frozenset(one.visit for one in stands.values() if not _can_stay(problem, alone, one))
    touched = _touched(problem, stands.values(), forced)
    free = [one for one in stands.values() if one.tour.date in touched and one.visit not in forced]
    model = Staying(problem, alone, free)
    lost = forced & frozenset(problem.pins or ())
    kept, most = ([], 0) if lost else model.solve(seconds)
    if lost or not _with_pins(problem, kept, touched):
        raise InvalidInput([_pins_fault(problem, lost)])
    tours = [tour for tour in (problem.published.tours if problem.published else ())
             if tour.date >= (problem.today or dt.date.min) and tour.date not in touched]  # fmt: skip
    untouched = sum(one.tour.date not in touched for one in stands.values())
    return Stays(
        least=len(stands) - untouched - most,
        tours=tuple(sorted([*tours, *kept], key=lambda tour: (tour.date, tour.id))),
    )


def _with_pins(problem: Problem, kept: Sequence[Tour], touched: set[dt.date]) -> bool:
    there = {stop.visit for tour in kept for stop in tour.stops}
    today = problem.today or dt.date.min
    pinned = frozenset(problem.pins or ())
    return all(
        visit in there or tour.date < today or tour.date not in touched
        for tour, visit, _ in problem.published_stops()
        if visit in pinned
    )


def _pins_fault(problem: Problem, lost: frozenset[str]) -> Fault:
    named = ", ".join(sorted(lost or problem.pins or ()))
    return Fault(
        "pins-clash",
        "pins",
        both(f"{named} cannot stand where the published plan has them.", f"{named} คงอยู่ที่เดิมตามแผนที่ประกาศไม่ได้"),
        both(
            "Check absences, closed days, cars and topics of those days, or drop the pin.",
            "ตรวจวันลา วันปิด รถ และด้านของวันนั้น หรือเลิกตรึง",
        ),
    )


def _can_stay(problem: Problem, alone: Alone, one: Standing) -> bool:
    """Whether some tour, whatever else it does, could have the visit stay."""
    visit, date, roster = problem.visit_by_id[one.visit], one.tour.date, alone.roster
    if one.tour.office not in {office.id for office in roster.offices(visit)}:
        return False
    there = {officer.id for officer in riders(roster, [visit.id], date, problem.office_by_id[one.tour.office])}
    needed = set(one.tour.crew) if one.visit in (problem.pins or ()) else one.answering
    near = one.start - MOVED_MINUTES, one.start + MOVED_MINUTES
    return needed <= there and alone.forbids(visit, date, start=near) is None


def _touched(problem: Problem, stands: Collection[Standing], forced: frozenset[str]) -> set[dt.date]:
    """The days that the changes touch: where the published tours break a rule, or cross a limit together."""
    by_day: defaultdict[dt.date, dict[str, Tour]] = defaultdict(dict)
    for one in stands:
        by_day[one.tour.date][one.tour.stops[0].visit] = one.tour  # an id two tours may bear, a visit not
    touched = {one.tour.date for one in stands if one.visit in forced}
    beats = {problem.visit_by_id[visit].cooperative for visit in forced}
    beats &= {each.id for each in problem.cooperatives if each.rhythms is not None}  # one visit moves all of a rhythm
    touched |= {one.tour.date for one in stands if problem.visit_by_id[one.visit].cooperative in beats}
    if not _sound(problem, [tour for date, day in by_day.items() if date not in touched for tour in day.values()]):
        touched |= {date for date, day in by_day.items() if not _sound(problem, day.values())}
    return touched | _crossing(problem, by_day)


def _sound(problem: Problem, tours: Iterable[Tour]) -> bool:
    """Whether these published tours keep every rule of a day among themselves."""
    named = problem.published.leads if problem.published else {}
    broken = violations(problem, Plan(leads=named, tours=tuple(tours)))
    return not any(found.rule in _OF_TOURS for found in broken)


def _crossing(problem: Problem, by_day: Mapping[dt.date, dict[str, Tour]]) -> set[dt.date]:
    """Days whose tours break gaps or weekly limits together with other days."""
    tours = [tour for day in by_day.values() for tour in day.values()]
    roster = Roster(problem, (*problem.history, *tours))
    return {tour.date for tour in tours if _crosses(roster, tour)}


def _crosses(roster: Roster, tour: Tour) -> bool:
    visits = [roster.problem.visit_by_id[stop.visit] for stop in tour.stops]
    too_near = any(True for visit in visits for _ in gaps.RULE.on_day(roster, visit, tour.date))
    return too_near or any(True for _ in weeks.RULE.on_tour(roster, visits[0], tour))
