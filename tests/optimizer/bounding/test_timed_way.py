"""What a route takes at the least once all hours are seen, against every departure, start and break on a fine grid."""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

import numpy as np
import pytest
from support.builders import cooperative, line, office, on, problem, visit

from models.problem import Problem
from optimizer.borrowing import borrowed
from optimizer.bounding import lower_bound
from optimizer.bounding.relaxed import relax
from optimizer.bounding.timed_way import timed_way
from optimizer.instance import frame

#: minutes; all times of these problems are multiples of it, so the least is on this grid
FINE = 5
#: minutes by which limits are loosened in all where times are on no grid
LOOSE = 1.6
BREAK = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
LUNCH = [["08:30", "12:00"], ["13:00", "16:30"]]


def some_tour(random: Random) -> Problem:
    count = random.choice([1, 2, 2, 3, 3])
    day: dict[str, Any] = {"start": random.choice(["08:30", "08:35"]), "end": random.choice(["16:30", "14:00"])}
    day |= random.choice([{}, BREAK, BREAK, BREAK | {"break_minutes": 30}])
    day |= {"step_minutes": random.choice([None, 5, 15]), "slack_minutes": random.choice([None, 5, 20])}
    day |= {"max_minutes": random.choice([None, None, 300, 240])}
    open_hours = [None, LUNCH, LUNCH, ["09:00", "12:00"], [["09:00", "10:30"], ["11:15", "11:40"], ["13:30", "15:00"]]]
    windows = [None, None, ["10:30", "11:00"], ["09:00", "09:00"], ["13:00", "14:10"]]
    return problem(
        day={key: value for key, value in day.items() if value is not None},
        travel=line(0, *(random.choice([5, 10, 20, 40, -15, -35]) for _ in range(count))),
        cooperatives=[cooperative(f"c{n}", n + 1, open=random.choice(open_hours)) for n in range(count)],
        visits=[visit(f"c{n}-1", minutes=random.choice([15, 30, 45, 75]), window=random.choice(windows))
                for n in range(count)],
        offices=[office(cars=1)], workdays=[on(1)],
    )  # fmt: skip


def starts(p: Problem, v: int, every: float) -> list[float]:
    """The times on the grid at which the visit may start, a tour's leaving and coming apart."""
    each = p.visits[v]
    stretches = p.cooperative_by_id[each.cooperative].stretches(on(1))
    return [
        time for time in np.arange(0, 24 * 60, every)
        if any(a <= time <= b for a, b in each.windows)
        and any(a <= time and time + each.minutes <= b for a, b in stretches)
    ]  # fmt: skip


def by_trying(p: Problem) -> tuple[float, float, float]:
    """Least km, least minutes without the break and least minutes of any tour over all visits."""
    day, drive, every = p.day, p.travel.minutes, p.day.step or FINE
    able = [starts(p, v, every) for v in range(len(p.visits))]
    place = [n + 1 for n in range(len(p.visits))]
    breaks = [b for b in np.arange(0, 24 * 60, FINE) if day.break_length and day.break_opens <= b <= day.break_closes]
    best = np.full(3, np.inf)
    for order in itertools.permutations(range(len(p.visits))):
        km = sum(drive[a][b] for a, b in itertools.pairwise([0, *(place[v] for v in order), 0]))
        for leaves in np.arange(np.ceil(day.start / every) * every, day.end, every):
            ends, here = {False: float(leaves)}, 0  # earliest end of the last visit, by whether the break is over
            for v in order:
                way, after = drive[here][place[v]], {}
                for over, end in ends.items():
                    for start in able[v]:
                        if start >= end + way + day.slack:
                            after[over] = min(after.get(over, np.inf), start + p.visits[v].minutes)
                        long_enough = not over and start >= end + way + max(day.slack, day.break_length)
                        if long_enough and any(end <= b <= start - day.break_length for b in breaks):
                            after[True] = min(after.get(True, np.inf), start + p.visits[v].minutes)
                ends, here = after, place[v]
            way = drive[here][0]
            ways_back = [(end + way, over) for over, end in ends.items()]
            ways_back += [(max(end + way, b) + day.break_length, True)
                          for over, end in ends.items() if not over for b in breaks if b >= end]  # fmt: skip
            for back, over in ways_back:
                needed = day.break_length and leaves < day.break_opens + day.break_length and back > day.break_closes
                if back <= day.end and back - leaves <= (day.max_minutes or np.inf) and (over or not needed):
                    span = back - leaves
                    best = np.minimum(best, [km, span - (day.break_length if over else 0), span])
    return float(best[0]), float(best[1]), float(best[2])


@pytest.mark.parametrize("seed", range(80))
def test_what_a_route_takes_is_the_least_of_all_that_can_be(seed: int) -> None:
    p = some_tour(Random(seed))
    relaxed = relax(frame(p))
    found = timed_way(borrowed(relaxed), int(relaxed.depot[0]), np.arange(len(p.visits)))
    loose = LOOSE if p.day.step == 0 else 1e-6
    for least, exact in zip(found, by_trying(p), strict=True):
        assert least == exact or exact - loose <= least <= exact + 1e-6


def test_waiting_is_paid() -> None:
    """Both are 10 minutes away, on the same side: one at 9:00, one at 12:00, an hour each.

    Leaving at 8:50 and back at 13:10 makes 4:20 hours at 60 baht for one officer of 100, and 20 km.
    """
    bound = lower_bound(
        problem(
            visits=[visit("c1-1", window=["09:00", "09:00"]), visit("c2-1", window=["12:00", "12:00"])],
            travel=line(0, 10, 10), officers=[{"id": "a", "office": "kk", "topics": [], "fair_hours": 0}],
            prices={"km": 1, "officer_day": 100, "unplanned": 1000, "overload_hour": 60}, workdays=[on(1)],
        ),
        stop=lambda: False,
    )  # fmt: skip
    assert bound is not None
    assert 379 <= bound <= 380 + 1e-6
