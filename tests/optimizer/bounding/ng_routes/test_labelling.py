"""Labels against trying every tour of small shifts: load, time and windows, several visits to one cooperative."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from optimizer.bounding.ng_routes.completion import by_load, by_time, table_for
from optimizer.bounding.ng_routes.cuts import MOST_CUTS
from optimizer.bounding.ng_routes.labelling import Ends, goes_both_ways, join, search, sorted_up_to, tour_of
from optimizer.bounding.ng_routes.labels import labels_for
from optimizer.bounding.ng_routes.shifts import FORGIVEN, STEPS, Ground

VISITS = 6


def some_ground(
    generator: np.random.Generator, remembered: float, windows: bool, cuts: int = 0
) -> tuple[Ground, np.ndarray]:
    """A shift on a square, and prices of its visits; without windows each tour can be driven backwards.

    Minutes have nothing to do with kilometres, so the cheaper of two ways is often the later one. ``remembered``: the
    share of the others that is remembered at each visit.
    """
    size = float(generator.choice([100.0, 4.0]))  # in a small one several visits start within a step of time
    km, drive = (
        np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
        for at in generator.uniform(0, size, (2, VISITS + 1, 2))
    )
    coop = np.array([0, 1, 2, 3, 4, 4])
    minutes = np.append(generator.uniform(0, 0.3 * size, VISITS), 0.0)
    opens = generator.uniform(0, 100, VISITS) * windows
    wide, end = generator.choice([40.0, 4000.0]), float(generator.choice([200.0, 300.0])) + FORGIVEN
    closes = opens + generator.uniform(wide / 8, wide, VISITS) if windows else np.full(VISITS, 500.0)
    near = np.array([[sum(1 << d for d in range(5) if d == c or generator.random() < remembered)] for c in coop])
    cut, toll = np.zeros(VISITS, np.int64), np.zeros(MOST_CUTS)
    for k in range(cuts):
        cut[generator.choice(VISITS, 3, replace=False)] |= 1 << k
        toll[k] = generator.uniform(0, size)
    return Ground(
        km, drive + minutes[:, None], opens, closes, generator.integers(1, 4, VISITS), int(generator.integers(6, 16)),
        end, end / STEPS, 0.1 * size, coop, near, cut, toll,
    ), generator.uniform(0.2 * size, 1.5 * size, VISITS)  # fmt: skip


def tolls(ground: Ground, way: list[int]) -> float:
    """Baht that a tour owes to the cuts: for each second visit of one."""
    return float(sum(ground.toll[k] * ((ground.cut[way] >> k & 1).sum() // 2) for k in range(MOST_CUTS)))


def least_tour(ground: Ground, price: np.ndarray) -> float:
    """The least baht of a tour less what it earns, by trying every one."""
    km, way, opens, closes = ground.km.tolist(), ground.way.tolist(), ground.opens.tolist(), ground.closes.tolist()
    load, coop, bits, paid = ground.load.tolist(), ground.coop.tolist(), ground.cut.tolist(), price.tolist()
    toll = [(k, baht) for k, baht in enumerate(ground.toll.tolist()) if baht]

    def home_from(here: int, time: float, room: int, there: tuple[int, ...]) -> float:
        """The least baht from here home, what is owed to cuts included."""
        if there and time + way[here][VISITS] > ground.end:
            return np.inf  # by no other visit is the way home shorter
        owed = sum(baht * (sum(bits[v] >> k & 1 for v in there) // 2) for k, baht in toll)
        best = km[here][VISITS] + owed if there else np.inf
        for v in range(VISITS):
            start = max(time + way[here][v], opens[v])
            if start <= closes[v] and load[v] <= room and coop[v] not in [coop[u] for u in there]:
                best = min(best, km[here][v] - paid[v] + home_from(v, start, room - load[v], (*there, v)))
        return best

    return float(ground.tour + home_from(VISITS, 0.0, ground.capacity, ()))


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
    ground, price = some_ground(np.random.default_rng(seed), 1.0, windows, cuts)
    best = least_tour(ground, price)
    ways, least, complete = looked(ground, price, np.inf)
    assert complete
    assert least == pytest.approx(best)
    assert ways or best == np.inf
    assert looked(ground, price, best - 1.0) == ([], pytest.approx(best - 1.0), True)


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("remembered", [0.0, 0.5])
@pytest.mark.parametrize("seed", range(60))
def test_what_is_told_undercuts_every_tour(seed: int, remembered: float, windows: bool) -> None:
    ground, price = some_ground(np.random.default_rng(seed), remembered, windows, cuts=seed % 3)
    best = least_tour(ground, price)
    for most in (10_000, 8):
        _, least, complete = looked(ground, price, 0.0, most)
        assert min(least, 0.0) <= min(best, 0.0) + 1e-9
        assert complete or most == 8


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_without_care_are_tours_and_undercuts_no_other(seed: int) -> None:
    ground, price = some_ground(np.random.default_rng(seed), 1.0, windows=bool(seed % 2))
    best = least_tour(ground, price)
    ways, _, _ = looked(ground, price, np.inf, careful=False)
    legs = [itertools.pairwise([VISITS, *way, VISITS]) for way in ways]
    costs = [
        ground.tour + sum(ground.km[a, b] for a, b in leg) - price[way].sum()
        for leg, way in zip(legs, ways, strict=True)
    ]
    assert min(costs, default=np.inf) >= best - 1e-9
    assert bool(ways) == (best < np.inf)


def test_tours_are_only_driven_backwards_where_nothing_tells_the_directions_apart() -> None:
    ground, _ = some_ground(np.random.default_rng(1), 1.0, windows=False)
    assert goes_both_ways(ground)
    for field, place in itertools.product(("km", "way"), ((1, 2), (2, 1), (VISITS, 3), (3, VISITS))):
        matrix = getattr(ground, field).copy()
        matrix[place] += 1.0
        assert not goes_both_ways(ground._replace(**{field: matrix}))
    for field, minutes in (("opens", 1.0), ("closes", 50.0)):
        starts = getattr(ground, field).copy()
        starts[2] = minutes
        assert not goes_both_ways(ground._replace(**{field: starts}))
