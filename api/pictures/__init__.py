"""Pictures of plans with Altair; they need no network, neither to be drawn nor to be looked at."""

from api.pictures.charts import board, convergence, cost_parts, frontier, tours_map, workload
from api.pictures.drawing import offline, svg
from api.pictures.frames import curve, overruns

__all__ = [
    "board",
    "convergence",
    "cost_parts",
    "curve",
    "frontier",
    "offline",
    "overruns",
    "svg",
    "tours_map",
    "workload",
]
