"""Plans on imagined days, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.builders import cooperative, on, plan, problem, tour, visit

from patithin import InvalidInput, Planned, load, simulate


def constant(value: float) -> Callable[[object, tuple[int, ...]], np.ndarray]:
    return lambda draws, shape: np.full(shape, value)


def planned(**day: object) -> Planned:
    """One tour: the office, c1 and c2, the office again; 30 minutes each way between any two."""
    ways = [[0 if a == b else 30 for b in range(3)] for a in range(3)]
    stated = problem(
        day={"start": "08:30", "end": "12:00"} | day,
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2, open=["09:00", "11:30"])],
        visits=[visit("c1-1", minutes=60), visit("c2-1", minutes=60)],
        travel={"minutes": ways, "km": ways},
    )
    made = plan(stated, tour(stated, on(1), "a", ["c1-1", "c2-1"], starts={"c1-1": "09:00", "c2-1": "10:30"}))
    return Planned(load(stated), made)


def test_as_planned_nothing_is_late() -> None:
    told = simulate(planned(), {"visits": constant(1.0), "drives": constant(1.0)}, n=3)
    assert told.summary.to_dict() == {
        "tours": 1, "tours late": 0, "minutes late, all tours": 0, "lunches lost": 0, "visits missed": 0,
    }  # fmt: skip


def test_a_longer_first_visit_misses_the_second_that_closes() -> None:
    """c1 takes 90 minutes: 09:00 to 10:30, c2 is reached at 11:00 and would have to begin by 10:30. Back at 11:30."""
    told = simulate(planned(), {"visits": constant(1.5), "drives": constant(1.0)}, n=2)
    assert told.visits["missed_share"].to_dict() == {"c1-1": 0.0, "c2-1": 1.0}
    assert told.tours["late_share"].iloc[0] == 0


def test_slower_drives_bring_the_tour_back_late() -> None:
    """Drives of 33 minutes: c1 at 09:03, c2 at 10:36, six minutes after its last start."""
    told = simulate(planned(), {"visits": constant(1.0), "drives": constant(1.1)}, n=2)
    assert told.visits.loc["c2-1", "missed_share"] == 1
    open_all_day = planned(end="11:55")  # the plan itself is back at 12:00, five minutes after the day
    told = simulate(open_all_day, {"visits": constant(1.0), "drives": constant(1.0)}, n=2)
    assert told.tours["late_minutes"].iloc[0] == pytest.approx(5)


def test_equal_seeds_draw_alike_and_others_do_not() -> None:
    one, two, three = (simulate(planned(), n=50, seed=seed).outcome.back for seed in (1, 1, 2))
    assert (one == two).all()
    assert not (one == three).all()


def test_the_drawn_factors_have_the_mean_that_is_asked_for() -> None:
    told = simulate(planned(), {"visits": (1.0, 0.0), "drives": (1.2, 0.3)}, n=20_000)
    first_drive = told.outcome.started[:, 0].clip(540) - 510
    assert first_drive.mean() > 30


@pytest.mark.parametrize(
    "wrong",
    [{"naps": (1, 1)}, {"visits": (0, 1)}, {"visits": (1, -1)}, {"drives": constant(-1)}, {"drives": constant(np.nan)}],
)
def test_what_is_no_factor_is_a_fault(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        simulate(planned(), wrong, n=2)
