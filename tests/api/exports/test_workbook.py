"""The workbook as a spreadsheet program reads it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from support.builders import on, plan, problem

from api.exports import workbook
from models.plan import Plan

from .conftest import FORMULA, Sample


def read(sample: Sample, lang: str = "en") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(sample.plan, sample.problem, sample.office, lang)))


def column(sheet: Worksheet, head: str) -> list[object]:
    """The cells below a column head."""
    (found,) = [cell for cell in sheet[4] if cell.value == head]
    return [sheet.cell(row, found.column).value for row in range(5, sheet.max_row + 1)]


def test_sheets_in_both_languages(sample: Sample) -> None:
    assert read(sample).sheetnames == [
        "By day", "Officer x week", "By cooperative", "Unplanned and late", "Cost", "Workload",
    ]  # fmt: skip
    assert read(sample, "th").sheetnames == [
        "รายวัน", "นักส่งเสริม × สัปดาห์", "รายสหกรณ์", "จัดไม่ได้และล่าช้า", "ค่าใช้จ่าย", "ภาระงาน",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_cell_is_a_formula_or_a_link_whatever_names_begin_with(sample: Sample, lang: str) -> None:
    content = workbook(sample.plan, sample.problem, sample.office, lang)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(FORMULA in str(cell.value) and cell.data_type == "s" for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 6
    assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)


def test_every_planned_visit_is_listed_by_day_and_by_cooperative(sample: Sample) -> None:
    book = read(sample)
    assert column(book["By day"], "Visit id") == ["c1-1", "c2-1", "c/3-1", "c1-2"]
    assert column(book["By cooperative"], "Visit id") == ["c1-1", "c1-2", "c2-1", "c/3-1", "c4-1"]
    assert column(book["By cooperative"], "Remarks")[-1] == "unplanned"


def test_days_have_true_dates_and_times(sample: Sample) -> None:
    sheet = read(sample)["By day"]
    assert column(sheet, "Date") == [dt.datetime(2012, 8, day) for day in (6, 6, 7, 14)]
    assert column(sheet, "Leaves") == [dt.time(8, 30), None, dt.time(9, 0), dt.time(8, 30)]
    assert column(sheet, "Returns") == [None, dt.time(11, 10), dt.time(15, 10), dt.time(9, 50)]
    assert column(sheet, "Remarks") == ["board meeting", None, "stand-in", "1 workday late"]


def test_thai_dates_show_buddhist_years_by_their_format(sample: Sample) -> None:
    sheet = read(sample, "th")["รายวัน"]
    assert sheet["A5"].number_format == "[$-107041E]ddd d mmm yyyy"
    assert sheet["A2"].value.startswith("1–15 ส.ค. 2555")


def test_the_officer_grid_has_a_column_a_week(sample: Sample) -> None:
    sheet = read(sample)["Officer x week"]
    assert [cell.value for cell in sheet[4]] == [
        "Officer", "Week 31\n1–3 Aug", "Week 32\n6–10 Aug", "Week 33\n13–15 Aug", "Hours",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]][1:4] == [
        None, "Mon 6 Aug: Mueang Khon Kaen (2)", "Tue 14 Aug: Mueang Khon Kaen",
    ]  # fmt: skip
    assert sheet["C8"].value == "away: 7 Aug"


def test_what_is_open_has_its_reason_and_price(sample: Sample) -> None:
    rows = [[cell.value for cell in row] for row in read(sample)["Unplanned and late"].iter_rows(min_row=5)]
    unplanned = next(row for row in rows if row[1] == "c4-1")
    assert unplanned[6:] == [10_000, "no officer of Provincial hall has topic z", "no-officer"]
    late = next(row for row in rows if row[1] == "c1-2")
    assert late[5:8] == [1, 120, "the visit before it is on 6 Aug 2012, and 7 days must lie between"]


def test_the_cost_sheet_adds_up_to_the_plans_total(sample: Sample) -> None:
    sheet = read(sample)["Cost"]
    amounts = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=5, max_row=18)}
    total = amounts.pop("Paid and weighed together")
    paid, weighed = amounts.pop("Paid"), amounts.pop("Weighed (not spent)")
    assert amounts.pop("Proven lower bound") == 9000
    assert sum(amounts.values()) == pytest.approx(total) == sample.plan.cost.total
    assert (paid, weighed) == (sample.plan.cost.paid, sample.plan.cost.weighed)
    assert paid + weighed == pytest.approx(total)


def test_prices_are_numbers_where_there_is_one(sample: Sample) -> None:
    sheet = read(sample)["Cost"]
    prices = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=5, max_row=16)}
    assert prices["Distance driven (estimated)"] == 4
    assert prices["Moved from published plan"] == "plain 200 · short notice 400"


def test_times_are_to_the_minute_that_every_output_shows(sample: Sample) -> None:
    first = sample.plan.tours[0]
    odd = first.model_copy(update={"depart": first.depart + 0.6})
    other = sample.plan.model_copy(update={"tours": (odd, *sample.plan.tours[1:])})
    sheet = read(Sample(other, sample.problem, sample.office))["By day"]
    assert column(sheet, "Leaves")[0] == dt.time(8, 31)


def test_the_workload_has_a_native_chart(sample: Sample) -> None:
    content = workbook(sample.plan, sample.problem, sample.office, "en")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert column(book["Workload"], "Hours")[:4] == pytest.approx([4.0, 160 / 60, 310 / 60, 0.0])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert any("Workload" in chart and "lineChart" in chart and "barChart" in chart for chart in charts)


def test_every_sheet_is_marked_frozen_and_set_up_for_a4(sample: Sample) -> None:
    for sheet in read(sample):
        assert "made up" in sheet["A3"].value
        assert sheet.oddHeader.center.text == "Illustrative data"
        assert sheet.freeze_panes == "B5"
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize("name", ["&" * 120, "\U0001f69a" * 120])
def test_the_mark_is_in_the_header_whatever_the_office_is_called(sample: Sample, name: str) -> None:
    """Excel's limit counts an ampersand twice, and what lies beyond the first plane of Unicode."""
    assert sample.office is not None
    office = sample.office.model_copy(update={"name_th": name, "name_en": name})
    for sheet in read(Sample(sample.plan, sample.problem, office)):
        assert sheet.oddHeader.center.text == "Illustrative data"
        assert sheet.oddHeader.left.text.startswith(name[:2])


