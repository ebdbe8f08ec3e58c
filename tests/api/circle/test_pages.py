"""Handbook, evaluation and next quarter as people get them: both languages, on paper, safe whatever names say."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from random import Random
from string import Formatter

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, sync_playwright
from support.browsers import opened
from support.circle import little_context, little_handbook, random_handbook
from support.publishing import little_plan
from support.strategies import problems

from api.circle.charts import drawn, kept_by_week
from api.circle.evaluation import evaluation_page
from api.circle.handbook import handbook_page
from api.circle.next_page import lines_of
from api.circle.telling import Telling
from api.circle.workbook import evaluation_workbook
from api.language.circle import CIRCLE
from api.language.texts import TEXTS
from models.evaluation.evaluating import evaluate
from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.records import Records
from models.handbook.reports import Finding, Handbook, Step
from models.intake import read_office
from models.next_quarter.making import next_quarter
from models.plan import Plan

HARM = "<script>alert('harm')</script>"
FORMULA = '=HYPERLINK("http://harm.example","x")'
SAMPLE = Path(__file__).parents[3] / "data" / "khonkaen"
#: CSS pixels of an A4 page within the margins that the style sets
WIDE, HIGH = 703, 1039


def records() -> Records:
    """The little office, its texts such as would do harm where they are not taken as mere text."""
    context = little_context()
    handbook = little_handbook()
    first = handbook.reports[0].model_copy(
        update={
            "findings": (Finding(kind="urgent", topic="x", text=HARM), Finding(kind="strength", text=FORMULA)),
            "steps": (Step(what=HARM, who=FORMULA),),
            "remarks": HARM,
        }
    )
    assert context.office is not None
    rows = tuple(row.model_copy(update={"name_th": HARM, "name_en": FORMULA}) for row in context.office.cooperatives)
    office = context.office.model_copy(update={"cooperatives": rows})
    whole = handbook.model_copy(update={"reports": (first, *handbook.reports[1:])})
    return Records.until(Context(context.plan, context.problem, office), whole)


def pages(found: Records, lang: str) -> list[str]:
    tell = Telling(found, lang)
    figures = evaluate(found)
    return [handbook_page(found, lang), evaluation_page(tell, figures), evaluation_page(tell, figures, figures)]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_pages_take_text_as_text_run_nothing_and_say_what_is_made_up(lang: str) -> None:
    for text in pages(records(), lang):
        assert "<script" not in text
        assert "default-src 'none'" in unescape(text)
        assert TEXTS["illustrative_long"][lang == "en"] in text
        assert not re.search(r"(src|href)=\"(?!#|data:)", text), "nothing is asked for from elsewhere"
        assert ("สหกรณ์จังหวัด" in text) == (lang == "th")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_workbook_holds_no_formula_and_is_made_the_same_again(lang: str) -> None:
    tell = Telling(records(), lang)
    made = evaluation_workbook(tell, evaluate(tell.records))
    assert made == evaluation_workbook(Telling(records(), lang), evaluate(tell.records))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all("สมมติ" in str(sheet["A3"].value) or "made up" in str(sheet["A3"].value) for sheet in book)


def test_texts_of_the_circle_hide_none_of_the_others() -> None:
    assert all(TEXTS[key] == CIRCLE[key] for key in CIRCLE)
    for key, (thai, english) in CIRCLE.items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (thai, english)]
        assert fields[0] == fields[1], key


@settings(max_examples=15)
@given(of=problems(disturbed=False), random=st.randoms(use_true_random=False), lang=st.sampled_from(["th", "en"]))
def test_any_problem_has_its_pages(of: object, random: Random, lang: str) -> None:
    from models.problem import Problem

    assert isinstance(of, Problem)
    problem = of.changed(published=None, today=None, pins=None)
    context = Context(little_plan(problem, random), problem)
    handbook = random_handbook(context, random)
    found = Records.until(context, handbook)
    assert handbook_page(found, lang).count("<article") == len(problem.cooperatives) + len(problem.officers)


@pytest.fixture(scope="module")
def sheet() -> Iterator[Page]:
    """A browser's page as wide and high as A4 within its margins, that shows what would be printed."""
    with sync_playwright() as started:
        browser = opened(started)
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
        page.emulate_media(media="print")
        yield page
        browser.close()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_summary_of_the_sample_takes_one_page(sheet: Page, lang: str) -> None:
    book = read_office(SAMPLE)
    plan = Plan.model_validate_json((SAMPLE / "reports" / "plan.json").read_text("utf-8"))
    context = Context(plan, book.problem, book.office)
    handbook = read_handbook(SAMPLE / "reports" / "handbook.json", context)
    found = Records(context, handbook, dt.date(2012, 9, 14))
    sheet.set_content(evaluation_page(Telling(found, lang), evaluate(found)))
    height = sheet.locator("#summary").evaluate("sheet => sheet.getBoundingClientRect().height")
    assert 500 < height <= HIGH
    assert sheet.evaluate("document.documentElement.scrollWidth") <= WIDE
    sheet.set_content(handbook_page(found, lang, ["c001"], ["o01"]))
    assert sheet.evaluate("document.documentElement.scrollWidth") <= WIDE
    assert sheet.locator(".signatures").count() == 2


