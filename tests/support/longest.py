"""The files whose tests take longest, and those that share a browser."""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadFileScheduling

#: files that go to one process, one after the other: it starts their browser once
TOGETHER: Final = (
    (
        "tests/page/test_outages.py",
        "tests/page/test_works.py",
        "tests/page/test_moving.py",
        "tests/page/test_sheets.py",
    ),
    (
        "tests/page/test_axe.py",
        "tests/page/test_reports.py",
        "tests/page/test_views.py",
        "tests/page/test_people.py",
        "tests/page/test_offline.py",
        "tests/page/test_cases.py",
        "tests/page/test_tiles.py",
        "tests/page/test_print.py",
        "tests/page/test_publishing_what_if.py",
        "tests/page/test_curve.py",
    ),
)
#: from the longest to the shortest: they begin in this order, so that in the end no process waits for another
LONGEST: Final = (
    *TOGETHER[0],
    *TOGETHER[1],
    "tests/api/service/test_engine.py",
    "tests/notebooks/test_notebooks.py",
    "tests/faults/test_killing.py",
    "tests/test_readme.py",
    "tests/optimizer/test_random_problems.py",
    "tests/optimizer/bounding/ng_routes/test_labelling.py",
    "tests/api/service/test_calendars.py",
    "tests/load/test_flooding.py",
    "tests/faults/test_probing.py",
    "tests/api/service/test_serving.py",
    "tests/load/test_mixed.py",
    "tests/optimizer/search/test_bookkeeping.py",
    "tests/optimizer/bounding/test_branching.py",
    "tests/api/what_if/test_recipes.py",
    "tests/api/service/test_doors.py",
    "tests/faults/test_failing.py",
    "tests/optimizer/bounding/test_crews.py",
    "tests/test_install.py",
    "tests/living/test_measuring.py",
    "tests/optimizer/bounding/test_never_above_the_optimum.py",
    "tests/api/service/test_publications.py",
    "tests/api/service/test_nextquarter.py",
    "tests/optimizer/test_solving.py",
    "tests/optimizer/search/test_options.py",
    "tests/load/test_resting.py",
    "tests/load/test_sizes.py",
    "tests/load/test_measuring.py",
    "tests/load/test_hostile.py",
    "tests/optimizer/test_warmup.py",
    "tests/optimizer/bounding/test_timed_way.py",
    "tests/optimizer/bounding/test_long_routes.py",
    "tests/models/test_intake_workbook.py",
    "tests/api/service/test_aside.py",
    "tests/api/service/test_knowing.py",
    "tests/api/cli/test_accept.py",
    "tests/models/handbook/test_malformed.py",
    "tests/models/test_intake_hostile.py",
    "tests/api/service/test_replanning.py",
    "tests/api/cli/test_solve.py",
    "tests/api/cli/test_plan.py",
    "tests/api/service/test_access.py",
    "tests/api/cli/test_bench.py",
)
#: the first file of those that a file goes together with
FIRST_OF: Final = {path: files[0] for files in TOGETHER for path in files}


def file_of(nodeid: str) -> str:
    """The file of a test."""
    return nodeid.partition("::")[0]


def place_of(nodeid: str) -> tuple[int, int]:
    """When a test begins: its file after longer ones, and beside those that it goes together with."""
    path, last = file_of(nodeid), len(LONGEST)
    place = {path: number for number, path in enumerate(LONGEST)}
    return place.get(FIRST_OF.get(path, path), last), place.get(path, last)


class Together(LoadFileScheduling):
    """Gives each process of pytest a file after the other, or files that go together."""

    def _split_scope(self, nodeid: str) -> str:
        path = file_of(nodeid)
        return FIRST_OF.get(path, path)
