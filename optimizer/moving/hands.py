"""A plan in the hands of a planner: each move changes it, whatever rules it breaks by that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from models.clock import format_clock
from models.costing import cost
from models.faults import Fault
from models.likeness import perhaps
from models.moves import LeaveOut, Move, Pin, Place, SetCar, SetCrew, SetLead, Unpin
from models.plan import Plan, Tour, Unplanned, tour_id
from models.problem import Problem, Visit
from models.reasons import Reason
from models.referee import violations
from models.rules import Roster
from models.rules.barred import barred_from
from models.rules.leads import first_to_lead
from models.saying import both
from models.thai import thai_date
from optimizer.moving.layout import Laid, Outline, TooLate, Wishes, laid_out
from optimizer.why.slots import Slots

#: what a plan file says of a visit that a planner left out
BY_HAND = str(Reason("by-hand"))
_MIDNIGHT = 24 * 60.0


class Hands:
    """The plan as it stands after the moves done so far, and what was wrong with them.

    ``plan`` always has its true cost; ``pins`` are the visits pinned by hand.
    """

    def __init__(self, problem: Problem, plan: Plan, pins: Iterable[str], slots: Slots | None) -> None:
        self.problem = problem
        self.pins = dict.fromkeys(pins)
        self.faults: list[Fault] = []
        self._slots = slots
        self.plan = self._priced(plan)

    def do(self, move: Move, where: str) -> None:
        """Make ``move``; what is wrong with it becomes a fault at ``where``."""
        faults = list(_unknown(self.problem, self.plan, move, where))
        if isinstance(move, Place | LeaveOut) and move.visit in self.problem.visit_by_id:
            faults += self._past(move.visit, where)
        if faults:
            self.faults += faults
            return
        try:
            self._do(move, where)
        except TooLate:
            cause = both(
                "A tour would be back at a time that no clock shows, after 9999:59:59.",
                "เที่ยวจะกลับหลังเวลา 9999:59:59 ซึ่งเขียนเป็นเวลาไม่ได้",
            )
            remedy = both(
                "Start earlier, or mend the minutes of the visits and drives.",
                "เริ่มให้เร็วขึ้น หรือแก้นาทีของการเข้าส่งเสริมและการเดินทาง",
            )
            self.faults.append(Fault("time-order", where, cause, remedy))

    def _do(self, move: Move, where: str) -> None:
        match move:
            case Place():
                self._place(move, where)
            case LeaveOut():
                self._take_out(move.visit)
            case SetCrew():
                self._change(move.tour, crew=tuple(dict.fromkeys(move.officers)))
            case SetCar():
                self._change(move.tour, car=move.car)
            case SetLead():
                self._keep(self.plan.tours, self.plan.leads | {move.cooperative: move.officer})
            case Pin():
                self._pin(move.visit, where)
            case Unpin():
                self._unpin(move.visit)

    def _place(self, move: Place, where: str) -> None:
        stood = self._tour_of(move.visit)
        wanted = self.plan_tour(move.tour) if move.tour is not None else None
        date = wanted.date if wanted else move.date or (stood.date if stood else None)
        if date is None:
            cause = both(
                f"Visit {move.visit} is left out, so it has no tour to stay on.",
                f"แผนไม่ได้จัด {move.visit} จึงไม่มีเที่ยวให้อยู่",
            )
            self.faults.append(
                Fault("field-missing", where, cause, both("Say to which date or tour it goes.", "ระบุวันหรือเที่ยวที่จะย้ายไป"))
            )
            return
        self.faults += (*self._wrong_day(move, wanted, date, where), *self._wrong_time(move, where))
        if self.faults:
            return
        if wanted is None and not move.new_tour and stood is not None and stood.date == date:
            if move.start is None and move.position is None:
                return  # it is there already
            wanted = stood
        free = wanted is None and not move.new_tour
        if (free or wanted) and move.start is None and move.position is None:
            best = self._best(move.visit, date, wanted)
            if best is not None:
                self._keep(best.tours, best.leads)
                return
        visit = self.problem.visit_by_id[move.visit]
        ways = [self._onto(tour, visit, move) for tour in self._candidates(date, wanted, free, visit)]
        if wanted is None and self.problem.officers:
            ways.append(self._new_tour(visit, date, move))
        if not ways:
            cause = both("There is no officer who could ride on a tour of its own.", "ไม่มีเจ้าหน้าที่สำหรับเที่ยวใหม่")
            self.faults.append(Fault("field-missing", where, cause, both("Add an officer.", "เพิ่มเจ้าหน้าที่")))
            return
        chosen = min(ways, key=lambda laid: laid.burden) if not free else self._least_broken(visit, ways)
        self._put(visit, chosen.tour)

    def _candidates(self, date: dt.date, wanted: Tour | None, free: bool, visit: Visit) -> list[Tour]:
        if wanted is not None:
            return [wanted]
        own = self.problem.cooperative_by_id[visit.cooperative].office
        return [t for t in self.plan.tours if free and t.date == date and own in (None, t.office)]

    def _best(self, visit: str, date: dt.date, tour: Tour | None) -> Plan | None:
        """The plan with the visit on the cheapest place of the day, or of one tour, that breaks no further rule."""
        slots = self._slots_now()
        desired = self.problem.visit_by_id[visit]
        days = slots.days(desired, [date])
        found = [slot for day in days for slot in day.slots if tour is None or slot.joins == tour.id]
        if not found:
            return None
        plan = self._priced(found[0].plan)
        before = len(violations(self.problem, self.plan))
        return plan if len(violations(self.problem, plan)) <= before else None

    def _least_broken(self, visit: Visit, ways: Sequence[Laid]) -> Laid:
        """The way that breaks the fewest rules of the whole plan, then costs least."""

        def rank(laid: Laid) -> tuple[int, float]:
            plan = self._with(visit, laid.tour)
            return len(violations(self.problem, plan)), plan.cost.total

        return min(ways, key=rank)

    def _onto(self, tour: Tour, visit: Visit, move: Place) -> Laid:
        """The tour with the visit on it, at its position or start, else where it fits best."""
        others = [stop for stop in tour.stops if stop.visit != visit.id]
        near = {stop.visit: stop.start for stop in others}
        at = {} if move.start is None else {visit.id: move.start}
        if move.start is not None:
            places = [sum(stop.start < move.start for stop in others)]
        elif move.position is not None:
            places = [min(move.position - 1, len(others))]
        else:
            places = list(range(len(others) + 1))
        ids = [stop.visit for stop in others]
        outline = _outline(tour)
        made = [
            laid_out(self.problem, replace(outline, visits=(*ids[:place], visit.id, *ids[place:])), Wishes(near, at))
            for place in places
        ]
        return min(made, key=lambda laid: (*laid.burden[:2], self._km(laid.tour)))

    def _km(self, tour: Tour) -> float:
        return self.problem.kilometres(tour.office, (stop.visit for stop in tour.stops))

    def _new_tour(self, visit: Visit, date: dt.date, move: Place) -> Laid:
        """A tour of the visit's own; its crew and car are those of the move, else some that are not out that day."""
        roster = Roster.of(self.problem, self.plan)
        crew = move.crew or self._crew(roster, visit, date)
        office = roster.cooperative(visit).office or self.problem.officer_by_id[crew[0]].office
        cars = (*roster.cars_left(office, date), *self.problem.cars(office, date))
        car = move.car or next((car.id for car in cars), None)
        outline = Outline(tour_id(date, {tour.id for tour in self.plan.tours}), date, office, crew, car, (visit.id,))
        return laid_out(self.problem, outline, Wishes({}, {} if move.start is None else {visit.id: move.start}))

    def _crew(self, roster: Roster, visit: Visit, date: dt.date) -> tuple[str, ...]:
        """The lead and who is needed for the topics, those who are free that day first."""
        cooperative, barred = roster.cooperative(visit), barred_from(self.problem, [visit.id])
        lead = self.plan.leads.get(cooperative.id) or cooperative.lead or cooperative.current_lead
        people = [one for office in roster.offices(visit) for one in roster.people(office.id) if one.id not in barred]
        people = people or list(self.problem.officers)
        people.sort(key=lambda one: (one.id != lead, not roster.is_free(one, date)))
        crew, missing = [people[0]], set(visit.topics or ()) - set(people[0].topics)
        for officer in people[1:]:
            if officer.office == crew[0].office and (len(crew) < visit.crew_size or missing & set(officer.topics)):
                crew.append(officer)
                missing -= set(officer.topics)
        return tuple(officer.id for officer in crew)

    def _take_out(self, visit: str) -> None:
        self._keep(self._without(visit), self.plan.leads)

    def _without(self, visit: str, but: str | None = None) -> list[Tour]:
        """The tours without the visit, the one that had it laid out anew; none with the id ``but``."""
        tours = []
        for tour in self.plan.tours:
            kept = [stop for stop in tour.stops if stop.visit != visit]
            if tour.id == but:
                continue
            if len(kept) == len(tour.stops):
                tours.append(tour)
            elif kept:
                outline = replace(_outline(tour), visits=tuple(stop.visit for stop in kept))
                tours.append(laid_out(self.problem, outline, Wishes({s.visit: s.start for s in kept}, {})).tour)
        return tours

    def _with(self, visit: Visit, tour: Tour) -> Plan:
        """The plan with the visit on ``tour``, and nowhere else."""
        leads = dict(self.plan.leads)
        if visit.cooperative not in leads:
            cooperative = self.problem.cooperative_by_id[visit.cooperative]
            lead = first_to_lead(cooperative, (cooperative.current_lead, *tour.crew))
            leads[cooperative.id] = lead or tour.crew[0]  # whoever rides is barred, which the draft is told
        return self._made([*self._without(visit.id, but=tour.id), tour], leads)

    def _put(self, visit: Visit, tour: Tour) -> None:
        self.plan = self._with(visit, tour)

    def _change(self, id_: str, **parts: object) -> None:
        tours = [tour.model_copy(update=parts) if tour.id == id_ else tour for tour in self.plan.tours]
        self._keep(tours, self.plan.leads)

    def _pin(self, visit: str, where: str) -> None:
        if self._tour_of(visit) is None:
            cause = both(f"Visit {visit} is left out, so it has no place to keep.", f"แผนไม่ได้จัด {visit} จึงไม่มีที่ให้ตรึง")
            self.faults.append(
                Fault(
                    "pin-unpublished", where, cause, both("Pin only visits that the plan has.", "ตรึงเฉพาะรายการในแผน")
                )
            )
        else:
            self.pins[visit] = None

    def _unpin(self, visit: str) -> None:
        self.pins.pop(visit, None)
        if visit in (self.problem.pins or ()):
            others = tuple(pin for pin in self.problem.pins or () if pin != visit)
            self.problem = self.problem.changed(pins=others or None)
            self._slots = None

    def _keep(self, tours: Iterable[Tour], leads: dict[str, str]) -> None:
        self.plan = self._made(tours, leads)

    def _made(self, tours: Iterable[Tour], leads: dict[str, str]) -> Plan:
        """The plan of these tours: what none of them has is left out, and nobody leads where nobody goes any more."""
        ordered = tuple(sorted(tours, key=lambda tour: (tour.date, tour.depart, tour.id)))
        planned = {stop.visit for tour in ordered for stop in tour.stops}
        known = {left.visit: left for left in self.plan.unplanned}
        left = tuple(
            known.get(visit.id) or Unplanned(visit=visit.id, reason=BY_HAND)
            for visit in self.problem.visits
            if visit.id not in planned
        )
        visited, before = self._visited(ordered), self._visited(self.plan.tours)
        return self._priced(
            self.plan.model_copy(
                update={
                    "tours": ordered, "unplanned": left,
                    "leads": {id_: lead for id_, lead in leads.items() if id_ in visited or id_ not in before},
                }
            )
        )  # fmt: skip

    def _visited(self, tours: Iterable[Tour]) -> set[str]:
        """The cooperatives that are visited."""
        return {self.problem.visit_by_id[stop.visit].cooperative for tour in tours for stop in tour.stops}

    def _priced(self, plan: Plan) -> Plan:
        """The plan at its cost, with nothing claimed that was proven of another one."""
        update = {"cost": cost(self.problem, plan), "lower_bound": None, "status": "feasible", "record": None}
        return plan.model_copy(update=update)

    def _slots_now(self) -> Slots:
        self._slots = Slots(self.problem, self.plan) if self._slots is None else self._slots.of(self.plan)
        return self._slots

    def plan_tour(self, id_: str) -> Tour | None:
        """The tour of this id."""
        return next((tour for tour in self.plan.tours if tour.id == id_), None)

    def _tour_of(self, visit: str) -> Tour | None:
        return next((tour for tour in self.plan.tours if any(stop.visit == visit for stop in tour.stops)), None)

    def _past(self, visit: str, where: str) -> Iterator[Fault]:
        today, stood = self.problem.today, self._tour_of(visit)
        if stood is not None and today is not None and stood.date < today:
            cause = both(
                f"Visit {visit} is on {stood.date}, and before {today} this plan stays as it is.",
                f"{visit} อยู่วันที่ {thai_date(stood.date)} ซึ่งก่อน {thai_date(today)} แผนนี้คงเดิม",
            )
            yield Fault("date-order", where, cause, both("Move what comes from that day on.", "ย้ายได้ตั้งแต่วันนั้นเป็นต้นไป"))

    def _wrong_day(self, move: Place, wanted: Tour | None, date: dt.date, where: str) -> Iterator[Fault]:
        if wanted is not None and move.date is not None and move.date != wanted.date:
            cause = both(
                f"Tour {wanted.id} is on {wanted.date}, not on {move.date}.",
                f"เที่ยว {wanted.id} อยู่วันที่ {thai_date(wanted.date)} ไม่ใช่ {thai_date(move.date)}",
            )
            yield Fault(
                "date-order",
                f"{where}.date",
                cause,
                both("Leave the date out, or name a tour of that day.", "ไม่ต้องระบุวัน หรือระบุเที่ยวของวันนั้น"),
            )
        elif self.problem.today is not None and date < self.problem.today:
            cause = both(
                f"{date} lies before {self.problem.today}, and until then this plan stays as it is.",
                f"{thai_date(date)} อยู่ก่อน {thai_date(self.problem.today)} ซึ่งก่อนวันนั้นแผนนี้คงเดิม",
            )
            yield Fault(
                "date-order",
                where,
                cause,
                both("Name that day or a later one.", "ระบุวันนั้นหรือวันหลังจากนั้น"),
            )
        elif date not in self.problem.workdays:
            cause = both(f"{date} is no workday of this plan.", f"{thai_date(date)} ไม่ใช่วันทำการของแผนนี้")
            yield Fault("date-order", where, cause, both("Name one of its workdays.", "ระบุวันทำการของแผน"))

    def _wrong_time(self, move: Place, where: str) -> Iterator[Fault]:
        """Any time of the day may be tried; of one that goes on after midnight until it ends."""
        last = max(_MIDNIGHT, self.problem.day.end)
        if move.start is not None and move.start >= last:
            start, end = format_clock(move.start), format_clock(last)
            cause = both(f"{start} is no time of a day, which ends at {end}.", f"{start} ไม่ใช่เวลาของวัน ซึ่งจบเวลา {end}")
            yield Fault("time-order", where, cause, both("Name a time before that.", "ระบุเวลาก่อนหน้านั้น"))


