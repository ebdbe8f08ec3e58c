"""Officers who differ in nothing but their name: exchanging them changes no plan's cost, so one order is enough."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from optimizer.instance import Frame
from optimizer.proving.candidates import pinned_crews
from optimizer.proving.stretches import busy_parts


def alike(frame: Frame) -> list[list[int]]:
    """Groups of two and more officers with the same office, topics, days, limits and hours, whom nothing names."""
    inst = frame.instance
    told = inst.published_riders if inst.crew_change > 0 else inst.published_crew
    named = {int(o) for o in np.concatenate([inst.fixed_lead, inst.current_lead, told.ravel()])}
    named |= set(np.flatnonzero(inst.barred.any(axis=0)).tolist())
    for crew in pinned_crews(frame).values():
        named |= crew
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for o, officer in enumerate(frame.problem.officers):
        if o not in named:
            same = (
                int(inst.base[o]), int(inst.skills[o]), inst.there[o].tobytes(), officer.max_days_per_week,
                inst.past_tours[o].tobytes(), float(inst.fair[o]), float(inst.past_minutes[o]),
                tuple(tuple(busy_parts(inst, o, int(d))) for d in np.flatnonzero(inst.partly[o])),
                inst.partly[o].tobytes(),
            )  # fmt: skip
            groups[same].append(o)
    return [group for group in groups.values() if len(group) > 1]
