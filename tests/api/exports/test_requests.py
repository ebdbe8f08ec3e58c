"""Travel requests: a sheet for each tour, with what an approver has to know."""

from __future__ import annotations

import pytest
from support.builders import problem

from api.exports import travel_requests
from models.plan import Plan

from .conftest import FORMULA, SCRIPT, Sample
from .pages import Page, loads_nothing


def made(sample: Sample, lang: str = "en") -> Page:
    return Page(travel_requests(sample.plan, sample.problem, sample.office, lang))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_it_is_well_nested_asks_nobody_for_anything_and_runs_nothing(sample: Sample, lang: str) -> None:
    found = made(sample, lang)
    assert found.faults == []
    assert loads_nothing(found)
    assert found.all("script") == []
    assert found.all("html")[0].attributes["lang"] == lang


def test_there_is_a_marked_sheet_for_each_tour_in_order(sample: Sample) -> None:
    sheets = made(sample, "th").all("article", "sheet")
    assert [sheet.attributes["id"] for sheet in sheets] == ["t1", "t2", "t3"]
    for sheet, date in zip(sheets, ("6", "7", "14"), strict=True):
        assert f"ที่ {date} สิงหาคม 2555" in sheet.text
        assert "ขออนุมัติเดินทางไปราชการ" in sheet.text
        assert "ข้อมูลตัวอย่าง: สหกรณ์และนักส่งเสริมในเอกสารนี้สมมติขึ้น" in sheet.text
        assert "ลงชื่อ" in sheet.text


def test_a_sheet_says_who_goes_where_what_for_and_how_far(sample: Sample) -> None:
    first, second, _ = (sheet.text for sheet in made(sample).all("article", "sheet"))
    for words in (
        "I, Officer 1, with a crew of 2 in all,", "to advise 2 cooperatives", "leaving the office at 08:30", FORMULA,
        "08:40–09:40", "Registers (members)", "Partner: Auditing Office", "40.0 km (estimated)",
        "08:30–11:10 · 2 h 40 min", "number 1 of the day",
    ):  # fmt: skip
        assert words in first, words
    assert "travelling alone" in second
    assert "regular advice visit" in second
    assert "break 11:30–12:30" in second


def test_it_is_addressed_to_the_head_of_the_office(sample: Sample) -> None:
    assert sample.office is not None
    assert "เรียนสหกรณ์จังหวัดตัวอย่าง" in made(sample, "th").all("dl", "head")[0].text.replace("\n", "")
    assert "the head of Sample Provincial Cooperative Office" in made(sample).all("dl", "head")[0].text
    other = Sample(sample.plan, sample.problem, sample.office.model_copy(update={"name_th": "หน่วยที่ 3"}))
    assert "หัวหน้าหน่วยที่ 3" in made(other, "th").all("dl", "head")[0].text


def test_the_time_away_is_that_between_the_clock_times_shown(sample: Sample) -> None:
    first = sample.plan.tours[0]
    # from 08:30:24, shown as 08:30, to 11:10:06
    odd = first.model_copy(update={"depart": first.depart + 0.4, "return_": first.return_ + 0.1})
    other = sample.plan.model_copy(update={"tours": (odd, *sample.plan.tours[1:])})
    assert "08:30–11:10 · 2 h 40 min" in made(Sample(other, sample.problem, sample.office)).all("article")[0].text


def test_per_diem_is_by_the_hours_away_and_the_offices_rate(sample: Sample) -> None:
    assert sample.office is not None
    texts = [sheet.text for sheet in made(sample).all("article", "sheet")]
    assert "below 6 hours: none" in texts[0]
    assert "6 to 12 hours, half a day: 120 baht × 1 = 120 baht" in texts[1]
    richer = Sample(sample.plan, sample.problem, sample.office.model_copy(update={"per_diem_baht": 301.0}))
    assert "150.50 baht × 1 = 150.50 baht" in made(richer).all("article", "sheet")[1].text


def test_the_requester_is_a_lead_who_rides_along_else_the_first_of_the_crew(sample: Sample) -> None:
    rows = [row.text for row in made(sample).all("tr")]
    assert any("Officer 1" in row and "requester" in row for row in rows)
    assert any("Officer =3" in row and "requester" in row for row in rows), "the lead of c/3 stays at home"


def test_names_are_text_and_never_markup(sample: Sample) -> None:
    found = made(sample)
    assert SCRIPT in found.all("body")[0].text
    assert SCRIPT not in found.source


def test_headings_and_tables_are_marked_as_such(sample: Sample) -> None:
    found = made(sample)
    assert len(found.all("h1")) == 1
    assert len(found.all("h2")) == 3
    assert all("scope" in e.attributes for e in found.all("th"))
    links = {e.attributes["href"] for e in found.all("a")}
    assert links == {"#t1", "#t2", "#t3"}


def test_without_an_office_the_usual_rate_counts_and_nothing_is_marked(bare: Sample) -> None:
    texts = [sheet.text for sheet in made(bare).all("article", "sheet")]
    assert "half a day: 120 baht × 1 = 120 baht" in texts[1]
    assert not any("Illustrative" in text or "estimated" in text for text in texts)


def test_a_plan_without_tours_says_so() -> None:
    of = problem(visits=[], cooperatives=[])
    assert "This plan has no tours" in made(Sample(Plan(), of, None)).all("body")[0].text
