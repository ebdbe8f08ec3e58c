"""Whether the parts of a problem fit together: ids, references, ranges. One function for each kind of fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from models.cars import MOST_CARS, repeated
from models.faults import Fault
from models.hours import WEEKDAYS, Spans
from models.limits import too_much

if TYPE_CHECKING:
    from models.plan import Plan
    from models.problem import Problem


def faults_of(problem: Problem) -> list[Fault]:
    """Every fault between the parts of ``problem``; an empty list where it is sound."""
    rules = (
        too_much, _workdays, _day, _ids, _cars, _references, _ranges, _travel, _seqs, _rhythms,
        _published, _history, _pins,
    )  # fmt: skip
    return [fault for rule in rules for fault in rule(problem)]


def _workdays(problem: Problem) -> Iterator[Fault]:
    days = problem.workdays
    for index, (before, after) in enumerate(pairwise(days), start=1):
        if after <= before:
            yield Fault("date-order", f"workdays[{index}]", f"{after} does not come after {before}.",
                        "List each workday once, ascending.")  # fmt: skip


def _day(problem: Problem) -> Iterator[Fault]:
    day = problem.day
    if day.end < day.start:
        yield Fault("time-order", "day", "The day ends before it starts.", "Give an end after the start.")
    if day.has_break:
        for key in ("break_earliest", "break_latest"):
            if getattr(day, key) is None:
                yield Fault("field-missing", f"day.{key}", "There is a break, but not when it may start.",
                            "Give break_earliest and break_latest, or leave out break_minutes.")  # fmt: skip
        if day.break_closes < day.break_opens:
            yield Fault("time-order", "day.break_latest", "The break's latest start lies before its earliest.",
                        "Swap break_earliest and break_latest.")  # fmt: skip


def _ids(problem: Problem) -> Iterator[Fault]:
    for kind in ("offices", "officers", "partners", "cooperatives", "visits"):
        seen: dict[str, int] = {}
        for index, thing in enumerate(getattr(problem, kind) or ()):
            if thing.id in seen:
                yield Fault("id-repeated", f"{kind}[{index}].id",
                            f"{thing.id!r} is already the id of {kind}[{seen[thing.id]}].",
                            "Give each its own id.")  # fmt: skip
            seen.setdefault(thing.id, index)


def _cars(problem: Problem) -> Iterator[Fault]:
    """Cars alike have the office's seats; cars with names have their own, and say themselves when they are away."""
    for index, office in enumerate(problem.offices):
        where = f"offices[{index}]"
        if not office.has_names and office.seats is None:
            yield Fault("field-missing", f"{where}.seats", "This key is not there.", "Add it.")
        if office.has_names:
            for key in ("cars_on", "seats", "capacity"):
                if getattr(office, key) is not None:
                    yield Fault("cars-mixed", f"{where}.{key}", "The cars have names, and this is for cars alike.",
                                "Leave it out, and give each car its own seats, capacity and days away.")  # fmt: skip
            if len(office.named) > MOST_CARS:
                yield Fault("too-many", f"{where}.cars", f"It holds {len(office.named):,}, more than {MOST_CARS:,}.",
                            "Name the cars that there are.")  # fmt: skip
        for id_ in repeated(office.named):
            yield Fault("id-repeated", f"{where}.cars", f"{id_!r} is the id of more than one car.",
                        "Give each its own id.")  # fmt: skip


def _unknown(where: str, id_: str, kind: str, known: Iterable[str]) -> Iterator[Fault]:
    if id_ not in known:
        yield Fault("id-unknown", where, f"There is no {kind} {id_!r}.", f"Name one of the {kind}s, or add this one.")