def test_distances_are_marked_as_estimated(sample: Sample) -> None:
    book = read(sample)
    assert "estimated" in book["By day"]["A2"].value
    assert any("estimated" in str(cell.value) for cell in book["By day"][4])
    assert book["Cost"]["A5"].value == "Distance driven (estimated)"
    assert any("estimated" in str(cell.value) for cell in book["Workload"][4])


def test_thai_cells_are_in_a_thai_font(sample: Sample) -> None:
    assert read(sample, "th")["รายวัน"]["H5"].font.name == "TH Sarabun New"


def test_one_plan_makes_one_file(sample: Sample) -> None:
    again = [workbook(sample.plan, sample.problem, sample.office, "th") for _ in range(2)]
    assert again[0] == again[1]


def test_texts_longer_than_a_cell_are_cut(sample: Sample) -> None:
    assert sample.office is not None
    long = sample.office.issues[0].model_copy(update={"title_en": "x" * 40_000})
    office = sample.office.model_copy(update={"issues": (long,)})
    agenda = column(read(Sample(sample.plan, sample.problem, office))["By day"], "Agenda")
    assert len(str(agenda[0])) == 32_000


def test_an_office_without_officers_or_visits_has_its_sheets() -> None:
    of = problem(officers=[], visits=[], cooperatives=[])
    assert len(read(Sample(Plan(), of, None)).sheetnames) == 6
    assert plan(of).unplanned == ()
    assert read(Sample(Plan(), of, None))["By day"]["A2"].value.startswith("1–3 Aug 2012")
    assert on(1) in of.workdays
