"""The examples of the API's documentation. They work as they stand, one after the other."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ConfigDict

from models.problem import Problem

#: a day's drive, 60 km there and back, to a made-up cooperative
PROBLEM: Final[dict[str, Any]] = {
    "format": "visit-problem/1",
    "name": "Example",
    "workdays": ["2012-08-01", "2012-08-06"],
    "day": {"start": "08:30", "end": "16:30"},
    "offices": [{"id": "kk", "location": 0, "cars": 1, "seats": 2}],
    "officers": [{"id": "P01", "office": "kk", "topics": ["accounts"]}],
    "cooperatives": [{"id": "C001", "location": 1, "open": ["08:30", "16:30"]}],
    "visits": [
        {
            "id": "C001-1", "cooperative": "C001", "seq": 1, "minutes": 90, "priority": 3, "topics": ["accounts"],
            "due": "2012-08-06",
        }
    ],
    "travel": {"minutes": [[0, 35], [35, 0]], "km": [[0, 30], [30, 0]]},
    "prices": {"km": 4, "officer_day": 120, "late_day": 50, "unplanned": 5000},
}  # fmt: skip


#: what may happen to that plan: its only officer is away on the first day
CHANGES: Final[dict[str, Any]] = {
    "changes": [{"kind": "absent", "officer": "P01", "first": "2012-08-01", "last": "2012-08-03"}],
    "seconds": 1.0,
}


#: what a planner does to that plan by hand: the visit goes to the other day, and stays there
MOVES: Final[dict[str, Any]] = {
    "moves": [{"kind": "place", "visit": "C001-1", "date": "2012-08-06"}, {"kind": "pin", "visit": "C001-1"}],
    "name": "a later day",
}


#: what is reported of that visit
REPORT: Final[dict[str, Any]] = {
    "replaces": 0,
    "report": {"visit": "C001-1", "held": False, "reason": "weather", "remarks": "The road was flooded."},
}


def shown(**example: Any) -> ConfigDict:
    """How a body shows this example of itself."""
    return ConfigDict(json_schema_extra={"examples": [example]})


def problem_id() -> str:
    """The id that :data:`PROBLEM` gets when it is posted."""
    from api.storage.problems import Stated, id_of

    return id_of(Stated(Problem.model_validate(PROBLEM), None))
