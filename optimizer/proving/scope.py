"""Which problems the exact model speaks of: what it does not know it declines, so it never says "optimal" in error."""

from __future__ import annotations

from models.hours import ALL_DAY
from models.problem import Cooperative, Problem, Visit


def declines(problem: Problem) -> bool:
    """Whether some rule of ``problem`` is not in the exact model.

    Not in it are several stretches of open hours or windows in a day, hours by weekday, departures and starts on a
    grid, slack before visits, officers busy for a part of a day, cars with names, an officer's day priced by hours,
    and a price on other crews than the published ones.
    """
    day, prices = problem.day, problem.prices
    return (
        day.step > 0
        or day.slack > 0
        or len(prices.officer_day_rates) > 1
        or (prices.crew_change > 0 and problem.published is not None)
        or any(office.has_names for office in problem.offices)
        or any(officer.busy for officer in problem.officers)
        or any(_by_the_day(each) for each in problem.cooperatives)
        or any(_broken_up(problem, visit) for visit in problem.visits)
    )


def _by_the_day(cooperative: Cooperative) -> bool:
    """Whether the hours of the cooperative go by weekday."""
    return cooperative.open is not None and not isinstance(cooperative.open, tuple)


def _broken_up(problem: Problem, visit: Visit) -> bool:
    """Whether a day has several stretches in which the visit may start, or none by several rules together."""
    hours = problem.cooperative_by_id[visit.cooperative].open
    stretches = hours if isinstance(hours, tuple) else (ALL_DAY,)
    return len(visit.windows) > 1 or len(stretches) > 1
