"""A cold machine compiles before the clock starts, and once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _said(program: str, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_the_marker_speaks_of_every_compiled_function() -> None:
    program = """
import importlib, pkgutil
import optimizer, optimizer.warmup
from optimizer.compiling import stamp_of_all
print(stamp_of_all())
for found in pkgutil.walk_packages(optimizer.__path__, "optimizer."):
    importlib.import_module(found.name)
print(stamp_of_all())
"""
    first, last = _said(program)
    assert first == last


def test_a_marked_cache_is_warm_and_an_empty_one_is_not(tmp_path: Path) -> None:
    program = """
from optimizer import compiling, warmup
print(warmup.is_warm())
(compiling.home() / f"{compiling.stamp_of_all()}.warm").touch()
warmup._search = lambda: None  # nothing is there to be loaded
print(warmup.is_warm(), warmup.make_ready(print))
"""
    assert _said(program, PATITHIN_CACHE=str(tmp_path)) == ["False", "True", "False"]


def test_code_for_all_users_beside_the_package_is_found(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from optimizer import compiling, warmup
compiling.SHARED = Path({str(tmp_path / "shared")!r})
compiling.SHARED.mkdir()
(compiling.SHARED / f"{{compiling.stamp_of_all()}}.warm").touch()
print(warmup.is_warm())
"""
    assert _said(program, PATITHIN_CACHE=str(tmp_path / "own")) == ["True"]


def test_code_that_came_with_the_installation_says_for_which_processor_all_is_compiled(tmp_path: Path) -> None:
    (tmp_path / "processor").write_text("generic\n")
    program = f"""
from pathlib import Path
import numba
from numba.core import config
from optimizer import compiling
{{before}}
compiling.compile_for_what_came(Path({str(tmp_path)!r}))
print(config.CPU_NAME)
"""
    assert _said(program.format(before="")) == ["generic"]
    assert _said(program.format(before=""), NUMBA_CPU_NAME="x86-64") == ["x86-64"]
    # numba has begun: what it compiles now is for this processor, whatever its name
    assert _said(program.format(before="numba.njit(lambda: 0)")) == ["None"]


MACHINE_CODE = f"""
import sys
sys.path.append({str(ROOT / "tests")!r})
from support.builders import cooperative, line, office, officer, on, problem, visit
import optimizer.bounding
from optimizer import warmup
from optimizer.compiling import FUNCTIONS

def machine_code():
    return {{(function.py_func.__qualname__, str(kind)) for function in FUNCTIONS for kind in function.signatures}}

def stated(**more):
    return problem(
        workdays=[on(1), on(2)], offices=[office(seats=3)], travel=line(0, 10, -20, 5),
        officers=[officer(f"o{{n}}", "t" if n % 2 else "tu", fair_hours=1) for n in range(4)],
        cooperatives=[cooperative(f"c{{n}}", 1 + n % 3, barred=["o1"] if n == 2 else None) for n in range(5)],
        visits=[visit(f"c{{n}}-1", minutes=90, crew=2 if n == 3 else None) for n in range(5)],
        prices={{"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 150, "overload_hour": 30}}, **more,
    )
"""


def test_nothing_of_the_bound_is_left_to_compile_in_the_middle_of_a_run() -> None:
    program = (
        MACHINE_CODE
        + """
warmup._bound()
warmed = machine_code()
optimizer.bounding.lower_bound(stated(), stop=lambda: False)
optimizer.bounding.LISTED_STOPS = 1  # longer routes are looked for
optimizer.bounding.lower_bound(stated(), stop=lambda: False, again=lambda rounds: rounds < 100)
print(*(name for name, _ in machine_code() - warmed))
"""
    )
    assert _said(program) == []


def test_nothing_of_the_search_is_left_to_compile_in_the_middle_of_a_run() -> None:
    program = (
        MACHINE_CODE
        + """
from optimizer.experimenting import Experiment, RuinOperator
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import StepLimit

warmup._search()
warmup._piecewise()
warmup._whole()
warmed = machine_code()
alone, steps = Params(workers=1, deterministic=True, bound_rounds=0), StepLimit(200)
published = solve(stated(), alone, steps)
again = stated(today=on(1)).changed(published=published, pins=(published.tours[0].stops[0].visit,))
solve(again, alone, steps)
own = RuinOperator("own", 1.0, lambda work, wanted: [work.take_out(visit) for visit in work.planned[:wanted]])
solve(stated(), alone, steps, experiment=Experiment(operators=(own,)))
print(*(name for name, _ in machine_code() - warmed))
"""
    )
    assert _said(program) == []
