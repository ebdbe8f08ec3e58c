"""Why a visit stands where it does, for an analyst: said in words, its days and what would mend it as frames."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from api.language.teller import Teller
from api.language.wording import LangCode
from api.telling import explanations as told
from api.what_if.frames import kept, satang
from models.clock import format_clock
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from optimizer.warmup import make_ready
from optimizer.why.explaining import Explanation, explain

#: the columns of its frames
DAYS = ["possible", "in_every_plan", "baht", "start", "crew", "why"]
REMEDIES = ["what", "date", "baht", "by"]


class Why:
    """An explanation of one visit: ``verdict``, ``crew`` (why each officer is there), ``days`` and ``remedies``.

    ``found`` is what :func:`optimizer.why.explaining.explain` found.
    """

    def __init__(self, found: Explanation, tell: Teller) -> None:
        self.found, self._tell = found, tell

    @property
    def verdict(self) -> str:
        """Where the visit stands, and what is to be said of that."""
        return told.headline(self.found, self._tell)

    @property
    def crew(self) -> list[str]:
        """What each officer of its tour is there for, and where the lead is who is not."""
        return told.crew(self.found, self._tell)

    @property
    @kept
    def days(self) -> pd.DataFrame:
        """A row for each workday: what the plan would cost more with the visit there, or the rule that forbids it.

        ``in_every_plan``: a rule forbids the day whatever else is planned.
        """
        stands = self.found.tour.date if self.found.tour else None
        rows = [
            (
                pd.Timestamp(view.date), True, view.absolute, satang(view.slots[0].baht),
                format_clock(view.slots[0].start), " ".join(view.slots[0].crew),
                told.offered(view.slots[0], self._tell, view.date == stands),
            )
            if view.finding is None
            else (
                pd.Timestamp(view.date), False, view.absolute, float("nan"), "", "", self._tell.sentence(view.finding)
            )
            for view in self.found.days
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["date", *DAYS]).set_index("date")

    @property
    @kept
    def remedies(self) -> pd.DataFrame:
        """The changes that would mend a visit which is late or left out, each planned with it applied; else no rows.

        ``baht``: what that plan costs more; ``by``: "slot" where the rest of the plan stays, else "search".
        """
        rows = [
            (
                " + ".join(self._tell.sentence(change) for change in one.changes), pd.Timestamp(one.date),
                satang(one.baht), one.by,
            )
            for one in self.found.remedies
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=REMEDIES).astype({"date": "datetime64[s]"})

    @cached_property
    def _text(self) -> str:
        lines = [self._tell.visit(self.found.visit), self.verdict, *self.crew]
        return "\n  ".join([*lines, *(told.said(one, self._tell) for one in self.found.remedies)])

    def __repr__(self) -> str:
        return self._text


def why(problem: Problem, plan: Plan, visit: str, office: Office | None, lang: LangCode, seconds: float) -> Why:
    """The explanation of a visit of a plan; ``seconds`` for each change that might mend it."""
    make_ready()
    return Why(explain(problem, plan, problem.visit_by_id[visit], seconds=seconds), Teller(problem, office, lang))