def _references(problem: Problem) -> Iterator[Fault]:
    offices, officers = problem.office_by_id, problem.officer_by_id
    partners, cooperatives = problem.partner_by_id, problem.cooperative_by_id
    for index, officer in enumerate(problem.officers):
        yield from _unknown(f"officers[{index}].office", officer.office, "office", offices)
    for index, cooperative in enumerate(problem.cooperatives):
        if cooperative.office is not None:
            yield from _unknown(f"cooperatives[{index}].office", cooperative.office, "office", offices)
        for key in ("lead", "current_lead"):
            id_ = getattr(cooperative, key)
            if id_ is not None:
                yield from _unknown(f"cooperatives[{index}].{key}", id_, "officer", officers)
        for number, id_ in enumerate(cooperative.barred or ()):
            yield from _unknown(f"cooperatives[{index}].barred[{number}]", id_, "officer", officers)
        if cooperative.lead is not None and cooperative.bars(cooperative.lead):
            yield Fault("lead-barred", f"cooperatives[{index}].lead",
                        f"Officer {cooperative.lead!r} is to lead it, and is barred from it.",
                        "Name another lead, or take the officer off the barred ones.")  # fmt: skip
    for index, visit in enumerate(problem.visits):
        yield from _unknown(f"visits[{index}].cooperative", visit.cooperative, "cooperative", cooperatives)
        if visit.partner is not None:
            yield from _unknown(f"visits[{index}].partner", visit.partner, "partner", partners)


def _forward(where: str, range_: Sequence[Any] | None) -> Iterator[Fault]:
    if range_ is not None and range_[1] < range_[0]:
        yield Fault("time-order", where, "The range ends before it begins.", "Give the earlier time first.")


def _ranges(problem: Problem) -> Iterator[Fault]:
    for index, cooperative in enumerate(problem.cooperatives):
        yield from _open(f"cooperatives[{index}].open", cooperative.open)
    for index, officer in enumerate(problem.officers):
        for number, busy in enumerate(officer.busy or ()):
            yield from _forward(f"officers[{index}].busy[{number}]", (busy.from_, busy.to))
    for index, visit in enumerate(problem.visits):
        yield from _stretches(f"visits[{index}].window", visit.window or ())
        if visit.earliest and visit.latest and visit.latest < visit.earliest:
            yield Fault("date-order", f"visits[{index}].latest", f"{visit.latest} lies before {visit.earliest}.",
                        "Give a latest date on or after the earliest.")  # fmt: skip


def _open(where: str, hours: Spans | Mapping[Any, Spans] | None) -> Iterator[Fault]:
    if isinstance(hours, Mapping):
        for day in WEEKDAYS:
            for number, stretch in enumerate(hours.get(day, ())):
                yield from _forward(f"{where}.{day}[{number}]", stretch)
    else:
        yield from _stretches(where, hours or ())


def _stretches(where: str, spans: Spans) -> Iterator[Fault]:
    """Several stretches are named by their place; one alone may have been written without a list around it."""
    for number, span in enumerate(spans):
        yield from _forward(where if len(spans) == 1 else f"{where}[{number}]", span)


def _travel(problem: Problem) -> Iterator[Fault]:
    size = len(problem.travel.km)
    for name in ("minutes", "km"):
        matrix = getattr(problem.travel, name)
        bad = [row for row, values in enumerate(matrix) if len(values) != size]
        if len(matrix) != size or bad:
            yield Fault("matrix-shape", f"travel.{name}",
                        f"It has {len(matrix)} rows, {len(bad)} of them without {size} values.",
                        "Give square matrices of one size for minutes and km.")  # fmt: skip
    for kind in ("offices", "cooperatives"):
        for index, thing in enumerate(getattr(problem, kind)):
            if thing.location >= size:
                yield Fault("location-unknown", f"{kind}[{index}].location",
                            f"{thing.location} is not an index into {size} locations.",
                            "Count locations from 0, or extend the matrices.")  # fmt: skip


def _seqs(problem: Problem) -> Iterator[Fault]:
    seen: set[tuple[str, int]] = set()
    for index, visit in enumerate(problem.visits):
        key = (visit.cooperative, visit.seq)
        if key in seen:
            yield Fault("seq-repeated", f"visits[{index}].seq",
                        f"Cooperative {visit.cooperative!r} already has a visit with seq {visit.seq}.",
                        "Number the visits of a cooperative 1, 2, 3 ...")  # fmt: skip
        seen.add(key)


