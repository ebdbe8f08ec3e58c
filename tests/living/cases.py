"""What-if cases side by side: how long a comparison takes, whether it shows a bar, and the second look."""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from patithin import Case, compare, load


def six(folder: Path) -> list[Case]:
    """The office as it is, and five ways in which it might be otherwise."""
    office = load(folder)
    return [
        office,
        office.what_if(officers=36),
        office.what_if(start="2012-08-06"),
        office.what_if(cars=5),
        office.what_if(prices={"km": 6}),
        office.what_if(cars=7, prices={"km": 5}, absent={"o09": "2012-09-03..2012-09-07"}),
    ]


def measure(folder: Path, *, seeds: int, seconds: float) -> dict[str, Any]:
    """The figures of one comparison with nothing kept from before, and of the same once more."""
    seen: list[tuple[int, int]] = []

    def on_done(done: int, total: int) -> None:
        seen.append((done, total))

    before = os.environ.get("PATITHIN_SHELF")
    with TemporaryDirectory(prefix="patithin-cases-") as shelf:
        os.environ["PATITHIN_SHELF"] = shelf
        try:
            base, *others = six(folder)
            began = time.monotonic()
            table = compare(base, *others, seeds=seeds, seconds=seconds, on_done=on_done)
            first = time.monotonic() - began
            began = time.monotonic()
            again = compare(base, *others, seeds=seeds, seconds=seconds, on_done=lambda done, total: None)
            second = time.monotonic() - began
        finally:
            if before is None:
                del os.environ["PATITHIN_SHELF"]
            else:
                os.environ["PATITHIN_SHELF"] = before
    names = list(dict.fromkeys(table.columns.get_level_values(0)))
    return {
        "cases": len(names),
        "runs": len(names) * seeds,
        "seconds_a_run": seconds,
        "steps_of_the_bar": len(seen),
        "took_s": round(first, 1),
        "second_look_s": round(second, 2),
        "total": {
            name: {
                key: table.loc["baht, in all", (name, key)]
                if key == "verdict"
                else round(table.loc["baht, in all", (name, key)])
                for key in ("mean", "spread", "verdict")
                if (name, key) in table.columns
            }
            for name in names
        },
        "wrong": [] if table.equals(again) else ["the second look differs from the first"],
    }
