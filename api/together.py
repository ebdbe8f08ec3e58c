"""Several things read together: what is wrong with one of them hides nothing that is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, overload

from models.faults import Fault, InvalidInput

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
Item = TypeVar("Item")
Made = TypeVar("Made")


@overload
def all_of(one: Callable[[], A], two: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def all_of(one: Callable[[], A], two: Callable[[], B], three: Callable[[], C], /) -> tuple[A, B, C]: ...
def all_of(*readers: Callable[[], object]) -> tuple[object, ...]:
    """What each of ``readers`` returns, in their order; all of them are called.

    Raises:
        InvalidInput: with the faults of all readers; what several stumbled over is told once.
    """
    return tuple(each_of(lambda reader: reader(), readers))


def each_of(read: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    """What ``read`` makes of each of ``items``, in their order; all of them are read.

    Raises:
        InvalidInput: with the faults of all items; what several stumbled over is told once.
    """
    made: list[Made] = []
    faults: list[Fault] = []
    for item in items:
        try:
            made.append(read(item))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return made
