"""Problems named on a command line: problem files, or folders of an office."""

from __future__ import annotations

from pathlib import Path

from models.intake import read_office
from models.problem import Problem
from models.reading import read_problem

DATA = Path(__file__).parents[2] / "data"
#: the sample offices
SAMPLES = [DATA / "khonkaen", DATA / "kalasin"]


def read(path: Path) -> Problem:
    """The problem of an office's folder or of a problem file."""
    return read_office(path).problem if path.is_dir() else read_problem(path.read_text(encoding="utf-8"))