def _unknown(problem: Problem, plan: Plan, move: Move, where: str) -> Iterator[Fault]:
    """What a move names that is not there."""
    tours = {tour.id: tour for tour in plan.tours}
    named: list[tuple[str, str, Sequence[str], Collection[str]]] = []
    things: dict[str, Collection[str]] = {
        "visit": problem.visit_by_id, "cooperative": problem.cooperative_by_id, "officer": problem.officer_by_id,
        "tour": tours,
    }  # fmt: skip
    for kind, known in things.items():
        value = getattr(move, kind, None)
        if value is not None:
            named.append((kind, kind, [value], known))
    if isinstance(move, SetCrew):
        named.append(("officer", "officers", move.officers, problem.officer_by_id))
    if isinstance(move, Place) and move.crew is not None:
        named.append(("officer", "crew", move.crew, problem.officer_by_id))
    cars = {car.id for office in problem.offices for car in office.named}
    if isinstance(move, SetCar | Place) and move.car is not None:
        named.append(("car", "car", [move.car], cars))
    for kind, key, values, there in named:
        for value in values:
            if value not in there:
                remedy = both(f"Name one of the {kind}s of this plan.", "ระบุรายการที่มีในแผน")
                remedy = perhaps(remedy, value, there)
                yield Fault(
                    "id-unknown", f"{where}.{key}", both(f"There is no {kind} {value!r}.", f"ไม่มี {value!r}"), remedy
                )
    tour = tours.get(getattr(move, "tour", None) or "")
    if tour is not None and problem.today is not None and tour.date < problem.today:
        cause = both(
            f"Tour {tour.id} is on {tour.date}, and before {problem.today} this plan stays as it is.",
            f"เที่ยว {tour.id} อยู่วันที่ {thai_date(tour.date)} ซึ่งก่อน {thai_date(problem.today)} แผนนี้คงเดิม",
        )
        yield Fault(
            "date-order",
            f"{where}.tour",
            cause,
            both("Move what comes from that day on.", "ย้ายได้ตั้งแต่วันนั้นเป็นต้นไป"),
        )


def _outline(tour: Tour) -> Outline:
    return Outline(tour.id, tour.date, tour.office, tour.crew, tour.car, tuple(stop.visit for stop in tour.stops))
