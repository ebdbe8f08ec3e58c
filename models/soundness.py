"""Whether the parts of a problem fit together: ids, references, ranges. One function for each kind of fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from models.cars import MOST_CARS, repeated
from models.faults import Fault
from models.hours import WEEKDAYS, Spans
from models.limits import too_much
from models.saying import Said, named, said

if TYPE_CHECKING:
    from models.plan import Plan
    from models.problem import Problem, Visit


#: names of a plan that are told one by one where the problem does not have them; of more, their number and some
_FEW_NAMES = 5
#: what references name, in both languages
_KINDS = {
    "office": named("office", "สำนักงาน"),
    "officer": named("officer", "เจ้าหน้าที่"),
    "partner": named("partner", "หน่วยงานสนับสนุน"),
    "cooperative": named("cooperative", "สหกรณ์"),
    "visit": named("visit", "การเข้าส่งเสริม"),
    "car": named("car", "รถ"),
}


def faults_of(problem: Problem) -> list[Fault]:
    """Every fault between the parts of ``problem``; an empty list where it is sound."""
    rules = (
        too_much,
        _workdays,
        _day,
        _ids,
        _cars,
        _references,
        _ranges,
        _travel,
        _seqs,
        _rhythms,
        _published,
        _history,
        _led,
        _pins,
    )
    return [fault for rule in rules for fault in rule(problem)]


def _workdays(problem: Problem) -> Iterator[Fault]:
    days = problem.workdays
    for index, (before, after) in enumerate(pairwise(days), start=1):
        if after <= before:
            yield Fault(
                "date-order",
                f"workdays[{index}]",
                said("{after} does not come after {before}.", after=str(after), before=str(before)),
                said("List each workday once, ascending."),
            )


def _day(problem: Problem) -> Iterator[Fault]:
    day = problem.day
    if day.end < day.start:
        yield Fault("time-order", "day", said("The day ends before it starts."), said("Give an end after the start."))
    if day.has_break:
        for key in ("break_earliest", "break_latest"):
            if getattr(day, key) is None:
                yield Fault(
                    "field-missing",
                    f"day.{key}",
                    said("There is a break, but not when it may start."),
                    said("Give break_earliest and break_latest, or leave out break_minutes."),
                )
        if day.break_closes < day.break_opens:
            yield Fault(
                "time-order",
                "day.break_latest",
                said("The break's latest start lies before its earliest."),
                said("Swap break_earliest and break_latest."),
            )


def _ids(problem: Problem) -> Iterator[Fault]:
    for kind in ("offices", "officers", "partners", "cooperatives", "visits"):
        seen: dict[str, int] = {}
        for index, thing in enumerate(getattr(problem, kind) or ()):
            if thing.id in seen:
                yield Fault(
                    "id-repeated",
                    f"{kind}[{index}].id",
                    said("{id} is already the id of {place}.", id=repr(thing.id), place=f"{kind}[{seen[thing.id]}]"),
                    said("Give each its own id."),
                )
            seen.setdefault(thing.id, index)


def _cars(problem: Problem) -> Iterator[Fault]:
    """Cars alike have the office's seats; cars with names have their own, and say themselves when they are away."""
    for index, office in enumerate(problem.offices):
        where = f"offices[{index}]"
        if not office.has_names and office.seats is None:
            yield Fault("field-missing", f"{where}.seats", said("This key is not there."), said("Add it."))
        if office.has_names:
            for key in ("cars_on", "seats", "capacity"):
                if getattr(office, key) is not None:
                    yield Fault(
                        "cars-mixed",
                        f"{where}.{key}",
                        said("The cars have names, and this is for cars alike."),
                        said("Leave it out, and give each car its own seats, capacity and days away."),
                    )
            if len(office.named) > MOST_CARS:
                yield Fault(
                    "too-many",
                    f"{where}.cars",
                    said("It holds {count}, more than {most}.", count=f"{len(office.named):,}", most=f"{MOST_CARS:,}"),
                    said("Name the cars that there are."),
                )
        for id_ in repeated(office.named):
            yield Fault(
                "id-repeated",
                f"{where}.cars",
                said("{id} is the id of more than one car.", id=repr(id_)),
                said("Give each its own id."),
            )


