"""What is met within another compilation becomes a part of it, and whole machine code once Python calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from optimizer.compiling import FUNCTIONS, compiled


@pytest.fixture(autouse=True)
def _of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions of a test are no functions of the optimizer."""
    monkeypatch.setattr("optimizer.compiling.FUNCTIONS", [*FUNCTIONS])
    monkeypatch.setattr("optimizer.compiling.home", lambda: tmp_path)


def test_a_part_is_no_code_of_its_own_until_python_calls_it(tmp_path: Path) -> None:
    @compiled
    def inner(x: Any) -> Any:
        return 2 * x

    @compiled
    def outer(x: Any) -> Any:
        return inner(x) + inner(x + 1)

    def filed() -> int:
        return len(list(tmp_path.rglob("*.nbc")))

    assert outer(3) == 14
    assert (filed(), len(cast(Any, inner).signatures)) == (1, 1)
    assert inner(3) == 6
    assert (filed(), len(cast(Any, inner).signatures)) == (2, 1)

    @compiled
    def another(x: Any) -> Any:
        return inner(x) - 1

    assert (another(3), outer(3), inner(3)) == (5, 14, 6)


def test_parts_of_parts_arrays_and_calls_of_oneself() -> None:
    @compiled
    def factorial(n: Any) -> Any:
        if n <= 1:
            return 1
        return n * factorial(n - 1)

    @compiled
    def fill(numbers: Any) -> Any:
        for n in range(len(numbers)):
            numbers[n] = factorial(n)

    @compiled
    def total(size: Any) -> Any:
        numbers = np.zeros(size)
        fill(numbers)
        return numbers.sum()

    assert total(5) == 1 + 1 + 2 + 6 + 24
    numbers = np.zeros(4)
    fill(numbers)
    assert numbers.tolist() == [1, 1, 2, 6]
    assert factorial(5) == 120


def test_what_a_part_says_when_it_cannot_be_compiled() -> None:
    @compiled
    def inner(x: Any) -> Any:
        return x.nothing

    @compiled
    def outer(x: Any) -> Any:
        return inner(x)

    with pytest.raises(Exception, match="nothing"):
        outer(1)
    with pytest.raises(Exception, match="nothing"):
        inner(1)
