"""Numbers that are given to commands and functions: read strictly, each with its limits, a fault in the caller's words.

A truth value is no number, nor is a text; numbers of numpy and pandas are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Integral, Real
from typing import Final

from models.faults import Fault, InvalidInput
from models.saying import Said, both

#: seeds lie below it
SEEDS: Final = 2**31
#: threads that one search may have
WORKERS: Final = 64


def real(value: object, where: str, holds: Callable[[float], bool], remedy: Said) -> float:
    """The finite number that ``value`` is, where it ``holds``.

    Raises:
        InvalidInput: it is no number, or does not hold.
    """
    if isinstance(value, Real) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:  # larger than any float
            raise InvalidInput([refused(value, where, remedy)]) from None
        if math.isfinite(number) and holds(number):
            return number
        value = int(number) if number.is_integer() else number  # -5 for -5.0
    raise InvalidInput([refused(value, where, remedy)])


def whole(value: object, where: str, least: int, most: int) -> int:
    """The whole number from ``least`` to ``most`` that ``value`` is.

    Raises:
        InvalidInput: it is none.
    """
    if isinstance(value, Integral) and not isinstance(value, bool) and least <= int(value) <= most:
        return int(value)
    remedy = both(f"Give a whole number from {least} to {most}.", f"ระบุจำนวนเต็ม {least} ถึง {most}")
    raise InvalidInput([refused(value, where, remedy)])


def refused(value: object, where: str, remedy: Said) -> Fault:
    """That ``value`` cannot be used."""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # a whole number of more digits than Python writes
        text = f"<{type(value).__name__}>"
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return Fault("option-value", where, both("It is {value}.", "ระบุไว้ {value}", value=text), remedy)


def seconds(value: object, where: str = "seconds") -> float:
    """How long to search.

    Raises:
        InvalidInput: it is no finite number above 0.
    """
    return real(value, where, lambda number: number > 0, both("Give more than 0 seconds.", "ระบุมากกว่า 0 วินาที"))


def seconds_if_any(value: object, where: str = "seconds") -> float:
    """How long to search besides; 0: not at all.

    Raises:
        InvalidInput: it is no finite number, 0 or more.
    """
    return real(value, where, lambda number: number >= 0, both("Give 0 seconds or more.", "ระบุ 0 วินาทีขึ้นไป"))


def gap(value: object, where: str = "gap") -> float:
    """The gap at which a search may stop, as a share.

    Raises:
        InvalidInput: it is no number from 0 up to 1.
    """
    remedy = both("Give a share from 0 up to 1: 0.03 is 3 %.", "ระบุสัดส่วน 0 ถึง 1 เช่น 0.03 คือ 3 %")
    return real(value, where, lambda number: 0 <= number < 1, remedy)


def seed(value: object, where: str = "seed") -> int:
    """Where the draws of a search begin.

    Raises:
        InvalidInput: it is no whole number from 0 to 2147483647.
    """
    return whole(value, where, 0, SEEDS - 1)


def workers(value: object, where: str = "workers") -> int:
    """Threads of one search.

    Raises:
        InvalidInput: it is no whole number from 1 to 64.
    """
    return whole(value, where, 1, WORKERS)
