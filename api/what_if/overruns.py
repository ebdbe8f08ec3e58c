"""What becomes of a plan when visits and drives take longer: late returns, lost lunches, missed visits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from api.what_if.frames import kept
from api.what_if.planned import Planned, plan_given
from models import given
from models.faults import Fault, InvalidInput
from models.saying import both
from optimizer.simulating import Outcome
from optimizer.simulating import simulate as run

Floats = npt.NDArray[np.float64]
#: factors on durations: mean and spread (standard deviation) of a lognormal, or a function of a generator and a shape
Factor = tuple[float, float] | Callable[[np.random.Generator, tuple[int, int]], Floats]

#: visits run over by a tenth on average, drives by a twentieth, both with a tail; a planner's guess, not measured
USUAL: Mapping[str, Factor] = {"visits": (1.10, 0.25), "drives": (1.05, 0.15)}


#: imagined quarters, at most: each has a number for every stop and drive
MOST_RUNS = 100_000
_FACTORS = both(
    "Give for visits and drives (mean, spread) with a mean above 0, or a function that draws factors of 0 or more.",
    "ระบุ visits และ drives เป็น (ค่าเฉลี่ย, ส่วนเบี่ยงเบน) โดยค่าเฉลี่ยมากกว่า 0 หรือฟังก์ชันที่สุ่มตัวคูณตั้งแต่ 0",
)


class Overruns:
    """A plan on ``runs`` imagined quarters; shares are of these, minutes are means."""

    def __init__(self, planned: Planned, outcome: Outcome) -> None:
        self.planned, self.outcome = planned, outcome

    @property
    def runs(self) -> int:
        """How many quarters were imagined."""
        return len(self.outcome.back)

    @property
    @kept
    def tours(self) -> pd.DataFrame:
        """By tour: the share of runs that it is late or without lunch, minutes late, and visits missed."""
        frame = self.planned.tours[["date", "crew", "return"]]
        end = self.planned.problem.day.end
        over = np.maximum(0.0, self.outcome.back - end)
        frame["late_share"] = (over > 1 / 60).mean(axis=0)
        frame["late_minutes"] = over.mean(axis=0)
        frame["lunch_lost_share"] = self.outcome.lunch_lost.mean(axis=0)
        frame["visits_missed"] = self.visits.groupby("tour")["missed_share"].sum().reindex(frame.index)
        return frame

    @property
    @kept
    def visits(self) -> pd.DataFrame:
        """By visit: the share of runs in which it is missed, and how many minutes it begins after its time."""
        stops = [(tour.id, stop.visit, stop.start) for tour in self.planned.plan.tours for stop in tour.stops]
        missed = np.isnan(self.outcome.started)
        delay = np.where(missed, 0.0, self.outcome.started - np.array([start for _, _, start in stops]))
        held = np.maximum(1, (~missed).sum(axis=0))
        frame = pd.DataFrame({"visit": [v for _, v, _ in stops], "tour": [t for t, _, _ in stops]})
        frame["missed_share"] = missed.mean(axis=0)
        frame["delay_minutes"] = delay.sum(axis=0) / held
        return frame.set_index("visit")

    @property
    @kept
    def days(self) -> pd.DataFrame:
        """By day: tours, and how many of them on average are late, lose lunch, and visits missed."""
        columns = {"late_share": "late_tours", "lunch_lost_share": "lunches_lost", "visits_missed": "visits_missed"}
        summed = self.tours.groupby("date")[list(columns)].sum().rename(columns=columns)
        return summed.assign(tours=self.tours.groupby("date").size())[["tours", *columns.values()]]

    @property
    def summary(self) -> pd.Series:
        """The whole in one column: what happens in an average quarter."""
        days = self.days
        return pd.Series(
            {
                "tours": float(days["tours"].sum()),
                "tours late": days["late_tours"].sum(),
                "minutes late, all tours": self.tours["late_minutes"].sum(),
                "lunches lost": days["lunches_lost"].sum(),
                "visits missed": days["visits_missed"].sum(),
            },
            name=self.planned.case.name,
        )

    def __repr__(self) -> str:
        told = self.summary
        return (
            f"Overruns({self.planned.case.name}, {self.runs} runs: {told['tours late']:.1f} of {told['tours']:.0f} "
            f"tours late, {told['lunches lost']:.1f} lunches lost, {told['visits missed']:.1f} visits missed)"
        )

    def _repr_html_(self) -> str:
        return str(self.summary.round(1).to_frame().to_html(border=0))


def simulate(planned: Planned, overrun: Mapping[str, Factor] | None = None, n: int = 1000, seed: int = 1) -> Overruns:
    """``planned`` on ``n`` imagined quarters.

    Args:
        planned: the plan of a case.
        overrun: for ``visits`` and ``drives`` the (mean, spread) of a lognormal factor, or a function that draws
            factors from a numpy generator in a given shape; :data:`USUAL` where left out.
        n: imagined quarters.
        seed: of the draws; equal seeds draw alike, so that plans of the same visits are compared on the same luck.

    Raises:
        InvalidInput: a factor is neither, or not positive.
    """
    planned = plan_given(planned, "simulate")
    n, seed = given.whole(n, "simulate, n", 1, MOST_RUNS), given.seed(seed, "simulate, seed")
    if not isinstance(overrun, Mapping | None):
        raise InvalidInput([_fault(repr(overrun))])
    wanted = dict(USUAL) | dict(overrun or {})
    unknown = sorted(map(str, wanted.keys() - USUAL.keys()))
    if unknown:
        raise InvalidInput([_fault(", ".join(unknown))])
    tours = planned.plan.tours
    stops = sum(len(tour.stops) for tour in tours)
    draws = np.random.default_rng(seed)
    visits = _drawn("visits", wanted["visits"], draws, (n, stops))
    drives = _drawn("drives", wanted["drives"], draws, (n, stops + len(tours)))
    return Overruns(planned, run(planned.problem, planned.plan, visits, drives))


def _drawn(name: str, factor: Factor, draws: np.random.Generator, shape: tuple[int, int]) -> Floats:
    if callable(factor):
        made = np.asarray(factor(draws, shape), np.float64)
    else:
        if not isinstance(factor, tuple | list) or len(factor) != 2:
            raise InvalidInput([_fault(f"{name}={factor!r}")])
        mean = given.real(factor[0], f"simulate, {name}, mean", lambda number: number > 0, _FACTORS)
        spread = given.real(factor[1], f"simulate, {name}, spread", lambda number: number >= 0, _FACTORS)
        sigma = np.sqrt(np.log1p((spread / mean) ** 2))
        made = mean * np.exp(sigma * draws.standard_normal(shape) - sigma**2 / 2)
    if made.shape != shape or not (np.isfinite(made).all() and (made >= 0).all()):
        raise InvalidInput([_fault(f"{name}: factors of shape {made.shape}")])
    return made


def _fault(value: str) -> Fault:
    return Fault("option-value", "simulate, overrun", both("It is {value}.", "ระบุไว้ {value}", value=value), _FACTORS)
