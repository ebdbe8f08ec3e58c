"""The evaluation of a plan: every figure with its one definition (``docs/evaluation.md`` says the same in words)."""

from __future__ import annotations

import json
from typing import Any, Final, Literal

from pydantic import Field

from models.fields import Date, Id, Text
from models.plan import Frozen

EVALUATION_FORMAT: Final = "visit-evaluation/1"


class Keeping(Frozen):
    """How the visits planned up to the day were kept; the seven counts make up ``visits``."""

    visits: int = 0
    on_day: int = 0
    within_week: int = 0
    late: int = 0
    not_held: int = 0
    unreported: int = 0
    ahead: int = 0
    left_out: int = 0
    reasons: dict[str, int] = Field(default_factory=dict)

    @property
    def held(self) -> int:
        """Visits held, whenever."""
        return self.on_day + self.within_week + self.late

    @property
    def due(self) -> int:
        """Visits whose planned day is past, or that were held or cancelled before it."""
        return self.held + self.not_held + self.unreported


class Issues(Frozen):
    """Issues of one group by what became of them last, and the sessions they wanted, had, and still need."""

    id: Text
    issues: int = 0
    new: int = 0
    solved: int = 0
    progress: int = 0
    unchanged: int = 0
    worse: int = 0
    untouched: int = 0
    wanted: int = 0
    held: int = 0
    needed: int = 0


class OfficerFigures(Frozen):
    """One officer: visits led and stood in for, and hours; ``fair`` is the officer's share of all hours."""

    id: Id
    led: int = 0
    stood_in: int = 0
    rode_along: int = 0
    planned_hours: float = 0.0
    hours: float = 0.0
    fair: float = 0.0

    @property
    def balance(self) -> float:
        """Hours above (positive) or below the fair share."""
        return self.hours - self.fair


class Fairness(Frozen):
    """How evenly the hours lie: the mean distance from the fair share, the widest one, and the spread."""

    mean_distance: float = 0.0
    widest: float = 0.0
    least: float = 0.0
    most: float = 0.0


class Driving(Frozen):
    """Kilometres and baht, each at its car's price. ``metered_km`` and ``metered_planned_km`` are those driven and
    planned of the ``metered_tours`` alone, those held on their day whose kilometres were reported.
    """

    planned_km: float = 0.0
    driven_km: float = 0.0
    metered_tours: int = 0
    metered_km: float = 0.0
    metered_planned_km: float = 0.0
    planned_baht: float = 0.0
    driven_baht: float = 0.0


class Moves(Frozen):
    """How often the published plan moved: editions after the first, visits moved, and at what notice."""

    editions: int = 0
    moved: int = 0
    dropped: int = 0
    soon: int = 0
    notice_days: tuple[int, ...] = ()
    from_first: int = 0


class Improvement(Frozen):
    """One aspect: cooperatives judged at all, those judged twice that got better, stayed, got worse; mean levels."""

    id: Id
    judged: int = 0
    better: int = 0
    same: int = 0
    worse: int = 0
    first_mean: float | None = None
    last_mean: float | None = None


GroupKind = Literal["topic", "severity", "district", "officer"]


class Evaluation(Frozen):
    """All figures of one plan by the end of ``day``."""

    format: Literal["visit-evaluation/1"] = EVALUATION_FORMAT
    name: Text
    first: Date
    last: Date
    day: Date
    illustrative: bool | None = None
    keeping: Keeping = Keeping()
    sessions_wanted: int = 0
    sessions_held: int = 0
    people: int = 0
    issues: Issues = Issues(id="all")
    groups: dict[GroupKind, tuple[Issues, ...]] = Field(default_factory=dict)
    officers: tuple[OfficerFigures, ...] = ()
    fairness: Fairness = Fairness()
    stand_ins_planned: int = 0
    stand_ins: int = 0
    driving: Driving = Driving()
    moves: Moves = Moves()
    condition: tuple[Improvement, ...] = ()

    def to_json(self) -> str:
        """The text of ``evaluation.json``."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