def _unknown(where: str, id_: str, kind: str, known: Iterable[str]) -> Iterator[Fault]:
    if id_ not in known:
        yield Fault(
            "id-unknown",
            where,
            said("There is no {kind} {id}.", kind=_KINDS[kind], id=repr(id_)),
            said("Name one of the {kind}s, or add this one.", kind=_KINDS[kind]),
        )


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
            yield Fault(
                "lead-barred",
                f"cooperatives[{index}].lead",
                said("Officer {lead} is to lead it, and is barred from it.", lead=repr(cooperative.lead)),
                said("Name another lead, or take the officer off the barred ones."),
            )
    for index, visit in enumerate(problem.visits):
        yield from _unknown(f"visits[{index}].cooperative", visit.cooperative, "cooperative", cooperatives)
        if visit.partner is not None:
            yield from _unknown(f"visits[{index}].partner", visit.partner, "partner", partners)


def _forward(where: str, range_: Sequence[Any] | None) -> Iterator[Fault]:
    if range_ is not None and range_[1] < range_[0]:
        yield Fault("time-order", where, said("The range ends before it begins."), said("Give the earlier time first."))


def _ranges(problem: Problem) -> Iterator[Fault]:
    for index, cooperative in enumerate(problem.cooperatives):
        yield from _open(f"cooperatives[{index}].open", cooperative.open)
    for index, officer in enumerate(problem.officers):
        for number, busy in enumerate(officer.busy or ()):
            yield from _forward(f"officers[{index}].busy[{number}]", (busy.from_, busy.to))
    for index, visit in enumerate(problem.visits):
        yield from _stretches(f"visits[{index}].window", visit.window or ())
        if visit.earliest and visit.latest and visit.latest < visit.earliest:
            yield Fault(
                "date-order",
                f"visits[{index}].latest",
                said("{latest} lies before {earliest}.", latest=visit.latest, earliest=visit.earliest),
                said("Give a latest date on or after the earliest."),
            )


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
            yield Fault(
                "matrix-shape",
                f"travel.{name}",
                said(
                    "It has {count} rows, {count2} of them without {size} values.",
                    count=len(matrix),
                    count2=len(bad),
                    size=str(size),
                ),
                said("Give square matrices of one size for minutes and km."),
            )
    for kind in ("offices", "cooperatives"):
        for index, thing in enumerate(getattr(problem, kind)):
            if thing.location >= size:
                yield Fault(
                    "location-unknown",
                    f"{kind}[{index}].location",
                    said(
                        "{location} is not an index into {size} locations.",
                        location=str(thing.location),
                        size=str(size),
                    ),
                    said("Count locations from 0, or extend the matrices."),
                )


def _seqs(problem: Problem) -> Iterator[Fault]:
    seen: set[tuple[str, int]] = set()
    for index, visit in enumerate(problem.visits):
        key = (visit.cooperative, visit.seq)
        if key in seen:
            yield Fault(
                "seq-repeated",
                f"visits[{index}].seq",
                said(
                    "Cooperative {cooperative} already has a visit with seq {seq}.",
                    cooperative=repr(visit.cooperative),
                    seq=str(visit.seq),
                ),
                said("Number the visits of a cooperative 1, 2, 3 ..."),
            )
        seen.add(key)


def _rhythms(problem: Problem) -> Iterator[Fault]:
    counts = Counter(visit.cooperative for visit in problem.visits)
    for index, cooperative in enumerate(problem.cooperatives):
        for number, rhythm in enumerate(cooperative.rhythms or ()):
            where = f"cooperatives[{index}].rhythms[{number}]"
            if len(rhythm) != counts[cooperative.id]:
                yield Fault(
                    "rhythm-length",
                    where,
                    said(
                        "It names {count} dates for {counts} visits.",
                        count=len(rhythm),
                        counts=str(counts[cooperative.id]),
                    ),
                    said("Give one date for each visit."),
                )
            if list(rhythm) != sorted(set(rhythm)):
                yield Fault(
                    "date-order", where, said("Its dates do not ascend."), said("List each date once, ascending.")
                )