def test_the_sample_in_thai_is_told_without_codes_or_english() -> None:
    book = read_office(SAMPLE)
    plan = Plan.model_validate_json((SAMPLE / "reports" / "plan.json").read_text("utf-8"))
    context = Context(plan, book.problem, book.office)
    handbook = read_handbook(SAMPLE / "reports" / "handbook.json", context)
    made = next_quarter(SAMPLE, plan, book.problem, handbook, dt.date(2012, 11, 1), dt.date(2013, 1, 31))
    lines = lines_of(made, "th")
    assert len({line.table for line in lines}) > 5
    for line in lines:
        for said in (line.row, line.before, line.after, line.why):
            bare = re.sub(r"\([^)]*\)", "", said)  # an id may follow what it is called
            assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Za-z]", bare), line
    found = Records(context, handbook, dt.date(2012, 9, 14))
    labels = re.findall(r'aria-label="([^"]*)"', evaluation_page(Telling(found, "th"), evaluate(found)))
    assert len(labels) == 4
    assert not [label for label in labels if re.search("[A-Za-z]", label)]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_weeks_without_visits_stand_in_the_picture_of_weeks(lang: str) -> None:
    """The little plan visits on few days; with one more, five weeks on, every week between them has its place."""
    context = little_context()
    dates = sorted(tour.date for tour in context.plan.tours)
    late = dates[-1] + dt.timedelta(weeks=5)
    tours = [tour if tour.date != dates[-1] else tour.model_copy(update={"date": late}) for tour in context.plan.tours]
    plan = context.plan.model_copy(update={"tours": tuple(tours)})
    found = Records(Context(plan, context.problem, context.office), Handbook(), late + dt.timedelta(days=9))
    chart = kept_by_week(Telling(found, lang))
    assert chart is not None
    first, last = (day - dt.timedelta(days=day.weekday()) for day in (dates[0], late))
    between = [first + dt.timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    assert chart.to_dict()["encoding"]["x"]["scale"]["domain"] == [day.isoformat() for day in between]
    shown = drawn(chart)
    assert len(between) > 5 and all(f">{day.isocalendar().week}</text>" in shown for day in between)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_what_is_counted_has_whole_numbers_and_no_file_explains_the_page(lang: str) -> None:
    page = evaluation_page(Telling(records(), lang), evaluate(records()))
    chart = kept_by_week(Telling(records(), lang))
    assert chart is not None and chart.to_dict()["encoding"]["y"]["axis"] == {"format": "d", "tickMinStep": 1}
    assert "evaluation-th.md" not in page and "evaluation.md" not in page


def test_the_summary_sets_the_metered_kilometres_beside_those_planned_of_the_same_tours() -> None:
    """One tour's odometer beside the whole plan's money read as if nearly all of it had been saved."""
    found = records()
    figures = evaluate(found)
    assert 0 < figures.driving.metered_planned_km < figures.driving.planned_km
    summary = evaluation_page(Telling(found, "en"), figures).partition("<table")[0]
    driven, planned = (f"{km:,.0f}" for km in (figures.driving.metered_km, figures.driving.metered_planned_km))
    told = rf"<dd>{driven}</dd><dt>km driven on metered tours</dt><small>km planned of metered tours {planned}</small>"
    assert re.search(told, summary, re.I)


def test_no_reports_at_all_make_pages_too() -> None:
    context = little_context()
    for text in pages(Records.until(context, Handbook()), "en"):
        assert "<article" in text
        assert "e+308" not in text and "1.797" not in text
