"""The circle for notebooks, ``from patithin import circle``: reports of a quarter, what they come to, the next quarter.

``drawn_reports`` draws a quarter's reports from a seed, for samples; ``Records`` are those of a handbook until a day.
"""

from api.circle import charts
from api.circle.evaluation import figures, group_name
from api.circle.telling import Telling
from models.evaluation.evaluating import evaluate
from models.handbook.context import Context
from models.handbook.records import Records
from models.handbook.simulation import simulate as drawn_reports
from models.next_quarter.making import next_quarter

__all__ = [
    "Context", "Records", "Telling", "charts", "drawn_reports", "evaluate", "figures", "group_name", "next_quarter",
]  # fmt: skip
