"""When one label beats another, alone; and the way home where several visits start within a step of time."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.bounding.ng_routes.completion import by_time, home_from, table_for
from optimizer.bounding.ng_routes.cuts import MOST_CUTS
from optimizer.bounding.ng_routes.labels import clear, is_beaten, keep, labels_for
from optimizer.bounding.ng_routes.shifts import STEPS, Ground

TOLL = np.append([7.0, 20.0], np.zeros(MOST_CUTS - 2))


@pytest.mark.parametrize(
    "cost, start, memory, odd, beaten",
    [
        (10.0, 50.0, 0b0110, 0b01, True),  # the same as the late one
        (10.0, 49.0, 0b0110, 0b01, False),  # sooner than the late one; the soon one is dearer
        (9.0, 50.0, 0b0110, 0b01, False),
        (10.0, 50.0, 0b1110, 0b01, True),  # remembers more
        (10.0, 50.0, 0b0010, 0b01, False),  # remembers less
        (10.0, 50.0, 0b1010, 0b01, False),
        (16.9, 50.0, 0b0110, 0b10, False),  # the late one may owe 7 where this one owes nothing
        (17.1, 50.0, 0b0110, 0b10, True),
        (30.0, 20.0, 0b0110, 0b00, True),  # the same as the soon one
        (29.0, 20.0, 0b0110, 0b00, False),
    ],
)
def test_a_label_is_beaten_by_one_that_is_no_worse_in_anything(
    cost: float, start: float, memory: int, odd: int, beaten: bool
) -> None:
    labels, waiting = labels_for(100, 2, 1, 5)
    clear(labels, waiting)
    keep(labels, 0, 3, 30.0, 20.0, -1, np.array([0b0010]), 0b00)  # soon
    keep(labels, 0, 3, 10.0, 50.0, -1, np.array([0b0110]), 0b01)  # late
    assert is_beaten(labels, 0, cost, start, np.array([memory]), odd, TOLL, True) == beaten
    assert not is_beaten(labels, 1, cost, start, np.array([memory]), odd, TOLL, True)


def test_what_is_remembered_does_not_count_where_nothing_is_proven() -> None:
    labels, waiting = labels_for(100, 1, 1, 5)
    clear(labels, waiting)
    keep(labels, 0, 3, 10.0, 50.0, -1, np.array([0b0110]), 0)
    assert not is_beaten(labels, 0, 10.0, 50.0, np.array([0b0001]), 0, TOLL, True)
    assert is_beaten(labels, 0, 10.0, 50.0, np.array([0b0001]), 0, TOLL, False)


def test_the_way_home_sees_visits_that_start_within_one_step() -> None:
    """Three visits 0.3 minutes apart, steps of 0.8: from the first all three are made, for 50 baht each, and then home.

    Home is 9 minutes and 9 km away, and ways between them cost 1 baht: 1 - 50 + 1 - 50 + 9 = -89.
    """
    count = 3
    km, way = np.full((4, 4), 1.0), np.full((4, 4), 0.3)
    km[3], km[:, 3], way[3], way[:, 3] = 9.0, 9.0, 9.0, 9.0
    ground = Ground(
        km, way, np.zeros(count), np.full(count, np.inf), np.ones(count, np.int64), count, 200.0, 0.8, 0.0,
        np.arange(count), np.zeros((count, 1), np.int64), np.zeros(count, np.int64), TOLL,
    )  # fmt: skip
    table = table_for(count, STEPS + 2)
    by_time(ground, np.full(count, 50.0), table)
    assert (
        home_from(table, 0, int(190.4 / 0.8), -1) <= -89.0
    )  # 0.6 minutes later it is 191, when it must leave for home
    assert home_from(table, 0, int(192.0 / 0.8), -1) == np.inf  # too late for anything
