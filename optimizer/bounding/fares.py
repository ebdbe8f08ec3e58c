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


def fares_of(
    kinds: list[tuple[float, int]], kilometre: float, km: Floats, drive: Floats, minutes: Floats, limit: float
) -> tuple[Floats, Floats, float]:
    """Factor and toll of each kind of car of an office, and all tolls together.

    ``km`` and ``drive`` [n]: of a way to each visit and back; ``minutes`` [n] of the visits, ``limit`` of a tour.
    Any tolls prove a bound; these are about what the next car-day of each kind would save, if the longest tours took
    the cheapest cars and a tour held as many visits as fit.
    """
    if kilometre <= 0 or not len(km):
        return np.ones(1), np.zeros(1), 0.0
    together = stops_of_a_tour(drive, minutes, limit)
    longest = np.sort(km)[::-1]
    toll, used = np.zeros(len(kinds)), np.cumsum([days for _, days in kinds])
    for k in range(len(kinds) - 2, -1, -1):
        last = int(used[k] * together)
        gap = (kinds[k + 1][0] - kinds[k][0]) / kilometre
        toll[k] = toll[k + 1] + (gap * longest[last] if last < len(longest) else 0.0)
    total = sum(price * days for price, (_, days) in zip(toll, kinds, strict=True))
    return np.array([price for price, _ in kinds]) / kilometre, toll, float(total)
