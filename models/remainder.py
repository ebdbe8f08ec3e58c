"""What else is wrong with a problem whose keys are wrong in themselves: how its other parts fit together.

Each faulty part gives way to a harmless stand-in that keeps its id, so that references to it still lead somewhere.
Faults that only a stand-in would cause are not reported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from models.faults import Fault, InvalidInput
from models.problem import Problem

#: harmless values of the keys that must be there
_HARMLESS: dict[str, Any] = {
    "name": "unnamed",
    "workdays": [],
    "day": {"start": 0, "end": 0},
    "travel": {"minutes": [], "km": []},
    "prices": {},
    "offices": [{"id": "stand-in", "location": 0, "cars": 0, "seats": 1}],
    "officers": [],
    "cooperatives": [],
    "visits": [],
}
#: a stand-in for the item at an index of a list, with the id it has or is given
_STAND_INS: dict[str, Callable[[str, int, Any], dict[str, Any]]] = {
    "offices": lambda id_, index, item: {"id": id_, "location": 0, "cars": 0, "seats": 1},
    "officers": lambda id_, index, item: {"id": id_, "office": "stand-in", "topics": []},
    "partners": lambda id_, index, item: {"id": id_, "dates": [], "per_day": 0},
    "cooperatives": lambda id_, index, item: {"id": id_, "location": 0},
    "visits": lambda id_, index, item: {
        "id": id_, "cooperative": _id_of(item, "cooperative") or "stand-in", "seq": -index - 1_000_000, "minutes": 0,
        "priority": 1,
    },
}  # fmt: skip
_KIND = {"office": "offices", "officer": "officers", "partner": "partners", "cooperative": "cooperatives",
         "visit": "visits", "car": "offices"}  # fmt: skip


def faults_of_the_remainder(data: dict[str, Any], error: ValidationError) -> list[Fault]:
    """Faults between the parts of ``data`` that ``error`` does not name."""
    rest = dict(data)
    replaced: set[str] = set()  # paths of stand-ins
    nameless: set[str] = set()  # kinds of which not every id is known
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        key, *path = item["loc"] or ("",)
        key = str(key)
        if key in _STAND_INS and path and isinstance(path[0], int):
            index = path[0]
            if f"{key}[{index}]" not in replaced:
                original = data[key][index]
                id_ = _id_of(original, "id")
                nameless |= set() if id_ else {key}
                rest[key] = list(rest[key])
                rest[key][index] = _STAND_INS[key](id_ or f"stand-in {index}", index, original)
                replaced.add(f"{key}[{index}]")
        else:
            rest.pop(key, None)
            replaced.add(key)
            nameless |= {key} & set(_STAND_INS)
            if key in _HARMLESS:
                rest[key] = _HARMLESS[key]
    try:
        Problem.model_validate(rest)
    except InvalidInput as unsound:
        return [fault for fault in unsound.faults if not _feigned(fault, replaced, nameless)]
    except ValidationError:
        return []
    return []


def _id_of(item: Any, key: str) -> str | None:
    id_ = item.get(key) if isinstance(item, dict) else None
    return id_ if isinstance(id_, str) and id_.isprintable() and id_ else None


def _feigned(fault: Fault, replaced: set[str], nameless: set[str]) -> bool:
    """Whether the fault may come from a stand-in alone."""
    path, bracket, _ = fault.where.partition("]")
    if path + bracket in replaced and fault.code != "id-repeated":
        return True
    if fault.code == "plan-foreign" and not fault.where.partition("published.")[2]:  # many names, told together
        return bool(nameless & set(_KIND.values()))
    if fault.code in ("id-unknown", "plan-foreign"):
        return any(fault.cause.startswith((f"There is no {one} ", f"The problem has no {one} ")) and kind in nameless
                   for one, kind in _KIND.items())  # fmt: skip
    if fault.code in ("matrix-shape", "location-unknown"):
        return "travel" in replaced
    if fault.code in ("rhythm-length", "history-broken"):
        return any(place.startswith("visits") for place in replaced)
    return fault.code == "pin-unpublished" and "published" in replaced
