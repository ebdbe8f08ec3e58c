"""The short version of ``make mixed``: everything that a day brings works; memory is for a long one to say."""

from __future__ import annotations

from load.mixed import SHARES, Day, growth, measure


def test_a_short_day_goes_without_an_error() -> None:
    readings, day = measure(seconds=4.0)
    assert day.tally.wrong == {}
    assert readings[0].errors == 0
    assert {"calendar", "feed"} <= day.tally.taken.keys()


def test_all_that_is_asked_for_is_something_that_a_day_does() -> None:
    own = {name for name in vars(Day) if not name.startswith("_") and name not in ("ask", "plan", "ended", "listen")}
    assert {kind.__name__ for kind in SHARES} == {name for name in own if callable(getattr(Day, name))}


def test_growth_is_that_of_the_last_quarter_over_the_first_one_after_warming_up() -> None:
    # warming up: 50, 60, 70; then quarters with medians 100, 100, 100 and 110
    sizes = [50, 60, 70, 100, 100, 100, 100, 100, 100, 110, 110, 110]
    assert growth(list(map(float, sizes))) == 10.0
