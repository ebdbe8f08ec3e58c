"""Whatever the problem, every output is made and can be read; and the page of a whole office stays small."""

from __future__ import annotations

import io
import json
from pathlib import Path

import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import plan, tour

from api.exports import csv, feed, geojson, page, travel_requests, workbook
from models.intake import read_office
from models.plan import Plan
from models.problem import Problem

from .conftest import Sample, planned_problems
from .pages import Page, loads_nothing

KHON_KAEN = Path(__file__).parents[3] / "data" / "khonkaen"


@settings(max_examples=25, deadline=None)
@given(planned_problems(), st.sampled_from(["th", "en"]))
def test_every_output_of_any_plan_can_be_read(drawn: Sample, lang: str) -> None:
    of = (drawn.plan, drawn.problem, None)
    visits = sum(len(tour.stops) for tour in drawn.plan.tours)
    for html in (page(*of, lang), travel_requests(*of, lang)):
        found = Page(html)
        assert found.faults == []
        assert loads_nothing(found)
    book = openpyxl.load_workbook(io.BytesIO(workbook(*of, lang)))
    assert len(book.worksheets) == 6
    whole = icalendar.Calendar.from_ical(feed(*of, lang=lang, previous=drawn.problem.published))
    assert sum(event["STATUS"] == "CONFIRMED" for event in whole.walk("VEVENT")) == visits
    assert len(json.loads(json.dumps(geojson(*of, lang)))["features"]) >= len(drawn.plan.tours)
    assert csv(*of, lang).count(b"\r\n") == visits + 1


@pytest.fixture(scope="module")
def khon_kaen() -> Sample:
    """The sample office with a calendar that fills it: every visit on some tour, the rules left aside."""
    book = read_office(KHON_KAEN)
    return Sample(_filled(book.problem), book.problem, book.office)


def _filled(of: Problem) -> Plan:
    """Three visits a tour, four tours a day, crews of two in turn."""
    tours = []
    for number, first in enumerate(range(0, len(of.visits), 3)):
        crew = [of.officers[(2 * number + k) % len(of.officers)].id for k in (0, 1)]
        visits = [visit.id for visit in of.visits[first : first + 3]]
        tours.append(tour(of, of.workdays[number // 4], crew, visits, id_=f"t{number}"))
    return plan(of, *tours)


def test_the_page_of_the_sample_office_is_small_and_marked(khon_kaen: Sample) -> None:
    text = page(khon_kaen.plan, khon_kaen.problem, khon_kaen.office, "th")
    assert len(text.encode()) < 3_000_000
    found = Page(text)
    assert found.faults == []
    assert loads_nothing(found)
    assert len([e for e in found.elements if e.of_class("officer")]) == 2 * len(khon_kaen.problem.officers)
    assert "ข้อมูลตัวอย่าง" in found.all("header")[0].text + found.all("p", "banner")[0].text
