"""Every baht accounted for: quantities, prices and parts of the cost agree with the referee."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from support.builders import problem

from api.exports.calendar import Calendar
from api.exports.editions import Edition
from api.exports.figures import cost_lines, totals
from api.formats import Format, Part
from models.plan import Plan
from models.referee import moved

from .conftest import Sample, planned_problems


def test_each_part_is_its_quantity_times_its_price(sample: Sample) -> None:
    lines = {line.part: line for line in cost_lines(Calendar(sample.plan, sample.problem, sample.office, "en"))}
    told = {part: (line.quantity, line.price, line.baht) for part, line in lines.items()}
    assert told == {
        "km": (120, "4", 480), "officer_days": (4, "120", 480), "car_days": (3, "10", 30), "late": (3, "40", 120),
        "unplanned": (2, "5,000", 10_000), "stand_in": (1, "400", 400), "overload": (1, "60", 60),
        "lead_change": (1, "500", 500), "moved": (0, "plain 200 · short notice 400", 0), "crew_change": (0, "0", 0),
    }  # fmt: skip
    for paid, whole in ((True, 990), (False, 11_080)):
        own = [line for line in lines.values() if line.paid == paid]
        assert sum(line.baht for line in own) == whole
        assert sum(line.share for line in own) == pytest.approx(1)
    assert (sample.plan.cost.paid, sample.plan.cost.weighed) == (990, 11_080)


@settings(max_examples=30, deadline=None)
@given(planned_problems())
def test_the_parts_that_are_shown_add_up_to_what_is_shown_of_their_sums(drawn: Sample) -> None:
    """On the terminal and the page in whole baht, in the workbook with satang."""
    calendar = Calendar(drawn.plan, drawn.problem, None, "en")
    cost = drawn.plan.cost
    for paid, whole in ((True, cost.paid), (False, cost.weighed)):
        assert sum(line.whole for line in cost_lines(calendar) if line.paid == paid) == round(whole)
    book = openpyxl.load_workbook(io.BytesIO(Format.xlsx.draw(Part(calendar, Edition()))))
    rows = list(book["Cost"].iter_rows(min_row=5, values_only=True))
    heads = [
        number for number, row in enumerate(rows) if row[0] in ("Paid", "Weighed (no money)", "weighed (no money)")
    ]
    start = 0
    for end in heads:
        assert sum(row[4] for row in rows[start:end]) == pytest.approx(rows[end][4], abs=1e-6)
        assert all(round(row[4], 2) == row[4] for row in rows[start : end + 1])
        start = end + 1


@settings(max_examples=60, deadline=None)
@given(planned_problems())
def test_quantities_are_the_referees_for_any_plan(drawn: Sample) -> None:
    problem, prices = drawn.problem, drawn.problem.prices
    per_unit = {
        "car_days": prices.car_day, "late": prices.late_day, "unplanned": prices.unplanned, "stand_in": prices.stand_in,
        "overload": prices.overload_hour, "lead_change": prices.lead_change, "crew_change": prices.crew_change,
    }  # fmt: skip
    for line in cost_lines(Calendar(drawn.plan, problem, None, "en")):
        if line.part == "moved":
            assert line.quantity == len(moved(problem, drawn.plan))
        elif line.part in ("km", "officer_days"):  # at one price, or at several
            assert line.price_each is None or line.quantity * line.price_each == pytest.approx(line.baht, abs=0.01)
        else:
            assert line.quantity * per_unit[line.part] == pytest.approx(line.baht, abs=0.01), line.part


@pytest.mark.parametrize(
    ("own", "price"), [((None, None), 4.0), ((6.0, 6.0), 6.0), ((None, 6.0), None), ((5.0, 6.0), None)]
)
def test_kilometres_have_a_price_each_where_all_cars_have_the_same(
    own: tuple[float | None, float | None], price: float | None
) -> None:
    cars = [{"id": f"car{n}", "seats": 2, "km": km} for n, km in enumerate(own)]
    stated = problem(offices=[{"id": "kk", "location": 0, "cars": cars}], prices={"km": 4, "unplanned": 5000})
    line = next(one for one in cost_lines(Calendar(Plan(), stated, None, "en")) if one.part == "km")
    assert line.price_each == price


def test_totals_of_the_sample(sample: Sample) -> None:
    found = totals(Calendar(sample.plan, sample.problem, sample.office, "th"))
    assert (found.visits, found.planned, found.cooperatives, found.tours) == (5, 4, 3, 3)
    assert (found.person_days, found.officers, found.km, found.most_cars) == (4, 3, 120, 1)
    assert (found.late, found.unplanned, found.stand_ins) == (1, 1, 1)
