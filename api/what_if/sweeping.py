"""One thing varied: a tidy frame of runs, for a curve with its band."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from api.what_if.cases import SECONDS, Case
from api.what_if.comparing import case_of, measures_of
from api.what_if.running import Effort, OnDone
from models import given
from models.faults import Fault, InvalidInput
from models.saying import both
from optimizer.params import Params

if TYPE_CHECKING:
    from api.what_if.running import Cluster


def sweep(
    case: Case,
    *,
    seeds: int = 3,
    seconds: float = SECONDS,
    params: Params | None = None,
    workers: int | None = None,
    client: Cluster = None,
    on_done: OnDone | None = None,
    **varied: Iterable[Any],
) -> pd.DataFrame:
    """``case`` once for each value of one change: ``sweep(office, cars=range(2, 11), seeds=3)``.

    A row for each value and seed: the value in a column of the change's name, ``seed``, and the measures of
    :func:`compare`. ``pictures.curve`` draws it.

    Raises:
        InvalidInput: not exactly one change is named.
    """
    if len(varied) != 1:
        named = ", ".join(varied) or "nothing"
        raise InvalidInput([Fault("option-value", "sweep", f"It varies {named}.", "Vary one: cars=range(2, 11).")])
    ((name, values),) = varied.items()
    case = case_of(case, "sweep")
    cases = [(value, case.what_if(**{name: value})) for value in _values(values, f"sweep, {name}")]
    return _frame(name, cases, Effort(seeds, seconds, params, workers, client, on_done))


def trade_off(
    case: Case,
    price: str,
    values: Iterable[float],
    *,
    seeds: int = 3,
    seconds: float = SECONDS,
    params: Params | None = None,
    workers: int | None = None,
    client: Cluster = None,
    on_done: OnDone | None = None,
) -> pd.DataFrame:
    """``case`` once for each value of one price: what dearer lateness buys, and what it costs in kilometres and days.

    ``trade_off(office, "late_day", [0, 20, 50, 100])``; the frame is that of :func:`sweep`, the price in a column of
    its name.
    """
    case = case_of(case, "trade_off")
    cases = [(value, case.what_if(prices={price: value})) for value in _values(values, "trade_off, values")]
    return _frame(price, cases, Effort(seeds, seconds, params, workers, client, on_done))


def _values(values: object, where: str) -> list[Any]:
    """The values to vary over.

    Raises:
        InvalidInput: there are none.
    """
    found = list(values) if isinstance(values, Iterable) and not isinstance(values, str) else []
    if not found:
        remedy = both("Give several values: range(2, 11), or a list.", "ระบุหลายค่า เช่น range(2, 11) หรือรายการ")
        raise InvalidInput([given.refused(values, where, remedy)])
    return found


def _frame(name: str, cases: list[tuple[Any, Case]], effort: Effort) -> pd.DataFrame:
    """A row for each (value, case) and seed: the value in a column ``name``, the seed, and the measures."""
    made = effort.plans([case.problem for _, case in cases])
    return pd.DataFrame(
        [
            {name: cases[index][0], "seed": seed} | measures_of(cases[index][1].problem, plan)
            for index, seed, plan in made
        ]
    )