def plan_faults(problem: Problem, plan: Plan, where: str = "") -> Iterator[Fault]:
    """Names in ``plan`` that ``problem`` does not know; of many, one fault with their number and some of them."""
    faults = list(_names_unknown(problem, plan, where))
    if len(faults) <= _FEW_NAMES:
        yield from faults
        return
    names = list(dict.fromkeys(str(fault.cause.values["id"]) for fault in faults if isinstance(fault.cause, Said)))
    cause = said(
        "The problem has not {count} of the plan's names, such as {examples}: the plan belongs to another problem.",
        count=f"{len(names):,}", examples=", ".join(names[:_FEW_NAMES]),
    )  # fmt: skip
    yield Fault("plan-foreign", where.rstrip(".") or "plan", cause, faults[0].remedy)


def _names_unknown(problem: Problem, plan: Plan, where: str) -> Iterator[Fault]:
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
        yield Fault(
            "plan-foreign",
            where,
            said("The problem has no {kind} {id}.", kind=_KINDS[kind], id=repr(id_)),
            said("Give the plan and the problem that belong together."),
        )


def _published(problem: Problem) -> Iterator[Fault]:
    if problem.published is None:
        return
    yield from plan_faults(problem, problem.published, "published.")
    seen: set[str] = set()
    for tour, visit, _ in problem.published_stops():
        if visit in seen:
            yield Fault(
                "published-twice",
                f"published tour {tour.id}",
                said("Visit {visit} stands in two stops.", visit=repr(visit)),
                said("Keep each visit in one stop of the published plan."),
            )
        seen.add(visit)


def _history(problem: Problem) -> Iterator[Fault]:
    """History that fits none of a cooperative's rhythms: whatever is planned, its dates are no rhythm."""
    took_place = {stop.visit: tour.date for tour in problem.history for stop in tour.stops}
    visits: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in problem.visits:  # of cooperatives that may be unknown: the problem's own grouping knows none of them
        visits[visit.cooperative].append(visit)
    for index, cooperative in enumerate(problem.cooperatives):
        if cooperative.rhythms is None:
            continue
        past = [took_place.get(visit.id) for visit in sorted(visits[cooperative.id], key=lambda visit: visit.seq)]
        fits = (
            all(date in (None, day) for date, day in zip(past, rhythm, strict=False)) for rhythm in cooperative.rhythms
        )
        if any(past) and not any(fits):
            yield Fault(
                "history-broken",
                f"cooperatives[{index}].rhythms",
                said("Its visits before today took place on dates that are in none of the rhythms."),
                said("Add a rhythm with those dates, or leave the rhythms out."),
            )


def _led(problem: Problem) -> Iterator[Fault]:
    """Cooperatives with history that nobody may lead: what took place needs a lead in every plan."""
    officers = {officer.id for officer in problem.officers}
    went_to = {stop.visit for tour in problem.history for stop in tour.stops}
    visited = {visit.cooperative for visit in problem.visits if visit.id in went_to}
    for index, cooperative in enumerate(problem.cooperatives):
        if cooperative.id in visited and officers and officers <= set(cooperative.barred or ()):
            yield Fault(
                "history-broken",
                f"cooperatives[{index}].barred",
                said("It was visited before today, and every officer is barred from it by now: nobody can lead it."),
                said("Take an officer off the barred ones."),
            )


def _pins(problem: Problem) -> Iterator[Fault]:
    placed = {visit for _, visit, _ in problem.published_stops()}
    for index, visit in enumerate(problem.pins or ()):
        if visit not in problem.visit_by_id:
            yield from _unknown(f"pins[{index}]", visit, "visit", problem.visit_by_id)
        elif visit not in placed:
            yield Fault(
                "pin-unpublished",
                f"pins[{index}]",
                said("Visit {visit} has no place in the published plan.", visit=repr(visit)),
                said("Pin only visits that the published plan has, or drop the pin."),
            )
