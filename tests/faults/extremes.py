"""Problems of values at the edges of what intake accepts, through all that the service does with a problem.

``python -m faults.extremes --seconds 600`` draws sound problems, puts extreme values into them, and has those that
intake still accepts solved, mended, moved by hand, explained and drawn in every format. Whatever is accepted ends in
plans that the referee passes and that can be read back, or in coded faults; anything else is a defect. What it found
is written to ``--keep`` as problem files, with the way that each error took.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from support.strategies import problems

from api.logs import way_to
from faults.edges import CLOCKS, DATES, NUMBERS, edges, nodes, put
from models.changes import Absence, Change, Closure, Departure, FewerCars, HeldOn, NotHeld, UrgentVisit
from models.faults import InvalidInput
from models.moves import LeaveOut, Pin, Place, SetCrew, Unpin
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan, read_problem
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import AnyOf, StepLimit, TimeLimit
from optimizer.warmup import make_ready

#: seconds of the processor within which each work on a problem so small is done
SLOW = 10.0

#: keys whose values stay: others lead to them, or they say what the file is
_KEPT = ("format", "id")

Draw = random.Random


def extreme(problem: Problem, draw: Draw) -> dict[str, Any]:
    """The JSON of ``problem`` with values at the edges in up to five places, or in all places of one kind."""
    data = problem.to_dict()
    if draw.random() < 0.4:  # a day from midnight on leaves no room before it
        data["day"]["start"] = draw.choice(CLOCKS[:4])
    for key in ("step_minutes", "slack_minutes", "max_minutes", "break_minutes"):
        if draw.random() < 0.15:
            data["day"][key] = draw.choice(NUMBERS)
    if draw.random() < 0.3:
        data["travel"]["minutes"] = [[draw.choice(NUMBERS[:12]) for _ in row] for row in data["travel"]["minutes"]]
    leaves = [(path, possible) for path, value in _leaves(data) if (possible := edges(value))]
    for _ in range(draw.choice((0, 1, 1, 2, 3, 5))):
        path, possible = draw.choice(leaves)
        value = draw.choice(possible)
        alike = [path]
        if draw.random() < 0.4:
            alike = [other for other, _ in leaves if _names(other) == _names(path)]
        for each in alike:
            put(data, each, value)
    return data


def _leaves(data: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for path, value in nodes(data):
        if not isinstance(value, dict | list) and not set(path) & set(_KEPT):
            yield path, value


def _names(path: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(part for part in path if isinstance(part, str))


def solved(problem: Problem, draw: Draw) -> Plan:
    """A plan of a few steps or moments; it keeps every rule and can be read back, and so can the problem."""
    if draw.random() < 0.5:
        plan = solve(problem, Params(seed=draw.randrange(100)), TimeLimit(0.06))
    else:
        plan = solve(problem, Params(deterministic=True), AnyOf(StepLimit(200), TimeLimit(5.0)))
    broken = violations(problem, plan)
    assert not broken, broken
    return read_plan(plan.to_json(), read_problem(problem.to_json()))


def mended(problem: Problem, plan: Plan, draw: Draw) -> None:
    """Proposals after whatever happened."""
    from optimizer.replanning.disturbing import disturbed
    from optimizer.replanning.moves import moves
    from optimizer.replanning.proposing import Mending

    changes = [change for change in (_change(problem, plan, draw) for _ in range(draw.randrange(1, 4))) if change]
    day = draw.choice(problem.workdays) if problem.workdays and draw.random() < 0.7 else None
    state = disturbed(problem, plan, changes, today=day)
    mending = Mending(state, Params(deterministic=True, workers=1))
    for made in (mending.least_disruption(0.01, rounds=1), mending.cheapest(0.01)):
        assert not violations(state.problem, made.plan)
        moves(state, made.plan)


def _change(problem: Problem, plan: Plan, draw: Draw) -> Change | None:
    day = dt.date.fromisoformat(draw.choice(DATES)) if draw.random() < 0.3 or not problem.workdays else draw.choice(
        problem.workdays
    )  # fmt: skip
    placed = [stop.visit for tour in plan.tours for stop in tour.stops]
    people, hosts = [one.id for one in problem.officers], [one.id for one in problem.cooperatives]
    makers: list[Callable[[], Change]] = [
        lambda: FewerCars(draw.choice(problem.offices).id, day, day, draw.randrange(3))
    ]
    if people:
        makers += [lambda: Absence(draw.choice(people), day, day), lambda: Departure(draw.choice(people), day)]
    if hosts:
        makers += [
            lambda: Closure(draw.choice(hosts), day, day),
            lambda: UrgentVisit(
                draw.choice(hosts), draw.choice((5e-324, 0.004, 30.0, 1440.0)), draw.choice((None, day))
            ),
        ]
    if placed:
        makers += [
            lambda: NotHeld(draw.choice(placed), draw.choice((None, day))), lambda: HeldOn(draw.choice(placed), day),
        ]  # fmt: skip
    return draw.choice(makers)()


def moved(problem: Problem, plan: Plan, draw: Draw) -> None:
    """A draft by hand, and what is told of it."""
    from api.language.teller import Teller
    from api.telling.drafts import as_json
    from optimizer.moving.drafts import apply

    if not problem.visits or not problem.workdays:
        return
    visit, day = draw.choice(problem.visits).id, draw.choice(problem.workdays)
    start = draw.choice((0.0, 0.004, 510.0, 599999.0, 1439.99))
    makers: list[Callable[[], Any]] = [
        lambda: Place(visit=visit, date=day), lambda: Place(visit=visit, date=day, new_tour=True),
        lambda: Place(visit=visit, date=day, new_tour=True, start=start),
        lambda: Place(visit=visit, date=day, start=start),
        lambda: LeaveOut(visit=visit), lambda: Pin(visit=visit), lambda: Unpin(visit=visit),
    ]  # fmt: skip
    if plan.tours and problem.officers:
        makers.append(lambda: SetCrew(tour=draw.choice(plan.tours).id, officers=(draw.choice(problem.officers).id,)))
    draft = apply(problem, plan, [draw.choice(makers)() for _ in range(draw.randrange(1, 3))], pins=())
    json.dumps(as_json(draft, Teller(draft.problem, None, draw.choice(("th", "en")))), allow_nan=False)
    read_plan(draft.plan.to_json(), read_problem(draft.problem.to_json()))


def explained(problem: Problem, plan: Plan, draw: Draw) -> None:
    """Why a visit stands where it does, its days, and what the office can bear."""
    from api.telling import answers

    if not problem.visits:
        return
    texts, visit = (problem.to_json(), None, plan.to_json()), draw.choice(problem.visits).id
    for text in (answers.why(texts, visit, 0.05, "th"), answers.slots(texts, visit, "en")):
        json.loads(text, parse_constant=_no_number)
    if problem.officers:
        json.loads(answers.risk(texts, draw.choice(problem.officers).id), parse_constant=_no_number)


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def drawn(problem: Problem, plan: Plan, draw: Draw) -> None:
    """The calendar in every format."""
    from api.formats import Format
    from api.language.lang import Lang
    from api.service.choosing import Chosen
    from api.service.formats import Stand
    from api.service.formats import draw as draw_
    from api.storage.problems import Stated

    stand = Stand(plan, Stated(problem, None), {"version": 1, "published_at": None, "plan": "p"})
    for format_ in Format:
        draw_(stand, Chosen(), format_, draw.choice(list(Lang)))


#: what is done with an accepted problem and its plan
WORKS = (mended, moved, explained, drawn)


@dataclass
class Found:
    """What happened to the problems that were drawn, and each kind of defect once, with its first problem."""

    slow: float = SLOW
    refused: int = 0
    accepted: int = 0
    slowest: float = 0.0
    times: Counter[str] = field(default_factory=Counter)
    first: dict[str, dict[str, Any]] = field(default_factory=dict)

    def within(self, doing: Callable[..., Plan | None], problem: Problem, *more: Any) -> Plan | None:
        """What the work makes of the problem; None where it was refused, or is a defect that is noted."""
        began = time.process_time()
        try:
            made = doing(problem, *more)
        except InvalidInput as error:
            if doing is solved and any(fault.code != "pins-clash" for fault in error.faults):
                self.add(doing.__name__, error, problem)
            return None
        except Exception as error:
            self.add(doing.__name__, error, problem)
            return None
        took = time.process_time() - began
        self.slowest = max(self.slowest, took)
        if took > self.slow:
            self.add(doing.__name__, TimeoutError(f"{took:.1f} s"), problem)
        return made

    def add(self, work: str, error: BaseException, problem: Problem) -> None:
        way = way_to(error)
        kind = f"{work}: {way['error']} at {' '.join(way['way'][-3:])}"
        self.times[kind] += 1
        self.first.setdefault(kind, way | {"text": str(error)[:500], "problem": problem.to_dict()})


def try_one(problem: Problem, draw: Draw, found: Found) -> None:
    """Put extreme values into ``problem``; where intake still accepts it, do everything with it."""
    try:
        accepted = read_problem(json.dumps(extreme(problem, draw)))
    except InvalidInput:
        found.refused += 1
        return
    found.accepted += 1
    plan = found.within(solved, accepted, draw)
    if plan is not None:
        for doing in draw.sample(WORKS, 2):
            found.within(doing, accepted, plan, draw)


def hunt(examples: int, seconds: float, seed_: int, slow: float = SLOW) -> Found:
    """Try so many problems, or for so long; what takes longer than ``slow`` is a defect."""
    make_ready()  # else the first solve may compile the search for half a minute, which is no matter of its problem
    found, until = Found(slow), time.monotonic() + seconds

    @seed(seed_)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(problems(), st.integers(0, 2**30))
    def one(problem: Problem, number: int) -> None:
        if time.monotonic() < until:
            try_one(problem, Draw(number), found)

    one()
    return found


def main() -> int:
    """Hunt as the arguments say; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", type=float, default=SLOW, help="seconds of the processor that are too many")
    parser.add_argument("--keep", type=Path, help="a folder for the problems of what is found")
    chosen = parser.parse_args()
    found, until, round_ = Found(chosen.slow), time.monotonic() + chosen.seconds, 0
    while time.monotonic() < until:
        more = hunt(2_000, until - time.monotonic(), chosen.seed + round_, chosen.slow)
        found = Found(
            chosen.slow, found.refused + more.refused, found.accepted + more.accepted, max(found.slowest, more.slowest),
            found.times + more.times, more.first | found.first,
        )  # fmt: skip
        round_ += 1
    for number, (kind, way) in enumerate(found.first.items()):
        if chosen.keep is not None:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            text = json.dumps(way.pop("problem"), ensure_ascii=False)
            (chosen.keep / f"problem-{number}.json").write_text(text, encoding="utf-8")
        way.pop("problem", None)
        sys.stdout.write(json.dumps({"kind": kind, "times": found.times[kind], "file": number} | way) + "\n")
    told = {"accepted": found.accepted, "refused": found.refused, "slowest": round(found.slowest, 2)}
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if found.first else 0


if __name__ == "__main__":
    sys.exit(main())
