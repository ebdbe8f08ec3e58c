"""Prices to begin with, from what each visit would cost alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optimizer.bounding.fares import stops_of_a_tour
from optimizer.bounding.prices import SETS, Duals
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, longest_work


def first_prices(relaxed: Relaxed, pool: Sequence[Routes]) -> Duals:
    """For each visit its share of what a route of its own would cost, as if a tour were all of such visits.

    Low prices let few routes earn, so they prove something at once.
    """
    alone, drive = np.full((2, len(relaxed.visit)), np.inf)
    for block in pool:
        if block.visits.shape[1] == 1:
            stops = block.visits[:, 0]
            np.minimum.at(alone, stops, block.baht + block.wage)
            np.minimum.at(drive, stops, np.maximum(0.0, block.hours * 60 - relaxed.minutes[stops]))
    can = np.isfinite(alone)
    together = stops_of_a_tour(drive[can], relaxed.minutes[can], longest_work(relaxed.clock)) if can.any() else 1.0
    price = np.where(can, (alone - relaxed.place_toll) / (together + 1.0) + relaxed.place_toll, 0.0)
    people = len(relaxed.skills)
    return Duals(np.minimum(price, relaxed.leave_out), np.zeros(people), np.zeros((len(price), people)),
                 np.zeros(0), np.zeros((people, SETS)))  # fmt: skip
