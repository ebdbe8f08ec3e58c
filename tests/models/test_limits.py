"""Sizes beyond any office are faults with a code, and the largest offices that are tried are not."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, office, officer, parts, visit

from models.faults import InvalidInput
from models.limits import MOST, MOST_RHYTHMS, MOST_VISITS_EACH
from models.reading import read_problem


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"offices": [office(seats=1_000_000_000)]}, "field-value", "offices[0].seats"),
        ({"offices": [office(cars=1_000_000_000)]}, "field-value", "offices[0].cars"),
        ({"offices": [{"id": "kk", "location": 0, "cars": [{"id": "v", "seats": 10**9}]}]}, "field-value",
         "offices[0].cars[0].seats"),
        ({"offices": [{"id": "kk", "location": 0, "cars": [{"id": f"v{n}", "seats": 1} for n in range(1001)]}]},
         "too-many", "offices[0].cars"),
        ({"visits": [visit("c1-1", crew=10**6)]}, "field-value", "visits[0].crew"),
        ({"workdays": ["0212-08-01", "2012-08-01"]}, "horizon-too-long", "workdays"),
        ({"workdays": ["2009-08-01", "2012-08-01"]}, "horizon-too-long", "workdays"),
        ({"cooperatives": [cooperative("c1", 1, min_gap_days=10**9), cooperative("c2", 2)]}, "field-value",
         "cooperatives[0].min_gap_days"),
        ({"officers": [officer(f"o{n}") for n in range(MOST["officers"] + 1)]}, "too-many", "officers"),
        ({"visits": [visit(f"c1-{n}") for n in range(MOST_VISITS_EACH + 1)]}, "too-many", "cooperatives[0]"),
        ({"cooperatives": [cooperative("c1", 1, rhythms=[["2012-08-01"]] * (MOST_RHYTHMS + 1)), cooperative("c2", 2)]},
         "too-many", "cooperatives[0].rhythms"),
    ],
)  # fmt: skip
def test_a_giant_is_a_fault(changes: dict[str, Any], code: str, where: str) -> None:
    base = {key: value for key, value in parts().items() if key != "workdays"}
    data = base | {"workdays": [day.isoformat() for day in days(1, 2, 3)]} | changes
    with pytest.raises(InvalidInput) as caught:
        read_problem(data)
    assert (code, where) in [(fault.code, fault.where) for fault in caught.value.faults]


def test_the_largest_offices_tried_are_within_the_limits() -> None:
    assert MOST["cooperatives"] >= 2_000
    assert MOST["officers"] >= 600
    assert MOST["visits"] >= 4 * 2_000
    assert MOST["workdays"] >= 500
