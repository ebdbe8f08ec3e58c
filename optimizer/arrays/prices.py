"""Prices, the office's day, and what is already spent or depends on the choice of leads."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.costing import Costing
from models.problem import Problem
from models.rules.breaks import most_work
from optimizer.instance import SECOND, Floats, Ints

#: minutes of a tour with which the overload of one more officer is guessed
_HALF_A_DAY = 240.0
#: baht that stand against a lead whom the cooperative bars
_BARRED = 1e7


def prices(problem: Problem) -> dict[str, Any]:
    """Prices and the day's hours."""
    day, money = problem.day, problem.prices
    rates = money.officer_day_rates
    return {
        "rate_minutes": np.array([minutes for minutes, _ in rates], np.float64),
        "rate_baht": np.array([baht for _, baht in rates], np.float64),
        "officer_day": money.least_officer_day,
        "day_start": day.start,
        "day_end": day.end,
        "longest": min(day.end - day.start, np.inf if day.max_minutes is None else day.max_minutes),
        "most_busy": most_work(day) + SECOND,
        "step": float(day.step),
        "slack": float(day.slack),
        "break_length": float(day.break_length),
        "break_opens": day.break_opens,
        "break_closes": day.break_closes,
        "car_day": money.car_day,
        "stand_in": money.stand_in,
        "overload": money.overload_hour / 60,
        "lead_change": money.lead_change,
        "crew_change": money.crew_change if problem.published is not None else 0.0,
    }


def torn(parts: dict[str, Any]) -> float:
    """Baht that outweigh whatever a rhythm kept in part could save: every visit planned at its latest and moved."""
    worst = parts["leave_out"].sum() + parts["late"].max(axis=1, initial=0.0).sum() + parts["move_price"].sum()
    return float(1e9 + 10.0 * worst)


def sunk(problem: Problem) -> float:
    """Baht that history costs by itself: its kilometres, officer days, cars and lateness."""
    money, costing = problem.prices, Costing(problem)
    shares = [costing.share(tour) for tour in problem.history]
    return sum((share.km + money.car_day + share.officer_days + share.late * money.late_day for share in shares), 0.0)


def lead_regret(parts: dict[str, Any]) -> Floats:
    """[C, O] rough baht lost by an officer as lead, over the best one: visits where a second one must ride along."""
    shape = parts["barred"].shape
    missing = np.zeros(shape, np.float64)
    if 0 in shape:
        return missing
    companion = parts["officer_day"] + _HALF_A_DAY * parts["overload"]
    for v, c in enumerate(parts["cooperative"]):
        if parts["fixed"][v] != 1:
            lacks = (parts["topics"][v] & ~parts["skills"]) != 0
            days = parts["day_ok"][v].astype(bool)
            away = 1.0 - parts["there"][:, days].mean(axis=1) if days.any() else 0.0
            missing[c] += (lacks + away) * companion
    officers: Ints = np.arange(shape[1])
    for v in map(int, np.flatnonzero(parts["move_price"])):
        missing[parts["cooperative"][v]] += parts["move_price"][v] * ~np.isin(officers, parts["published_crew"][v])
    for c in np.flatnonzero(parts["current_lead"] >= 0):
        missing[c] += parts["lead_change"] * (officers != parts["current_lead"][c])
    missing += _BARRED * parts["barred"]
    regret: Floats = missing - missing.min(axis=1, keepdims=True)
    return regret
