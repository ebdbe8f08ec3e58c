"""What if: offices as experiments, for notebooks. Import the names from ``patithin``.

::

    from patithin import compare, load

    office = load("data/khonkaen")
    base = office.plan()
    compare(base, office.what_if(officers=36), seeds=5)
"""

from api.what_if.cases import Case, load
from api.what_if.comparing import compare, runs_of, traced
from api.what_if.overruns import Overruns, simulate
from api.what_if.planned import Planned
from api.what_if.sweeping import sweep, trade_off

__all__ = ["Case", "Overruns", "Planned", "compare", "load", "runs_of", "simulate", "sweep", "traced", "trade_off"]
