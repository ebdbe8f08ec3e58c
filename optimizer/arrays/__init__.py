"""How a problem becomes the arrays of an :class:`optimizer.instance.Instance`, one room for each part."""

from __future__ import annotations

from typing import Any

from models.problem import Problem
from optimizer.arrays.cars import cars, most_stops
from optimizer.arrays.cooperatives import cooperatives, rhythms
from optimizer.arrays.numbering import Numbering
from optimizer.arrays.people import officers
from optimizer.arrays.prices import lead_regret, prices, sunk, torn
from optimizer.arrays.visits import days, published, visits
from optimizer.instance import Frame, Instance


def arrays_of(problem: Problem) -> Frame:
    """The arrays of ``problem``.

    Raises:
        InvalidInput: more than 62 groups of topics that matter.
    """
    ids = Numbering(problem)
    parts: dict[str, Any] = visits(problem, ids)
    parts |= days(problem, ids, parts["first_window"])
    parts |= published(problem, ids)
    parts |= cooperatives(problem, ids)
    parts |= rhythms(problem, ids, parts["day_ok"])
    parts |= officers(problem, ids)
    parts |= prices(problem)
    parts |= cars(problem, parts["day_ok"])
    parts["most_stops"] = most_stops(problem, parts)
    parts["torn"] = torn(parts)
    parts["lead_regret"] = lead_regret(parts)
    tied = parts["stand_in"] > 0 or parts["lead_change"] > 0 or parts["crew_change"] > 0
    parts["leads_matter"] = int(tied or bool(parts["move_price"].any()))
    parts["timed"] = int(_takes_time(parts))
    return Frame(problem, Instance(**parts), sunk(problem))


def _takes_time(parts: dict[str, Any]) -> bool:
    """Whether tours take time at all, or any hours bind them; public problems without times do not."""
    still = (
        not parts["drive"].any() and not parts["minutes"].any() and parts["slack"] == 0 and parts["break_length"] == 0
    )
    anytime = (parts["opens"] <= parts["day_start"]).all() and (parts["closes"] >= parts["day_end"]).all()
    return not (still and anytime and parts["step"] == 0 and not parts["partly"].any())
