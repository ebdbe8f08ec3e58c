"""Patithin for programs and notebooks: every public name in one place.

::

    from patithin import compare, load

    office = load("data/khonkaen")
    base = office.plan(seconds=10)
    compare(base, office.what_if(officers=36))

Names are loaded when they are first used. The floors below (``models``, ``optimizer``, ``api``) are found beside this
package, whatever else of those names lies in the folder of a notebook.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api import pictures as pictures
    from api.circle import analysis as circle  # noqa: F401  # public, under another name than it has there
    from api.what_if import Case as Case
    from api.what_if import Overruns as Overruns
    from api.what_if import Planned as Planned
    from api.what_if import compare as compare
    from api.what_if import load as load
    from api.what_if import runs_of as runs_of
    from api.what_if import simulate as simulate
    from api.what_if import sweep as sweep
    from api.what_if import traced as traced
    from api.what_if import trade_off as trade_off
    from api.what_if.whys import Why as Why
    from models.changes import Absence as Absence
    from models.changes import BoardMeets as BoardMeets
    from models.changes import CarAway as CarAway
    from models.changes import Closure as Closure
    from models.changes import ContentLate as ContentLate
    from models.changes import Departure as Departure
    from models.changes import FewerCars as FewerCars
    from models.changes import HeldOn as HeldOn
    from models.changes import NoMeeting as NoMeeting
    from models.changes import NotHeld as NotHeld
    from models.changes import UrgentVisit as UrgentVisit
    from models.faults import Fault as Fault
    from models.faults import InvalidInput as InvalidInput
    from models.intake import read_office as read_office
    from models.plan import Plan as Plan
    from models.problem import Problem as Problem
    from models.reading import read_plan as read_plan
    from models.reading import read_problem as read_problem
    from models.referee import cost as cost
    from models.referee import violations as violations
    from optimizer.experimenting import Experiment as Experiment
    from optimizer.experimenting import RuinOperator as RuinOperator
    from optimizer.experimenting import Work as Work
    from optimizer.experimenting import annealing as annealing
    from optimizer.params import Params as Params
    from optimizer.replanning.disturbing import disturbed as disturbed
    from optimizer.replanning.frontier import frontier as frontier
    from optimizer.replanning.proposing import Mending as Mending
    from optimizer.search.drawing import below as below
    from optimizer.search.drawing import uniform as uniform
    from optimizer.search.ruining import take_out as take_out
    from optimizer.solving import solve as solve
    from optimizer.stopping import AnyOf as AnyOf
    from optimizer.stopping import Cancel as Cancel
    from optimizer.stopping import GapLimit as GapLimit
    from optimizer.stopping import NoImprovement as NoImprovement
    from optimizer.stopping import StepLimit as StepLimit
    from optimizer.stopping import TimeLimit as TimeLimit
    from optimizer.warmup import is_warm as is_warm
    from optimizer.warmup import make_ready as make_ready
    from patithin.samples import sample as sample

#: where each public name lives
_HOMES = {
    "api.what_if": (
        "Case",
        "Overruns",
        "Planned",
        "compare",
        "load",
        "runs_of",
        "simulate",
        "sweep",
        "trade_off",
        "traced",
    ),
    "api.what_if.whys": ("Why",),
    "models.changes": (
        "Absence",
        "BoardMeets",
        "CarAway",
        "Closure",
        "ContentLate",
        "Departure",
        "FewerCars",
        "HeldOn",
        "NoMeeting",
        "NotHeld",
        "UrgentVisit",
    ),
    "models.faults": ("Fault", "InvalidInput"),
    "models.intake": ("read_office",),
    "models.plan": ("Plan",),
    "models.problem": ("Problem",),
    "models.reading": ("read_plan", "read_problem"),
    "models.referee": ("cost", "violations"),
    "optimizer.experimenting": ("Experiment", "RuinOperator", "Work", "annealing"),
    "optimizer.params": ("Params",),
    "optimizer.replanning.disturbing": ("disturbed",),
    "optimizer.replanning.frontier": ("frontier",),
    "optimizer.replanning.proposing": ("Mending",),
    "optimizer.search.drawing": ("below", "uniform"),
    "optimizer.search.ruining": ("take_out",),
    "optimizer.solving": ("solve",),
    "optimizer.stopping": ("AnyOf", "Cancel", "GapLimit", "NoImprovement", "StepLimit", "TimeLimit"),
    "optimizer.warmup": ("is_warm", "make_ready"),
    "patithin.samples": ("sample",),
}
#: modules that are public as a whole
_MODULES = {"circle": "api.circle.analysis", "pictures": "api.pictures"}
_HOME = {name: home for home, names in _HOMES.items() for name in names} | _MODULES
#: what a package of an extra brings, where it is missing
EXTRAS = {
    "serve": ("alembic", "cryptography", "fastapi", "limits", "prometheus_client", "pydantic_settings", "psycopg",
              "sqlalchemy", "structlog", "uvicorn"),
    "notebook": ("altair", "distributed", "vl_convert"),
    "search": ("icu4py",),
}  # fmt: skip

__all__ = sorted([*_HOME, "extra_of"])


def extra_of(error: ModuleNotFoundError) -> str | None:
    """The extra whose package is missing, for ``pip install "patithin[serve]"`` and the like; None for others."""
    missing = (error.name or "").partition(".")[0]
    return next((extra for extra, packages in EXTRAS.items() if missing in packages), None)


def _find_floors() -> None:
    """Load the three floors from beside this package.

    Raises:
        ImportError: the program has imported something else under one of their names.
    """
    beside = Path(__file__).resolve().parents[1]
    for name in ("models", "optimizer", "api"):
        folder = beside / name
        loaded = sys.modules.get(name)
        if loaded is not None:
            if folder not in map(Path, getattr(loaded, "__path__", ())):
                raise ImportError(
                    f"patithin has a package {name!r} of its own, and {getattr(loaded, '__file__', None) or loaded!r} "
                    f"is loaded under that name. Import patithin first, or rename the other."
                )
            continue
        spec = spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
        if spec is None or spec.loader is None:
            raise ImportError(f"{folder} is missing: install patithin anew.")
        sys.modules[name] = module = module_from_spec(spec)
        spec.loader.exec_module(module)


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"patithin has no {name!r}; it has {', '.join(__all__)}")
    try:
        module = import_module(home)
    except ModuleNotFoundError as error:
        extra = extra_of(error)
        if extra is None:
            raise
        raise ImportError(f'{name} needs {error.name}: pip install "patithin[{extra}]"') from error
    value = module if name in _MODULES else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


_find_floors()
