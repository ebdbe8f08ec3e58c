"""What each rule of a real office costs: ``python -m benchmarks.rules_added [--seconds 10] [problem.json or office]``.

An office is taken without those rules (its *plain* problem), planned, and planned again with one of them added at a
time. What is added is drawn from a seed, so that the same problem comes out again. Runs are deterministic: a second is
so many steps, whatever else the machine does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from models.clock import format_clock, parse_clock
from models.costing import crew_changed
from models.intake import read_office
from models.plan import Plan
from models.problem import Problem
from models.reading import read_problem
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

DATA = Path(__file__).parents[2] / "data"
LUNCH = parse_clock("12:00"), parse_clock("13:00")
#: baht of a companion exchanged without need, as the sample office has it
COMPANION = 60

Data = dict[str, Any]
Change = Callable[[Data, Random], None]


def plain(problem: Problem) -> Problem:
    """The problem without the rules that are added here: hours whole, cars alike, days paid whole, times free."""
    data = problem.to_dict()
    for key in ("step_minutes", "slack_minutes"):
        data["day"].pop(key, None)
    for office in data["offices"]:
        if isinstance(office["cars"], list):
            cars = office["cars"]
            office |= {"cars": len(cars), "seats": max(car["seats"] for car in cars)}
    for officer in data["officers"]:
        officer.pop("busy", None)
    for cooperative in data["cooperatives"]:
        cooperative.pop("barred", None)
        if "open" in cooperative:
            cooperative["open"] = _whole(cooperative["open"])
    for visit in data["visits"]:
        visit.pop("crew", None)
        visit.pop("dates", None)
        if visit.get("window") and isinstance(visit["window"][0], list):
            visit["window"] = [visit["window"][0][0], visit["window"][-1][1]]
    data["prices"].pop("crew_change", None)
    if isinstance(data["prices"]["officer_day"], list):
        data["prices"]["officer_day"] = data["prices"]["officer_day"][-1]["baht"]
    return Problem.model_validate(data)


def _whole(hours: Any) -> list[str]:
    """From the first opening to the last closing, on every day."""
    days = list(hours.values()) if isinstance(hours, dict) else [hours if isinstance(hours[0], list) else [hours]]
    spans = [span for day in days for span in day]
    return [min(first for first, _ in spans), max(last for _, last in spans)]


def _over_lunch(data: Data, random: Random) -> None:
    for cooperative in data["cooperatives"]:
        first, last = (parse_clock(time) for time in cooperative.get("open") or ("08:30", "16:30"))
        parts = [(first, min(last, LUNCH[0])), (max(first, LUNCH[1]), last)]
        cooperative["open"] = [[format_clock(low), format_clock(high)] for low, high in parts if low < high]


def _by_weekday(data: Data, random: Random) -> None:
    for cooperative in random.sample(data["cooperatives"], len(data["cooperatives"]) // 5):
        open_ = sorted(random.sample(("mon", "tue", "wed", "thu", "fri"), 3))
        cooperative["open"] = {day: [list(cooperative.get("open") or ("08:30", "16:30"))] for day in open_}


def _windows(data: Data, random: Random) -> None:
    for visit in random.sample(data["visits"], len(data["visits"]) // 5):
        visit["window"] = [["09:00", "10:00"], ["13:00", "14:00"]]


def _dates(data: Data, random: Random) -> None:
    """A fifth of the visits may be on one weekday only."""
    workdays = [dt.date.fromisoformat(date) for date in data["workdays"]]
    for visit in random.sample(data["visits"], len(data["visits"]) // 5):
        first, last = visit.get("earliest") or data["workdays"][0], visit.get("latest") or data["workdays"][-1]
        free = [date for date in workdays if first <= date.isoformat() <= last]
        weekday = random.choice(free or workdays).weekday()
        visit["dates"] = [date.isoformat() for date in free if date.weekday() == weekday]


def _busy(data: Data, random: Random) -> None:
    """Every third officer is at a meeting on Monday mornings."""
    mondays = [date for date in data["workdays"] if dt.date.fromisoformat(date).weekday() == 0]
    for officer in random.sample(data["officers"], len(data["officers"]) // 3):
        officer["busy"] = [{"date": date, "from": "08:30", "to": "11:00"} for date in mondays]


def _crew(data: Data, random: Random) -> None:
    for visit in random.sample(data["visits"], len(data["visits"]) // 10):
        visit["crew"] = 2


def _barred(data: Data, random: Random) -> None:
    """Two officers are barred from every fourth cooperative, never its lead, given or current."""
    for cooperative in random.sample(data["cooperatives"], len(data["cooperatives"]) // 4):
        leads = {cooperative.get("lead"), cooperative.get("current_lead")}
        others = [officer["id"] for officer in data["officers"] if officer["id"] not in leads]
        cooperative["barred"] = sorted(random.sample(others, min(2, len(others))))


def _cars(data: Data, random: Random) -> None:
    """Every third car costs a quarter more a kilometre, and one is away for the first two weeks."""
    for office in data["offices"]:
        number, seats, capacity = office.pop("cars"), office.pop("seats"), office.pop("capacity", None)
        office.pop("cars_on", None)
        dear = {"km": 1.25 * data["prices"]["km"]}
        office["cars"] = [
            {"id": f"car {n}", "seats": seats, "capacity": capacity} | (dear if n % 3 == 0 else {})
            for n in range(1, number + 1)
        ]
        office["cars"][0]["away"] = data["workdays"][:10]


def _grid(data: Data, random: Random) -> None:
    data["day"] |= {"step_minutes": 5, "slack_minutes": 5}


def _by_hours(data: Data, random: Random) -> None:
    """No pay below six hours, half a day's from six, a whole day's from eight."""
    day = data["prices"]["officer_day"]
    data["prices"]["officer_day"] = [
        {"hours": 0, "baht": 0}, {"hours": 6, "baht": day / 2}, {"hours": 8, "baht": day}
    ]  # fmt: skip


#: rule -> how it is added
RULES: dict[str, Change] = {
    "lunch: nobody is visited from 12 to 13": _over_lunch, "a fifth open on three weekdays": _by_weekday,
    "two windows for a fifth of the visits": _windows, "one weekday for a fifth of the visits": _dates,
    "a third of the officers busy on Monday mornings": _busy, "two officers on a tenth of the visits": _crew,
    "two officers barred from a quarter": _barred, "unlike cars by name, one in repair": _cars,
    "steps and slack of five minutes": _grid, "pay by the hours of the tour": _by_hours,
}  # fmt: skip


def added(problem: Problem, seed: int) -> Iterator[tuple[str, Problem]]:
    """The plain problem with each rule added, one at a time."""
    for name, change in RULES.items():
        data = problem.to_dict()
        change(data, Random(f"{seed} {name}"))
        yield name, Problem.model_validate(data)


def away(problem: Problem, standing: Plan, baht: float) -> Problem:
    """Two weeks later the officer of most tours to come falls ill for a week; exchanging a companion costs ``baht``."""
    today = problem.workdays[min(10, len(problem.workdays) - 1)]
    rides = Counter(officer for tour in standing.tours if tour.date >= today for officer in tour.crew)
    ill = rides.most_common(1)[0][0] if rides else problem.officers[0].id
    week = tuple(date for date in problem.workdays if today <= date < today + dt.timedelta(days=7))
    officers = [
        one.model_copy(update={"absent": tuple(sorted({*(one.absent or ()), *week}))}) if one.id == ill else one
        for one in problem.officers
    ]
    prices = problem.prices.model_copy(update={"crew_change": baht})
    return problem.changed(officers=tuple(officers), prices=prices, published=standing, today=today)


@dataclass(frozen=True)
class Row:
    """A problem, planned."""

    rule: str
    problem: Problem
    plan: Plan

    @property
    def sound(self) -> bool:
        """Whether the referee passes it."""
        return not violations(self.problem, self.plan)


def planned(problem: Problem, seconds: float, seed: int) -> Iterator[Row]:
    """The plain problem, then each rule added; each planned for so long."""
    params = Params(seed=seed, deterministic=True, workers=1, bound_share=0.0)
    base = plain(problem)
    standing = solve(base, params, TimeLimit(seconds))
    yield Row("plain", base, standing)
    for rule, stated in added(base, seed):
        yield Row(rule, stated, solve(stated, params, TimeLimit(seconds)))
    for baht in (0, COMPANION):
        stated = away(base, standing, baht)
        made = solve(stated, params, TimeLimit(seconds))
        rule = f"an officer ill for a week, {baht} baht a companion: {len(crew_changed(stated, made))} exchanged"
        yield Row(rule, stated, made)


def lines(name: str, rows: Iterable[Row]) -> Iterator[str]:
    """Rows of a Markdown table: baht, change against the first row, visits left out, referee."""
    first = None
    for row in rows:
        total = row.plan.cost.total
        change = "" if first is None else f"{(total - first) / first:+.1%}"
        first = first or total
        left, verdict = len(row.plan.unplanned), "passes" if row.sound else "BROKEN"
        yield f"| {name} | {row.rule} | {total:,.0f} | {change} | {left} | {verdict} |"


def main() -> None:
    """Plan each problem with each rule, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("problems", nargs="*", type=Path, default=[DATA / "khonkaen", DATA / "kalasin" / "office.xlsx"])
    given = parser.parse_args()
    sys.stdout.write(
        "| office | rule | baht | change | left out | referee |\n| --- | --- | ---: | ---: | ---: | --- |\n"
    )
    for path in given.problems:
        problem = read_problem(path) if path.suffix == ".json" else read_office(path).problem
        name = path.parent.name if path.suffix == ".xlsx" else path.stem
        for line in lines(name, planned(problem, given.seconds, given.seed)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
