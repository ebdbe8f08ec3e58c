"""Labels against trying every tour of small shifts: load, time and windows, several visits to one cooperative."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from optimizer.bounding.ng_routes.completion import by_load, by_time, table_for
from optimizer.bounding.ng_routes.cuts import MOST_CUTS
from optimizer.bounding.ng_routes.labelling import Ends, goes_both_ways, join, search, sorted_up_to, tour_of
from optimizer.bounding.ng_routes.labels import labels_for
from optimizer.bounding.ng_routes.shifts import STEPS, Ground
from optimizer.bounding.relaxed import GRACE

VISITS = 6


def some_ground(
    generator: np.random.Generator, remembered: bool, windows: bool, cuts: int = 0
) -> tuple[Ground, np.ndarray]:
    """A shift on a square, and prices of its visits; without windows each tour can be driven backwards."""
    size = float(generator.choice([100.0, 4.0]))  # in a small one several visits start within a step of time
    at = generator.uniform(0, size, (VISITS + 1, 2))
    km = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
    coop = np.array([0, 1, 2, 3, 4, 4])
    minutes = np.append(generator.uniform(0, 0.3 * size, VISITS), 0.0)
    opens = generator.uniform(0, 100, VISITS) * windows
    closes = opens + generator.uniform(50, 400, VISITS) if windows else np.full(VISITS, 500.0)
    near = np.array([[0b11111 if remembered else 1 << c] for c in coop])
    cut, toll = np.zeros(VISITS, np.int64), np.zeros(MOST_CUTS)
    for k in range(cuts):
        cut[generator.choice(VISITS, 3, replace=False)] |= 1 << k
        toll[k] = generator.uniform(0, 60)
    return Ground(
        km, km + minutes[:, None], opens, closes, generator.integers(1, 5, VISITS),
        int(generator.integers(4, 16)), 400.0 + GRACE, 400.0 / STEPS, 10.0, coop, near, cut, toll,
    ), generator.uniform(0, 150, VISITS)  # fmt: skip


def tolls(ground: Ground, way: list[int]) -> float:
    """Baht that a tour owes to the cuts: for each second visit of one."""
    return float(sum(ground.toll[k] * ((ground.cut[way] >> k & 1).sum() // 2) for k in range(MOST_CUTS)))


def least_tour(ground: Ground, price: np.ndarray) -> float:
    """The least baht of a tour less what it earns."""
    best = np.inf
    for size in range(1, VISITS + 1):
        for stops in itertools.permutations(range(VISITS), size):
            if len(set(ground.coop[list(stops)])) < size or ground.load[list(stops)].sum() > ground.capacity:
                continue
            time, here, cost = 0.0, VISITS, ground.tour
            for v in stops:
                time = max(time + ground.way[here, v], ground.opens[v])
                if time > ground.closes[v]:
                    break
                cost, here = cost + ground.km[here, v] - price[v], v
            else:
                if time + ground.way[here, VISITS] <= ground.end:
                    best = min(best, cost + ground.km[here, VISITS] + tolls(ground, list(stops)))
    return best


def looked(
    ground: Ground, price: np.ndarray, reach: float, most: int = 10_000, careful: bool = True
) -> tuple[list[list[int]], float, bool]:
    """Ways found, the least that any tour costs or what none undercuts, and whether that is exact."""
    labels, waiting = labels_for(10_000, VISITS, 1, ground.capacity + 1)
    ends, way = Ends(np.empty(10_000, np.int64), np.empty(10_000, np.int64), np.empty(10_000)), np.empty(99, np.int64)
    loads, times = table_for(VISITS, ground.capacity + 1), table_for(VISITS, STEPS + 2)
    by_load(ground, price, loads)
    by_time(ground, price, times)
    following = np.tile(np.arange(VISITS), (VISITS, 1))
    half = ground.capacity // 2 if goes_both_ways(ground) else ground.capacity
    found, least, sure, complete = search(
        ground, price, reach, loads, times, labels, waiting, half, most, following, careful, ends
    )
    if half < ground.capacity:
        others = sorted_up_to(half, labels, VISITS)
        found, least = join(ground, price, reach, loads, times, labels, half, others, ends, found, least)
    ways = []
    for e in range(found):  # each is what it says
        ways.append(list(way[: tour_of(labels, ends, e, way)]))
        legs = itertools.pairwise([VISITS, *ways[-1], VISITS])
        earned = price[ways[-1]].sum()
        owed = tolls(ground, ways[-1]) - earned
        assert ends.cost[e] == pytest.approx(ground.tour + sum(ground.km[a, b] for a, b in legs) + owed)
        assert ground.load[ways[-1]].sum() <= ground.capacity
    return ways, min(least, reach) if complete else sure, complete


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("cuts", [0, 1, 4])
@pytest.mark.parametrize("seed", range(40))
def test_where_all_is_remembered_the_cheapest_tour_is_found(seed: int, cuts: int, windows: bool) -> None:
    ground, price = some_ground(np.random.default_rng(seed), True, windows, cuts)
    best = least_tour(ground, price)
    ways, least, complete = looked(ground, price, np.inf)
    assert complete
    assert least == pytest.approx(best)
    assert ways or best == np.inf
    assert looked(ground, price, best - 1.0) == ([], pytest.approx(best - 1.0), True)


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_undercuts_every_tour(seed: int, windows: bool) -> None:
    ground, price = some_ground(np.random.default_rng(seed), False, windows, cuts=seed % 3)
    best = least_tour(ground, price)
    for most in (10_000, 8):
        _, least, complete = looked(ground, price, 0.0, most)
        assert min(least, 0.0) <= min(best, 0.0) + 1e-9
        assert complete or most == 8


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_without_care_are_tours_and_undercuts_no_other(seed: int) -> None:
    ground, price = some_ground(np.random.default_rng(seed), remembered=True, windows=bool(seed % 2))
    best = least_tour(ground, price)
    ways, _, _ = looked(ground, price, np.inf, careful=False)
    legs = [itertools.pairwise([VISITS, *way, VISITS]) for way in ways]
    costs = [
        ground.tour + sum(ground.km[a, b] for a, b in leg) - price[way].sum()
        for leg, way in zip(legs, ways, strict=True)
    ]
    assert min(costs, default=np.inf) >= best - 1e-9
    assert bool(ways) == (best < np.inf)
