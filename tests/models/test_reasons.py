"""Reasons as a plan carries them: written as code and sentence, and read back without loss."""

from __future__ import annotations

import datetime as dt
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import on
from support.reasons import EXAMPLES

from models.reasons import FORMS, SHARES, SPANS, DaySpan, Reason, Share, read_reason

IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


def test_there_is_an_example_of_every_form_share_and_span() -> None:
    assert EXAMPLES.keys() == FORMS.keys()
    shares = EXAMPLES["no-room"].facts["shares"]
    assert isinstance(shares, tuple)
    assert {share.form for share in shares} == SHARES.keys()
    spans = {fact.form for reason in EXAMPLES.values() for fact in reason.facts.values() if isinstance(fact, DaySpan)}
    assert spans == SPANS.keys()


@pytest.mark.parametrize("reason", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_what_is_written_is_read_back(reason: Reason) -> None:
    text = str(reason)
    assert text.startswith(f"{reason.code}: ")
    assert read_reason(text) == reason


def test_a_reason_reads_as_a_sentence() -> None:
    assert (
        str(EXAMPLES["no-topic"]) == "no-officer: no officer with topic `x` is free between 2012-08-06 and 2012-08-10"
    )
    assert str(EXAMPLES["no-officer"]) == (
        "no-officer: no officer is free on any of its 3 possible days between 2012-08-06 and 2012-08-15"
    )


CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda minutes: dt.time(*divmod(minutes, 60)))


@given(st.sampled_from(sorted(FORMS)), IDS, IDS, st.dates(), st.dates(), st.integers(1, 999_999), CLOCKS)
def test_any_ids_and_dates_are_read_back(
    form: str, one: str, other: str, first: dt.date, last: dt.date, number: int, clock: dt.time
) -> None:
    facts = {
        "cooperative": one, "office": one, "topic": one, "partner": other, "first": first, "last": last,
        "number": number, "span": DaySpan(first, last, number if first < last else None),
        "shares": (Share("no-car", number),), "arrive": clock, "begin": clock, "until": clock,
    }  # fmt: skip
    named = [name for _, name, _, _ in Formatter().parse(FORMS[form][1]) if name]
    text = str(Reason(form, {name: facts[name] for name in named}))
    read = read_reason(text)
    assert read is not None
    assert str(read) == text


@given(st.text())
def test_a_text_of_another_hand_is_not_understood(text: str) -> None:
    assert read_reason(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no-officer: nobody wanted to go",
        "no-officer: no officer is free on 2012-02-30",
        "no-officer: no officer is free in August",
        "no-room: of its 2 possible days from 2012-08-06 to 2012-08-07, on 2 it rained",
        "gap: no officer is free on 2012-08-09",
        "no-officer: no officer with topic `" + "x" * 5000 + "` is free on 2012-08-09",
    ],
)
def test_a_sentence_that_is_nearly_ours_is_not_understood(text: str) -> None:
    assert read_reason(text) is None


def test_a_span_of_one_day_says_so() -> None:
    assert str(Reason("dear", {"span": DaySpan(on(9), on(9))})).startswith("dear: there is room on 2012-08-09, ")
