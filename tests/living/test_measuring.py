"""The short version of ``make living``: nothing may be wrong; how fast is for a quiet machine to say."""

from __future__ import annotations

import pytest

from api.what_if import running
from living.measuring import arguments, measure


@pytest.mark.parametrize(
    "chosen",
    [
        "--only absences --absences 2 --seconds 0.2 --published 1",
        "--only explanations --published 1 --again 2 --most 1",
        "--only impossible --problems 30 --seed 3",
        "--only cases --seeds 1 --run 0.2",
    ],
)
def test_what_is_measured_is_right(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "GRACE", 3600.0)  # a machine that is held up is no reason not to keep a plan here
    figures = measure(arguments().parse_args(chosen.split()))
    found = [each for each in figures.values() if isinstance(each, dict)]
    assert found
    assert [each["wrong"] for each in found] == [[] for _ in found]
