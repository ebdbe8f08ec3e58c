"""Numbers that commands and functions are given: strictly read, each with its limits, and told in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from models import given
from models.faults import InvalidInput
from optimizer.params import Params
from optimizer.stopping import GapLimit, NoImprovement, StepLimit, TimeLimit

#: the last one is larger than any float
NO_NUMBERS = [True, "5", None, float("nan"), float("inf"), [5], np.bool_(True), 10**400]


@pytest.mark.parametrize("read", [given.seconds, given.gap, given.seed, given.workers])
@pytest.mark.parametrize("value", [*NO_NUMBERS, -1])
def test_what_is_no_number_is_refused(read: Callable[[object, str], float], value: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(value, "here")
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("option-value", "here")
    assert fault.in_language("th").cause.startswith("ระบุไว้")


@pytest.mark.parametrize("read", [given.seconds, given.gap, given.seed, given.workers])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_of_more_digits_than_python_writes_is_refused(read: Callable[[object, str], float], sign: int) -> None:
    with pytest.raises(InvalidInput):
        read(sign * 10**5000, "here")


def test_limits_belong_to_it_or_not() -> None:
    assert (given.gap(0), given.gap(0.99), given.seconds(1e-9)) == (0, 0.99, 1e-9)
    assert (given.seed(0), given.seed(np.int64(2**31 - 1)), given.workers(64)) == (0, 2**31 - 1, 64)
    for read, value in (
        (given.gap, 1),
        (given.seconds, 0),
        (given.seed, 2**31),
        (given.workers, 0),
        (given.workers, 65),
    ):
        with pytest.raises(InvalidInput):
            read(value, "here")


@pytest.mark.parametrize("limit", [TimeLimit, StepLimit, GapLimit, NoImprovement])
@pytest.mark.parametrize("value", NO_NUMBERS)
def test_a_stop_criterion_that_would_never_end_is_refused(limit: Callable[[Any], object], value: Any) -> None:
    with pytest.raises(InvalidInput):
        limit(value)


def test_parameters_tell_every_fault_at_once() -> None:
    wrong: dict[str, Any] = {"seed": "x", "warm": -1, "speed": 3}
    with pytest.raises(InvalidInput) as caught:
        Params(**wrong)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("field-value", "seed"),
        ("field-value", "warm"),
        ("field-unknown", "speed"),
    ]
    assert "http" not in str(caught.value)
