"""Partners' places: where more visits want a partner than the partner has places, some are left out in every plan.

The limit is priced: a planned visit pays a toll for its place, and the bound gives away the tolls of all places
(``docs/bounds.md``).
"""

from __future__ import annotations

import numpy as np

from models.problem import Problem
from optimizer.instance import Floats, Ints


def places_of(problem: Problem, visits: Ints, leave_out: Floats, planned: Floats) -> tuple[Floats, float]:
    """[n] toll of each of ``visits`` for its place with a partner, and the tolls of all places together.

    ``leave_out`` [n] is what it costs to leave a visit out, ``planned`` [n] about what it costs to plan it; both in
    baht. Any tolls prove a bound; these are what one more place would save.
    """
    toll, total = np.zeros(len(visits)), 0.0
    wanted = np.array([problem.visits[v].partner or "" for v in visits], object)
    saved = np.maximum(0.0, leave_out - planned)
    for partner in problem.partners or ():
        with_it = np.flatnonzero(wanted == partner.id)
        places = len(set(partner.dates) & set(problem.workdays)) * partner.per_day
        if len(with_it) > places:
            price = float(np.sort(saved[with_it])[::-1][places])
            toll[with_it] = price
            total += price * places
    return toll, total
