"""What a caller gives with labels, series and frames of pandas: taken by their labels, never by their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from models import given
from models.faults import Fault, InvalidInput
from models.problem import Problem
from models.saying import both


def by_name(value: Any, where: str) -> Any:
    """A series as a mapping from its index to its values; anything else as it is.

    Raises:
        InvalidInput: a label stands in the index twice.
    """
    if not isinstance(value, pd.Series):
        return value
    twice = value.index[value.index.duplicated()].unique()
    if len(twice):
        cause, remedy = both("It is named twice.", "ระบุซ้ำ"), both("Name it once.", "ระบุครั้งเดียว")
        raise InvalidInput([Fault("id-repeated", f"{where}, {name}", cause, remedy) for name in twice])
    return dict(value.items())


def matrix(value: Any, problem: Problem, where: str) -> list[list[float]]:
    """A matrix of numbers with a row for each location of ``problem``: lists, an array or a frame.

    Lists, arrays and frames whose labels are 0, 1, 2, ... are in the order of the locations. Any other frame has ids of
    offices and cooperatives as index and columns, in any order; one id for each location suffices.

    Raises:
        InvalidInput: it is no such matrix, or a location has no row or column.
    """
    if isinstance(value, pd.DataFrame) and not (_counts(value.index) and _counts(value.columns)):
        value = _in_order(value, problem, where)
    try:
        cells = np.asarray(value)
    except ValueError:  # rows of several lengths
        cells = np.empty(0)
    if cells.ndim != 2 or cells.dtype.kind not in "iuf":
        remedy = both("Give a factor, or a matrix with a row of numbers for each location.", "ระบุตัวคูณ หรือตารางตัวเลข")
        raise InvalidInput([given.refused(value, where, remedy)])
    return [[float(cell) for cell in row] for row in cells]


def _counts(labels: pd.Index[Any]) -> bool:
    return list(labels) == list(range(len(labels)))


def _in_order(frame: pd.DataFrame, problem: Problem, where: str) -> pd.DataFrame:
    """The frame with a row and a column for each location, in their order."""
    ids: dict[int, list[str]] = {}
    named: list[tuple[int, str]] = [(one.location, one.id) for one in problem.offices]
    named += [(one.location, one.id) for one in problem.cooperatives]
    for location, id_ in named:
        ids.setdefault(location, []).append(id_)
    known = {id_ for same in ids.values() for id_ in same}
    faults = []
    for axis, labels in (("index", frame.index), ("columns", frame.columns)):
        at = f"{where}, {axis}"
        for label in labels[~labels.isin(list(known))]:
            cause = both("There is no office or cooperative {name}.", "ไม่มีสำนักงานหรือสหกรณ์ {name}", name=repr(label))
            remedy = both("Label rows and columns by ids.", "ใช้รหัสเป็นชื่อแถวและคอลัมน์")
            faults.append(Fault("id-unknown", at, cause, remedy))
        for label in labels[labels.duplicated()].unique():
            cause, remedy = both("It is named twice.", "ระบุซ้ำ"), both("Name it once.", "ระบุครั้งเดียว")
            faults.append(Fault("id-repeated", f"{at}, {label}", cause, remedy))
        for same in ids.values():
            if not set(same) & set(labels):
                cause = both("There is none for {name}.", "ไม่มีของ {name}", name=same[0])
                faults.append(Fault("matrix-shape", at, cause, both("Add it.", "เพิ่มให้ครบ")))
    if faults:
        raise InvalidInput(faults)
    rows, columns = (
        [next(id_ for id_ in ids[location] if id_ in labels) for location in sorted(ids)]
        for labels in (frame.index, frame.columns)
    )
    return frame.loc[rows, columns]


def short(value: Any) -> str:
    """``value`` as it stands in the name of a case: a few words, or how many there are."""
    if isinstance(value, pd.DataFrame) or getattr(value, "ndim", 0) > 1:
        return "a table"
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    if isinstance(value, Mapping):
        text = " ".join(f"{short(key)}:{short(one)}" for key, one in value.items())
    elif isinstance(value, list | tuple | set | pd.Series | pd.Index | np.ndarray):
        text = "+".join(map(short, value))
    else:
        return str(value)
    return text if len(text) <= _LONGEST else f"{len(value)} given"


#: letters that what is given may take in a name
_LONGEST = 60
