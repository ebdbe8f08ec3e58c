"""Compile search and bound before the clock of a solve starts: once for each version, machine and user.

``make_ready`` loads the machine code where it is on disk. Where it is not, this process compiles the search while
another one compiles the bound and what the search calls late. ``python -m optimizer.warmup`` does it from a shell.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from models.problem import Problem
from optimizer import compiling, simulating
from optimizer.borrowing import INTERPRETED, borrowed
from optimizer.bounding.generation import Generation
from optimizer.bounding.ng_routes.generation import Generation as NgRoutes
from optimizer.bounding.relaxed import relax
from optimizer.bounding.routes import list_routes
from optimizer.bounding.trips import Trip
from optimizer.drafting import draft
from optimizer.instance import frame
from optimizer.params import Params
from optimizer.proving import orders
from optimizer.search.annealing import load, note_unassigned, recreate
from optimizer.search.drawing import dice, uniform
from optimizer.search.ruining import draw_operator, ruin, send_home, take_out, weights_of
from optimizer.search.state import begin_step, new_best, remember, undo
from optimizer.searching import Searcher
from optimizer.solving import solve
from optimizer.starting import starting_state
from optimizer.stopping import StepLimit

#: told the share (0..1) of functions that are compiled, some times a second
OnCompile = Callable[[float], None]
#: seconds between two looks at how far compiling is
LOOK = 0.25

#: imported so that the marker of a warm machine speaks of all compiled functions
_ALSO_COMPILED = (orders, simulating)

_lock = threading.RLock()
_state = {"ready": False}


def is_warm() -> bool:
    """Whether all machine code of this version is on disk for this processor, or was made by this process; nothing is
    compiled at all where numba is switched off."""
    return (
        INTERPRETED
        or _state["ready"]
        or any((place / _marker()).exists() for place in (compiling.SHARED, compiling.home()))
    )


def make_ready(on_compile: OnCompile | None = None) -> bool:
    """See to it that nothing is left to compile or to load; returns whether there was anything to compile.

    ``on_compile`` is called from another thread while there is. A second caller waits for the first.
    """
    with _lock:
        if _state["ready"]:
            return False
        cold = not is_warm()
        _state["ready"] = True  # warming up solves a problem, which asks here again
        if cold:
            try:
                with _watched(on_compile):
                    _compile_side_by_side()
            except BaseException:
                _state["ready"] = False
                raise
            with contextlib.suppress(OSError):  # a full disk: the next start looks again
                (compiling.home() / _marker()).touch()
        else:
            _search()  # loads it
        return cold


def _marker() -> str:
    return f"{compiling.stamp_of_all()}.warm"


def _compile_side_by_side() -> None:
    """The search in this process, and the bound in another one.

    This one finds on disk what the other made, and compiles what that did not get done.
    """
    root = str(Path(__file__).parents[1])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PATITHIN_CACHE": str(compiling.home()), "PYTHONPATH": paths}
    other = None
    with contextlib.suppress(OSError):  # no second process to be had: this one compiles all
        other = subprocess.Popen(
            [sys.executable, "-m", "optimizer.warmup", "other-half"],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        _search()
        _piecewise()
        if other is not None:
            other.wait()
    finally:
        if other is not None and other.poll() is None:
            other.kill()
            other.wait()
    _bound()
    _whole()


@contextlib.contextmanager
def _watched(on_compile: OnCompile | None) -> Iterator[None]:
    """Tell how much of the search is compiled while the context lasts: it takes longest."""
    if on_compile is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        search = [one for one in compiling.FUNCTIONS if one.py_func.__module__.startswith("optimizer.search.")]
        while not done.wait(LOOK):
            on_compile(sum(bool(one.overloads) for one in search) / len(search))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        on_compile(1.0)


def _search() -> None:
    """Compile what the search calls."""
    Searcher(frame(_problem()), Params(), 0).advance(2, 0.0)


def _piecewise() -> None:
    """Compile what is called piece by piece: by a run from a published plan, for a plan's times, and by experiments."""
    problem = _problem()
    of = frame(problem)
    state = starting_state(of, with_published=True)
    best = new_best(state)
    inst, work, kept, draws = borrowed(of.instance), borrowed(state), borrowed(best), dice(1)
    begin_step(work)
    recreate(inst, work, draws, uniform(draws))
    remember(work, kept)
    published = draft(of, best, reasons={}, lower_bound=None, status="feasible")
    starting_state(frame(problem.changed(published=published)), with_published=True)
    begin_step(work)
    ruin(inst, work, draws, 1.0, draw_operator(draws, weights_of({}, leads_matter=True)))
    take_out(inst, work, 0)
    send_home(inst, work)
    note_unassigned(inst, work)
    undo(inst, work, float(state.cost[0]))
    load(inst, work, kept)


def _bound() -> None:
    """Generate columns of all routes until leads are told apart case by case; from single visits, so that longer routes
    have to be looked for; and over ng-routes.
    """
    of = frame(_problem())
    relaxed = relax(of)

    def never() -> bool:
        return False

    trips = [Trip(0, (0, 1), (0,), (0, 0))]
    generation = Generation(relaxed, list_routes(relaxed, 0, 100, never)[0], 0)
    for _ in generation.bounds(trips, never):
        pass
    generation.master.broken_hours(0.0)
    routes, _ = list_routes(relaxed, 0, 100, never, 1)
    for _ in zip(range(20), Generation(relaxed, routes, 2).bounds(trips, never), strict=False):
        pass
    next(NgRoutes(relaxed, of).bounds(never))


def _whole() -> None:
    """Compile what else a whole run calls."""
    solve(_problem(), Params(workers=1, deterministic=True), StepLimit(2))


def _problem() -> Problem:
    """One officer and three visits: small, but every compiled function is called."""
    cooperatives = [{"id": f"c{n}", "location": n, "current_lead": "officer"} for n in (1, 2, 3)]
    visits = [
        {"id": f"v{n}", "cooperative": f"c{n}", "seq": 1, "minutes": 60, "priority": 1, "topics": []} for n in (1, 2, 3)
    ]
    ways = [[0 if a == b else 30 for b in range(4)] for a in range(4)]
    return Problem.model_validate(
        {
            "name": "warm-up",
            "workdays": [dt.date(2012, 8, 1)],
            "day": {"start": "08:30", "end": "16:30"},
            "offices": [{"id": "office", "location": 0, "cars": 1, "seats": 1}],
            "officers": [{"id": "officer", "office": "office", "topics": [], "fair_hours": 1}],
            "cooperatives": cooperatives,
            "visits": visits,
            "travel": {"minutes": ways, "km": ways},
            "prices": {"km": 4, "unplanned": 5000, "stand_in": 100, "lead_change": 50},
        }
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["other-half"]:
        _bound()
    else:
        make_ready()
