"""CP-SAT leaves Ctrl-C to the process: in one of its own, since a signal that nobody handles ends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = """
import signal
from ortools.sat.python import cp_model
from optimizer.cpsat import cp_sat

signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a script runs the tests in the background
model = cp_model.CpModel()
model.maximize(model.new_int_var(0, 5, "x"))
solver = cp_sat()
assert solver.solve(model) == cp_model.OPTIMAL and solver.parameters.num_workers == 1
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_after_a_solve_ctrl_c_is_still_heard() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "interrupted\n"), done.stderr


def test_there_is_no_other_solver() -> None:
    made = [path for path in (ROOT / "optimizer").rglob("*.py") if "CpSolver()" in path.read_text(encoding="utf-8")]
    assert [path.name for path in made] == ["cpsat.py"]
