"""Numbers in messages are written as people write them, and the example fits what is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from models.intake.cells import CellError, integer
from models.validation import cause_and_remedy


@pytest.mark.parametrize(
    ("kind", "most", "given", "cause", "remedy"),
    [
        (float, 1e9, 1e12, "be 1,000,000,000 or less", "1,000,000,000 or less"),
        (int, 65_535, 70_000, "be 65535 or less (found 70000)", "65535 or less"),  # a port, typed without a comma
        (float, 5_000.0, 99_999.0, "be 5,000 or less (found 99999)", "5,000 or less"),
        (float, 2.5, 2.75, "be 2.5 or less (found 2.75)", "2.5 or less"),
    ],
)  # fmt: skip
def test_limits_are_written_out(kind: Any, most: float, given: float, cause: str, remedy: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Annotated[kind, Field(le=most)]).validate_python(given)
    told = cause_and_remedy(caught.value.errors()[0])
    assert cause in told[0] and remedy in told[1]


@pytest.mark.parametrize("value", ["high", True, dt.date(2012, 5, 3), 2.5, None])
def test_a_whole_number_is_asked_for_with_one(value: Any) -> None:
    with pytest.raises(CellError) as caught:
        integer(value)
    assert caught.value.remedy == "Write digits only, such as 3."
