"""What the plan adds up to: each part of the cost with its quantity and price, and the head figures."""

from __future__ import annotations

from dataclasses import dataclass

from api.exports.calendar import Calendar
from models.costing import crew_changed, lead_changes, moved, stand_ins
from models.plan import COST_PARTS, PAID_PARTS


@dataclass(frozen=True, slots=True)
class CostLine:
    """One part of the cost: ``quantity`` in ``unit``, times ``price`` (baht, as text), is ``baht``.

    ``price_each`` is the price as a number; None for a part with several prices. ``paid``: it is money that is paid
    out, no weight. ``share`` is that of what is paid, or of what is weighed. ``whole``: the baht as they are
    shown without satang, so that the parts add up to the sums of what is paid and of what is weighed.
    """

    part: str
    label: str
    quantity: float
    unit: str
    price: str
    price_each: float | None
    baht: float
    whole: float
    share: float
    paid: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """Head figures of a plan: counts, kilometres, and the most cars out on one day."""

    visits: int
    planned: int
    cooperatives: int
    tours: int
    person_days: int
    officers: int
    km: float
    most_cars: int
    late: int
    unplanned: int
    stand_ins: int


def cost_lines(calendar: Calendar) -> tuple[CostLine, ...]:
    """Every part of the cost, those of nothing too: what is paid first, then what is weighed."""
    plan, prices, words = calendar.plan, calendar.problem.prices, calendar.words
    quantities = _quantities(calendar)
    km_prices = set(calendar.problem.kilometre_prices)
    unit_prices = {
        "km": min(km_prices), "officer_days": prices.least_officer_day, "car_days": prices.car_day,
        "late": prices.late_day, "unplanned": prices.unplanned, "stand_in": prices.stand_in,
        "overload": prices.overload_hour, "lead_change": prices.lead_change, "moved": prices.moved,
        "crew_change": prices.crew_change,
    }  # fmt: skip
    lines, shown = [], plan.cost.shown()
    for part in COST_PARTS:
        baht: float = getattr(plan.cost, part)
        price_each: float | None = unit_prices[part]
        price = money(calendar, unit_prices[part])
        if part == "km" and len(km_prices) > 1:
            price_each, price = None, words("price_by_car")
        if part == "officer_days" and len(prices.officer_day_rates) > 1:
            price_each, price = None, words("price_by_hours")
        if part == "moved" and prices.moved_at_short_notice != prices.moved:
            price_each = None
            price = words("two_prices", plain=price, soon=money(calendar, prices.moved_at_short_notice))
        paid = part in PAID_PARTS
        whole = plan.cost.paid if paid else plan.cost.weighed
        lines.append(
            CostLine(
                part=part,
                label=words.head(f"part_{part}"),
                quantity=quantities[part],
                unit=words(f"unit_{part}"),
                price=price,
                price_each=price_each,
                baht=baht,
                whole=shown[part],
                share=baht / whole if whole > 0 else 0.0,
                paid=paid,
            )
        )
    return tuple(lines)


def money(calendar: Calendar, baht: float) -> str:
    """Baht as people read them: whole where they are whole, else with satang."""
    return calendar.words.number(baht, 0 if abs(baht - round(baht)) < 0.005 else 2)


def totals(calendar: Calendar) -> Totals:
    """The head figures."""
    tours = calendar.tours
    stops = [stop for tour in tours for stop in tour.stops]
    return Totals(
        visits=len(calendar.problem.visits),
        planned=len(stops),
        cooperatives=len({stop.destination.id for stop in stops}),
        tours=len(tours),
        person_days=sum(len(tour.crew) for tour in tours),
        officers=len({person.id for tour in tours for person in tour.crew}),
        km=sum(tour.km for tour in tours),
        most_cars=max((len(day.tours) for day in calendar.days), default=0),
        late=len(calendar.late),
        unplanned=len(calendar.left_out),
        stand_ins=sum(stop.stand_in for stop in stops),
    )


def _quantities(calendar: Calendar) -> dict[str, float]:
    plan, problem = calendar.plan, calendar.problem
    return {
        "km": sum(tour.km for tour in calendar.tours),
        "officer_days": sum(len(tour.crew) for tour in calendar.tours),
        "car_days": len(calendar.tours),
        "late": sum(late.stop.late_days * late.stop.visit.priority for late in calendar.late),
        "unplanned": sum(left.visit.priority for left in calendar.left_out),
        "stand_in": sum(len(stand_ins(problem, tour, plan.leads)) for tour in plan.tours),
        "overload": sum(officer.over for officer in calendar.officers),
        "lead_change": len(lead_changes(problem, plan)),
        "moved": len(moved(problem, plan)),
        "crew_change": len(crew_changed(problem, plan)),
    }
