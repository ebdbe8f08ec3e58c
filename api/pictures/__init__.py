"""Pictures of plans with Altair; they need no network, neither to be drawn nor to be looked at."""

from api.pictures.charts import board, convergence, cost_parts, frontier, tours_map, workload
from api.pictures.drawing import offline, svg

__all__ = ["board", "convergence", "cost_parts", "frontier", "offline", "svg", "tours_map", "workload"]
