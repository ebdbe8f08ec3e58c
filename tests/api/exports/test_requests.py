"""Travel requests: a sheet for each tour, with what an approver has to know."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from support.builders import on, plan, problem, tour, visit

from api.exports import travel_requests
from api.exports.calendar import Calendar
from api.exports.requests import requests_of
from models.office import CarRow, Office
from models.plan import Plan

from .conftest import FORMULA, SCRIPT, Sample, planned_problems
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
        "Sila, Mueang Khon Kaen",
        "08:40–09:40", "Registers (members)", "Partner: Auditing Office", "40.00 km (estimated) × 4 baht = 160 baht",
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


def test_money_is_what_the_plan_pays(sample: Sample) -> None:
    """40 km at 4 baht, two officers at 120 baht a day, and 10 baht for the car: 410 baht."""
    text = made(sample).all("article", "sheet")[0].text
    assert "120 baht × 2 = 240 baht" in text
    assert "In all410 baht" in text.replace("\n", "")


def test_times_in_thai_are_written_as_official_letters_write_them(sample: Sample) -> None:
    text = made(sample, "th").all("article", "sheet")[0].text
    assert "ออกจากสำนักงานเวลา 08.30 น." in text
    assert "08.40–09.40 น." in text
    assert "บันทึกข้อความ" in text
    assert "ต.ศิลา อ.เมืองขอนแก่น" in text  # the district always


def test_the_position_stands_where_the_office_says_it(sample: Sample) -> None:
    assert sample.office is not None
    officers = tuple(
        row.model_copy(update={"position_th": "นักวิชาการสหกรณ์ชำนาญการ"}) if row.id == "a" else row
        for row in sample.office.officers
    )
    other = Sample(sample.plan, sample.problem, sample.office.model_copy(update={"officers": officers}))
    text = made(other, "th").all("article", "sheet")[0].text
    assert text.count("นักวิชาการสหกรณ์ชำนาญการ") == 3  # in the letter, in the table, under the signature


@settings(max_examples=60, deadline=None)
@given(planned_problems())
def test_the_requests_sum_up_to_what_the_plan_pays(drawn: Sample) -> None:
    """To the baht, with cars that have their own prices and per diem by the hours."""
    calendar = Calendar(drawn.plan, drawn.problem, None, "th")
    assert sum(request.total for request in requests_of(calendar)) == pytest.approx(drawn.plan.cost.paid, abs=0.005)


def test_a_car_with_a_name_stands_in_the_request_at_its_own_price() -> None:
    """The van costs 6 baht a kilometre and takes 20 km; its driver is known. From 6 hours on there are 120 baht."""
    cars = [{"id": "van", "seats": 4, "km": 6}, {"id": "small", "seats": 2}]
    rates = [{"hours": 0, "baht": 0}, {"hours": 6, "baht": 120}]
    of = problem(
        offices=[{"id": "kk", "location": 0, "cars": cars}], visits=[visit("c1-1", minutes=360), visit("c2-1")],
        prices={"km": 4, "officer_day": rates},
    )  # fmt: skip
    long = tour(of, on(1), ["a", "b"], ["c1-1"], car="van", id_="t1")
    made_plan = plan(of, long, tour(of, on(2), "a", ["c2-1"], car="small", id_="t2"))
    row = CarRow(id="van", name_th="รถตู้", name_en="Van", plate="กข 1234", driver="นายขับ", seats=4, depot="kk")
    office = Office(
        name_th="สำนักงาน",
        name_en="Office",
        cars=(row,),
        depots=(),
        cooperatives=(),
        officers=(),
        issues=(),
        topics=(),
        travel_estimated=False,
    )
    first, second = (s.text for s in made(Sample(made_plan, of, office)).all("article", "sheet"))
    assert "Van (กข 1234)" in first
    assert "นายขับ" in first
    assert "20.00 km × 6 baht = 120 baht" in first
    assert "120 baht × 2 = 240 baht" in first
    assert "an officer drives" not in first
    assert "an officer drives" not in second  # the office's table does not have the small car
    assert "none for so short a time" in second
    assert "40.00 km × 4 baht = 160 baht" in second
    assert made_plan.cost.paid == 120 + 240 + 160


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


def test_without_an_office_nothing_is_marked(bare: Sample) -> None:
    texts = [sheet.text for sheet in made(bare).all("article", "sheet")]
    assert "120 baht × 1 = 120 baht" in texts[1]
    assert not any("Illustrative" in text or "estimated" in text for text in texts)


def test_a_plan_without_tours_says_so() -> None:
    of = problem(visits=[], cooperatives=[])
    assert "This plan has no tours" in made(Sample(Plan(), of, None)).all("body")[0].text


def test_an_office_that_was_kept_with_a_per_diem_of_its_own_is_still_read(sample: Sample) -> None:
    assert sample.office is not None
    kept = sample.office.model_dump(mode="json") | {"per_diem_baht": 240.0}
    assert Office.model_validate(kept) == sample.office


def test_who_asks_heads_the_list_and_the_subject_has_no_code_of_the_tour() -> None:
    """b, the lead, asks: b is number 1 of the list, whatever the order of the crew."""
    of = problem()
    made_plan = plan(of, tour(of, on(1), ["a", "b"], ["c1-1"], id_="20120801-1"), leads={"c1": "b"})
    (request,) = requests_of(Calendar(made_plan, of, None, "th"))
    assert [person.id for person in request.travellers] == ["b", "a"]
    page = Page(travel_requests(made_plan, of, None, "th"))
    assert page.faults == []
    assert "20120801-1" not in page.all("article")[0].text


def test_no_word_of_a_place_breaks(sample: Sample) -> None:
    text = travel_requests(sample.plan, sample.problem, sample.office, "th")
    assert '<span class="nowrap">อ.เมืองขอนแก่น</span>' in text
    assert text.startswith("<!doctype html>")


def test_a_car_of_the_office_without_a_driver_is_driven_by_an_officer(sample: Sample) -> None:
    cars = [{"id": "van", "seats": 4, "km": 6}]
    of = problem(offices=[{"id": "kk", "location": 0, "cars": cars}], visits=[visit("c1-1")])
    alone = plan(of, tour(of, on(1), "a", ["c1-1"], car="van", id_="t1"))
    assert sample.office is not None
    row = CarRow(id="van", name_th="รถตู้", name_en="Van", plate="กข 1234", seats=4, depot="kk")
    office = sample.office.model_copy(update={"cars": (row,)})
    assert "an officer drives" in " ".join(made(Sample(alone, of, office)).all("article", "sheet")[0].text.split())
