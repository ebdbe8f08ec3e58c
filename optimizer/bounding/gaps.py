"""Gaps and order between the visits of a cooperative, as a price on days that they leave open only to whom comes alone.

A visit that comes after another one cannot be before that one's first day and the gap, unless that one is left out.
So a price may be put on these days and taken off what leaving out the other one costs, and likewise from behind:
a plan pays no more by it. Any such prices prove a bound.
"""

from __future__ import annotations

import numpy as np

from optimizer.instance import Floats, Frame, Ints


def charge_gaps(frame: Frame, visit: Ints, day_cost: Floats, leave_out: Floats, dear: Floats) -> tuple[Floats, Floats]:
    """[n, D] and [n] with such prices; what leaving out a visit costs stays above ``dear`` [n], where it is."""
    inst = frame.instance
    place = np.full(len(inst.fixed), -1)
    place[visit] = np.arange(len(visit))
    charged, left = day_cost.copy(), leave_out.copy()
    price = np.minimum(leave_out / 4, np.maximum(0.0, leave_out - dear) / 2)
    for c in range(len(inst.gap)):
        own = place[inst.visit_list[inst.first_visit[c] : inst.first_visit[c + 1]]]
        own = own[own >= 0]
        _charge(charged, left, price, own, inst.ordinal, int(inst.gap[c]))
        _charge(charged[:, ::-1], left, price, own[::-1], -inst.ordinal[::-1], int(inst.gap[c]))
    return charged, left


def _charge(day_cost: Floats, leave_out: Floats, price: Floats, visits: Ints, ordinal: Ints, gap: int) -> None:
    """Charge each of ``visits`` for days before the first day of the one before it and the gap."""
    first = -np.inf  # ordinal of the day before which the last visit does not come without a charge
    free = np.inf  # baht of that charge
    for k, v in enumerate(visits):
        days = np.isfinite(day_cost[v])
        opens = ordinal[days.argmax()] if days.any() else np.inf
        if k and np.isfinite(first):
            before, early = visits[k - 1], ordinal < first + gap
            charge = min(price[before], free / 2)  # half of it stays where it was
            if charge > 0 and (days & early).any():
                day_cost[v, early] += charge
                let_by = ordinal <= ordinal[days & early].max() - gap  # before its first day: these have paid
                day_cost[before, let_by] -= np.where(np.isfinite(day_cost[before, let_by]), charge, 0.0)
                leave_out[before] -= charge
                on_time = days & ~early
                first = max(opens, ordinal[on_time.argmax()]) if on_time.any() else np.inf
                free = charge
                continue
        first, free = opens, np.inf
