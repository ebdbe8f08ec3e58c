"""What a way costs where cars have prices of their own for a kilometre: those that are cheap are few.

A car is on one tour a day, so cars at a price are taken no more often than they have days. That limit is priced: a tour
pays a toll for a cheap car, and the bound gives away the tolls of all its days (``docs/bounds.md``).
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from models.cars import Depot
from models.problem import Problem
from optimizer.compiling import compiled
from optimizer.instance import Floats

#: minutes of drive from one visit of a tour to the next, about
BETWEEN = 15.0


@compiled
def fare(factor: Floats, toll: Floats, km: float) -> float:
    """The least baht of a way that costs ``km`` in the cheapest car."""
    least = np.inf
    for k in range(len(factor)):
        least = min(least, factor[k] * km + toll[k])
    return least


def car_days(problem: Problem, office: Depot) -> list[tuple[float, int]]:
    """Prices of a kilometre, ascending, and how many days cars of the office at that price have in all."""
    days = Counter[float]()
    if not office.named:
        days[problem.prices.km] += 1  # cars alike: nothing depends on how many
    for car in office.named:
        price = problem.prices.km if car.km is None else car.km
        days[price] += len(set(problem.workdays) - set(car.away or ()))
    return sorted(days.items())


def stops_of_a_tour(drive: Floats, minutes: Floats, limit: float) -> float:
    """About how many visits a tour of ``limit`` minutes holds; ``drive`` [n] of a way to each visit and back."""
    return max(1.0, (limit - float(drive.mean())) / (float(minutes.mean()) + BETWEEN))


def tolls_of(factor: Floats, days: Floats, km: Floats, share: Floats) -> Floats:
    """[K] baht for taking a car of each kind of an office, ascending by ``factor``, of which there are ``days``.

    ``km`` and ``share`` [N]: baht of tours in the cheapest car, and how many of each there are. Any tolls prove a
    bound; these are what the next car-day of each kind would save, if the longest of the tours took the cheapest cars.
    """
    order = np.argsort(-km, kind="stable")
    longest, driven, used = np.append(km[order], 0.0), np.cumsum(share[order]), np.cumsum(days)
    toll = np.zeros(len(factor))
    for k in range(len(factor) - 2, -1, -1):
        following = longest[np.searchsorted(driven, used[k] + 1e-9, side="right")]
        toll[k] = toll[k + 1] + (factor[k + 1] - factor[k]) * following
    return toll
