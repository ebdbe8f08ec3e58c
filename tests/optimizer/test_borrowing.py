"""Handles: fields read by name in compiled code, arrays shared with Python, nothing copied."""

from __future__ import annotations

import pickle
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt
import pytest

from optimizer.borrowing import Handle


class Few(NamedTuple):
    numbers: npt.NDArray[np.float64]
    price: float
    grid: npt.NDArray[np.uint8]
    count: int


class Within(NamedTuple):
    few: Few
    count: int


class Moved(NamedTuple):
    price: float
    numbers: npt.NDArray[np.float64]
    grid: npt.NDArray[np.uint8]
    count: int


def few() -> Few:
    return Few(np.array([1.0, 2.0, 3.0]), 0.5, np.arange(6, dtype=np.uint8).reshape(2, 3), 7)


@numba.njit
def _sum_and_mark(handle: Few) -> float:
    handle.grid[1, 0] = 9
    return handle.numbers[1] + handle.price + handle.grid[0, 2] + handle.count + handle.grid[1, 2] + len(handle.grid)


def test_fields_are_read_by_name_and_changes_are_seen() -> None:
    fields = few()
    handle = Handle(fields)
    # 2 + 0.5 + 2 + 7 + 5 + 2 rows
    assert _sum_and_mark(handle) == 18.5
    assert fields.grid[1, 0] == 9
    fields.numbers[1] = 10.0
    assert _sum_and_mark(handle) == 26.5


@numba.njit
def _from_within(handle: Within) -> float:
    handle.few.numbers[0] = 4.0
    return handle.few.price + handle.few.numbers[2] + handle.count


def test_a_tuple_within_is_read_by_name_too() -> None:
    fields = few()
    # 0.5 + 3 + 2
    assert _from_within(Handle(Within(fields, 2))) == 5.5
    assert fields.numbers[0] == 4.0


def test_a_whole_number_where_a_float_is_stated_is_no_other_type() -> None:
    whole = Handle(few()._replace(price=1))
    assert whole._numba_type_ == Handle(few())._numba_type_
    assert _sum_and_mark(whole) == 19.0


def test_a_handle_keeps_its_arrays_alive() -> None:
    handle = Handle(few())
    for _ in range(1000):
        np.full(3, 100.0)
    assert _sum_and_mark(handle) == 18.5


def test_other_fields_are_another_type_and_types_can_be_filed() -> None:
    kind = Handle(few())._numba_type_
    moved = Handle(Moved(0.5, *few()[:1], *few()[2:]))._numba_type_
    assert kind == Handle(few())._numba_type_ != moved
    again = pickle.loads(pickle.dumps(kind))
    assert again == kind and again.slots == {"numbers": 0, "price": 2, "grid": 3, "count": 6}


def test_arrays_must_lie_in_one_piece() -> None:
    with pytest.raises(ValueError, match="numbers"):
        Handle(few()._replace(numbers=np.arange(6.0)[::2]))


@numba.njit
def _at(handle: Few, number: int, row: int) -> float:
    return handle.numbers[number] + handle.grid[row, 0] + handle.grid[row][1]


def test_an_index_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = Handle(few())
    assert _at(handle, 2, 1) == 3 + 3 + 4
    monkeypatch.setattr("numba.core.config.BOUNDSCHECK", 1)
    checked = numba.njit(_at.py_func)
    assert checked(handle, 2, 1) == 3 + 3 + 4
    for number, row in [(-1, 0), (0, -1), (3, 0), (0, 2)]:  # none is counted from the end
        with pytest.raises(IndexError):
            checked(handle, number, row)


@numba.njit
def _written(handle: Few) -> float:
    handle.numbers[:2] = 7.0
    handle.grid[1] = 5
    handle.grid[0, 1:] += np.uint8(1)
    part = handle.numbers[np.array([2, 0])]
    either = handle.numbers if handle.count > 0 else np.zeros(3)
    return part[-1] + part[0] + either[1] + handle.grid.sum()


def test_parts_and_slices_are_as_elsewhere() -> None:
    fields = few()
    # 7, 7, 3; the rows are 0, 2, 3 and 5, 5, 5
    assert _written(Handle(fields)) == 7 + 3 + 7 + 20
    assert fields.grid.tolist() == [[0, 2, 3], [5, 5, 5]]