def _rhythms(problem: Problem) -> Iterator[Fault]:
    counts = Counter(visit.cooperative for visit in problem.visits)
    for index, cooperative in enumerate(problem.cooperatives):
        for number, rhythm in enumerate(cooperative.rhythms or ()):
            where = f"cooperatives[{index}].rhythms[{number}]"
            if len(rhythm) != counts[cooperative.id]:
                yield Fault("rhythm-length", where,
                            f"It names {len(rhythm)} dates for {counts[cooperative.id]} visits.",
                            "Give one date for each visit.")  # fmt: skip
            if list(rhythm) != sorted(set(rhythm)):
                yield Fault("date-order", where, "Its dates do not ascend.", "List each date once, ascending.")


def plan_faults(problem: Problem, plan: Plan, where: str = "") -> Iterator[Fault]:
    """Names in ``plan`` that ``problem`` does not know."""
    cars = {id_ for office in problem.offices for id_ in office.car_by_id}
    for index, tour in enumerate(plan.tours):
        place = f"{where}tours[{index}]"
        yield from _foreign(f"{place}.office", tour.office, "office", problem.office_by_id)
        if tour.car is not None:
            yield from _foreign(f"{place}.car", tour.car, "car", cars)
        for officer in tour.crew:
            yield from _foreign(f"{place}.crew", officer, "officer", problem.officer_by_id)
        for number, stop in enumerate(tour.stops):
            yield from _foreign(f"{place}.stops[{number}].visit", stop.visit, "visit", problem.visit_by_id)
    for index, left_out in enumerate(plan.unplanned):
        yield from _foreign(f"{where}unplanned[{index}].visit", left_out.visit, "visit", problem.visit_by_id)
    for cooperative, officer in plan.leads.items():
        yield from _foreign(f"{where}leads", cooperative, "cooperative", problem.cooperative_by_id)
        yield from _foreign(f"{where}leads[{cooperative}]", officer, "officer", problem.officer_by_id)


def _foreign(where: str, id_: str, kind: str, known: Iterable[str]) -> Iterator[Fault]:
    if id_ not in known:
        yield Fault("plan-foreign", where, f"The problem has no {kind} {id_!r}.",
                    "Give the plan and the problem that belong together.")  # fmt: skip


def _published(problem: Problem) -> Iterator[Fault]:
    if problem.published is None:
        return
    yield from plan_faults(problem, problem.published, "published.")
    seen: set[str] = set()
    for tour, visit, _ in problem.published_stops():
        if visit in seen:
            yield Fault("published-twice", f"published tour {tour.id}", f"Visit {visit!r} stands in two stops.",
                        "Keep each visit in one stop of the published plan.")  # fmt: skip
        seen.add(visit)


def _history(problem: Problem) -> Iterator[Fault]:
    """History that fits none of a cooperative's rhythms: whatever is planned, its dates are no rhythm."""
    took_place = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
    for index, cooperative in enumerate(problem.cooperatives):
        if cooperative.rhythms is None:
            continue
        own = sorted((v for v in problem.visits if v.cooperative == cooperative.id), key=lambda visit: visit.seq)
        past = [took_place.get(visit.id) for visit in own]
        fits = (
            all(date in (None, day) for date, day in zip(past, rhythm, strict=False)) for rhythm in cooperative.rhythms
        )
        if any(past) and not any(fits):
            yield Fault("history-broken", f"cooperatives[{index}].rhythms",
                        "Its visits before today took place on dates that are in none of the rhythms.",
                        "Add a rhythm with those dates, or leave the rhythms out.")  # fmt: skip


def _pins(problem: Problem) -> Iterator[Fault]:
    placed = {visit for _, visit, _ in problem.published_stops()}
    for index, visit in enumerate(problem.pins or ()):
        if visit not in problem.visit_by_id:
            yield from _unknown(f"pins[{index}]", visit, "visit", problem.visit_by_id)
        elif visit not in placed:
            yield Fault("pin-unpublished", f"pins[{index}]", f"Visit {visit!r} has no place in the published plan.",
                        "Pin only visits that the published plan has, or drop the pin.")  # fmt: skip
