"""The files whose tests take longest."""

from __future__ import annotations

from typing import Final

#: from the longest to the shortest: they begin in this order, so that in the end no process waits for another
LONGEST: Final = (
    "tests/page/test_outages.py",
    "tests/api/service/test_engine.py",
    "tests/page/test_axe.py",
    "tests/page/test_works.py",
    "tests/notebooks/test_notebooks.py",
    "tests/test_readme.py",
    "tests/page/test_reports.py",
    "tests/optimizer/bounding/test_never_above_the_optimum.py",
    "tests/page/test_views.py",
    "tests/load/test_resting.py",
    "tests/faults/test_probing.py",
    "tests/living/test_measuring.py",
    "tests/page/test_moving.py",
    "tests/page/test_people.py",
    "tests/api/service/test_serving.py",
    "tests/optimizer/test_random_problems.py",
    "tests/faults/test_killing.py",
    "tests/page/test_sheets.py",
    "tests/api/what_if/test_recipes.py",
    "tests/faults/test_failing.py",
    "tests/optimizer/bounding/test_branching.py",
    "tests/optimizer/bounding/test_crews.py",
    "tests/load/test_flooding.py",
    "tests/load/test_mixed.py",
    "tests/load/test_sizes.py",
    "tests/load/test_hostile.py",
    "tests/load/test_measuring.py",
    "tests/optimizer/test_warmup.py",
    "tests/support/test_exhaustive.py",
    "tests/api/cli/test_solve.py",
    "tests/test_install.py",
    "tests/benchmarks/test_measures.py",
    "tests/page/test_offline.py",
    "tests/optimizer/test_compiling.py",
    "tests/faults/test_extremes.py",
    "tests/page/test_cases.py",
    "tests/page/test_tiles.py",
)
