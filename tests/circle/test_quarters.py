"""A short version of the four quarters: what must hold however short the searches are."""

from __future__ import annotations

from pathlib import Path

from circle.quarters import FOLLOWING, a_year


def test_nothing_is_lost_over_two_quarters_of_the_sample(tmp_path: Path) -> None:
    # every plan passes the referee and every issue is followed, else this raises
    year = a_year(1.0, 0.2, tmp_path, quarters=2)
    assert len(year.quarters) == 2 <= len(FOLLOWING)
    assert sum(year.fair.values()) > 0
    assert abs(sum(year.hours.values()) - sum(year.fair.values())) < 1e-6
