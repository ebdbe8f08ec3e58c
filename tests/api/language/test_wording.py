"""Texts in both languages, Thai dates with Buddhist years, numbers."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter

import pytest
from support.builders import days, on

import api.exports
from api.language.texts import TEXTS
from api.language.wording import Wording, filled

TH, EN = Wording("th"), Wording("en")
API = Path(api.exports.__file__).parents[1]
SOURCES = [*API.rglob("*.py"), *API.glob("exports/templates/*.j2")]
USED = re.compile(r"""\b(?:w|words)(?:\.head|\.count)?\(\s*["']([a-z0-9_-]+)["']""")

#: families of texts, completed by a code, a part of the cost, a direction and the like
BEGINNINGS = {"audience_", "direction_", "kind_", "part_", "reason_", "standard_", "status_", "unit_"}


def test_thai_dates_have_buddhist_years() -> None:
    date = dt.date(2012, 8, 1)
    assert TH.date(date) == "1 ส.ค. 2555"
    assert TH.long_date(date) == "วันพุธที่ 1 สิงหาคม 2555"
    assert TH.month(date) == "สิงหาคม 2555"
    assert TH.short_date(date) == "พ. 1 ส.ค."
    assert EN.long_date(date) == "Wednesday 1 August 2012"


def test_the_last_day_of_the_calendar_has_a_buddhist_year_too() -> None:
    assert TH.date(dt.date.max) == "31 ธ.ค. 10542"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (on(1), on(1), "1 ส.ค. 2555"),
        (on(1), on(9), "1–9 ส.ค. 2555"),
        (on(1), dt.date(2012, 10, 31), "1 ส.ค. – 31 ต.ค. 2555"),
        (on(1), dt.date(2013, 1, 2), "1 ส.ค. 2555 – 2 ม.ค. 2556"),
    ],
)
def test_spans_say_shared_parts_once(first: dt.date, last: dt.date, text: str) -> None:
    assert TH.span(first, last) == text


def test_runs_of_days_are_drawn_together() -> None:
    assert EN.dates(days(3, 4, 5, 7)) == "3–5, 7 Aug"
    assert EN.dates(days(30, 31, 32)) == "30–31 Aug, 1 Sep"
    assert TH.dates(days(6)) == "6 ส.ค."


def test_numbers_and_counts() -> None:
    assert EN.number(1234.56, 1) == "1,234.6"
    assert EN.number(-0.001, 1) == "0.0"
    assert EN.percent(0.125) == "12 %"
    assert EN.count("n_tours", 1) == "1 tour"
    assert EN.count("n_tours", 1200) == "1,200 tours"
    assert TH.count("n_tours", 1) == "1 เที่ยว"


def test_what_a_field_counts_follows_its_number() -> None:
    assert filled("in {days:day|days}", {"days": 1}) == filled("in {days:day|days}", {"days": "1"}) == "in 1 day"
    assert filled("in {days:day|days} of {all:.1f}", {"days": 11, "all": 2}) == "in 11 days of 2.0"
    assert EN("u_overdue", topic="Accounts", issue="i1", count=1) == "Accounts (i1) due date passed 1 day ago"
    assert TH("u_overdue", topic="บัญชี", issue="i1", count=1) == "ประเด็นบัญชี (i1) เลยกำหนด 1 วัน"


def test_the_work_of_a_search() -> None:
    assert (TH.work("15.2 s"), EN.work("15.2 s")) == ("15.2 วินาที", "15.2 s")
    assert (TH.work("900 steps"), EN.work("900 steps")) == ("900 ขั้น", "900 steps")
    assert (TH.work("none"), TH.work("")) == ("none", "")  # what another program wrote stays as it is


def test_clocks_are_rounded_to_minutes_and_go_over_midnight() -> None:
    assert EN.clock(510.4) == "08:30"
    assert EN.clock(1500) == "25:00"


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'de'"):
        Wording("de")


def test_both_languages_say_something_and_fill_in_the_same() -> None:
    for key, texts in TEXTS.items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        assert all(text.strip() for text in texts), key
        # a text that counts need not say the number one
        assert fields[0] | {"n"} == fields[1] | {"n"}, key


def test_thai_is_thai_and_english_is_english() -> None:
    for key, (th, en) in TEXTS.items():
        assert re.search("[ก-๙]", th), key
        assert not re.search("[ก-๙]", en), key


def test_every_text_that_is_asked_for_exists_and_none_is_idle() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "texts.py")
    asked = set(USED.findall(source))
    # a name that ends in "_" is the beginning of several: it is completed where it is used
    exact, begun = {key for key in asked if key[-1] != "_"}, {key for key in asked if key[-1] == "_"}
    assert len(exact) > 50, "the pattern finds too little"
    assert exact <= TEXTS.keys(), exact - TEXTS.keys()
    begun |= {start for start in re.findall(r'f["\']([a-z_]+_)\{', source) if start in BEGINNINGS}
    assert begun == BEGINNINGS
    idle = {
        key for key in TEXTS
        if not re.search(rf"""["']{re.escape(key)}["']""", source) and not key.startswith(tuple(begun))
    }  # fmt: skip
    assert idle == set()
