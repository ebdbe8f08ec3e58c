"""The least way over a few visits, against every order and every place of the break."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations
from math import inf
from random import Random

import numpy as np
import pytest
from support.builders import clock, cooperative, problem, visit

from optimizer.bounding.least_way import least_way, room_for
from optimizer.bounding.relaxed import GRACE, Relaxed, relax
from optimizer.instance import frame

MOST = 4


def some_day(random: Random) -> Relaxed:
    """Four visits with windows, a day with a break or none, ways of ten minutes to an hour and a half."""
    size = MOST + 1
    ways = [[0 if a == b else random.randrange(10, 90, 5) for b in range(size)] for a in range(size)]
    day: dict[str, object] = {"start": "08:00", "end": random.choice(["15:00", "17:00"])}
    if random.random() < 0.75:
        day |= {"break_minutes": 60, "break_earliest": "11:30", "break_latest": random.choice(["12:00", "13:00"])}
    if random.random() < 0.3:
        day["max_minutes"] = random.choice([240, 360])
    windows = [sorted(random.sample(range(480, 1000, 15), 2)) for _ in range(MOST)]
    stated = problem(
        day=day,
        cooperatives=[cooperative(f"c{n}", n) for n in range(1, size)],
        visits=[
            visit(f"c{n + 1}-1", minutes=random.choice([30, 60, 90]), window=[clock(a), clock(b)])
            for n, (a, b) in enumerate(windows)
        ],
        travel={"minutes": ways, "km": ways},
    )
    return relax(frame(stated))


def in_time(relaxed: Relaxed, depot: int, order: tuple[int, ...], work: float) -> bool:
    """Whether one order can be driven, on some leg the break, or without it where the tour needs none."""
    clock_, places = relaxed.clock, [depot, *(int(relaxed.place[v]) for v in order), depot]
    legs = [float(relaxed.drive[a, b]) for a, b in pairwise(places)]

    def back(leave: float, rest_on: int | None) -> float:
        now = leave
        for leg, way in enumerate(legs):
            if leg == rest_on:
                if now > clock_.rest_closes + GRACE:
                    return inf
                now = max(now + way, clock_.rest_opens) + clock_.rest
            else:
                now += way
            if leg < len(order):
                v = order[leg]
                now = max(now, float(relaxed.opens[v]))
                if now > relaxed.closes[v] + GRACE:
                    return inf
                now += float(relaxed.minutes[v])
        return now

    def ways_to_be_back() -> Iterator[tuple[float, float, float]]:
        """Back at, at the latest, minutes of break."""
        if clock_.rest <= 0:
            yield back(clock_.start, None), clock_.end, 0
            return
        yield back(clock_.start, None), min(clock_.end, clock_.rest_closes), 0
        yield back(max(clock_.start, clock_.late_from - GRACE), None), clock_.end, 0
        for leg in range(len(legs)):
            yield back(clock_.start, leg), clock_.end, clock_.rest

    return any(at <= last + GRACE and work + rest <= clock_.longest + GRACE for at, last, rest in ways_to_be_back())


def by_every_order(relaxed: Relaxed, depot: int, stops: tuple[int, ...]) -> tuple[float, float]:
    """Least kilometres (baht) and least minutes of drive and visit over the orders that can be driven."""
    least_baht = least_busy = inf
    for order in permutations(stops):
        places = [depot, *(int(relaxed.place[v]) for v in order), depot]
        work = sum(float(relaxed.drive[a, b]) for a, b in pairwise(places)) + float(relaxed.minutes[list(order)].sum())
        if in_time(relaxed, depot, order, work):
            least_baht = min(least_baht, sum(float(relaxed.km[a, b]) for a, b in pairwise(places)))
            least_busy = min(least_busy, work)
    return least_baht, least_busy


@pytest.mark.parametrize("seed", range(150))
def test_one_and_two_visits_exactly_and_more_never_above(seed: int) -> None:
    """One visit first and one last say the order of two; of more, ends and kilometres are relaxed apart."""
    random = Random(seed)
    relaxed, room = some_day(random), room_for(MOST)
    depot = int(relaxed.depot[0])
    for count in range(1, MOST + 1):
        stops = tuple(random.sample(range(MOST), count))
        found = least_way(relaxed, depot, np.array(stops), count, room)
        exact = by_every_order(relaxed, depot, stops)
        if count <= 2:
            assert found == pytest.approx(exact)
        else:
            assert found[0] <= exact[0] + 1e-9
            assert found[1] <= exact[1] + 1e-9


def test_days_of_every_kind_are_drawn() -> None:
    """Else the comparison would say little: some sets cannot be driven, some only thanks to the break's place."""
    answers = []
    for seed in range(150):
        relaxed = some_day(Random(seed))
        answers.append((relaxed.clock.rest > 0, by_every_order(relaxed, int(relaxed.depot[0]), (0, 1))[0] < inf))
    assert {answers.count((rest, drivable)) >= 5 for rest in (False, True) for drivable in (False, True)} == {True}
