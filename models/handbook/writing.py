"""The handbook workbook: a row ready for each visit and each issue of its agenda, with drop-downs and notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from models.clock import format_clock
from models.faults import Fault, InvalidInput
from models.handbook import columns
from models.handbook.columns import CONDITION, TOLD, VISITS, forms, note_of
from models.handbook.context import Context
from models.handbook.naming import KINDS, CellNames
from models.handbook.records import Records
from models.handbook.reports import LEAST_LEVEL, LIMITS, MOST_LEVEL, Handbook, Report
from models.intake.columns import GUIDE, Column, Form
from models.problem import Visit
from models.saying import both
from models.thai.days import thai_date

#: rows below the last one written that still have drop-downs
SPARE_ROWS: Final = 300
_DATES: Final = ("date", "due", "by")
_WIDE: Final = {"cooperative": 40, "title": 36, "text": 70, "what": 50, "remarks": 50, "title_th": 36, "title_en": 36,
                "planned": 20, "planned_crew": 22, "officers": 22, "who": 24}  # fmt: skip
_GUIDE_TEXT: Final = {
    "en": (
        "A row stands ready for each visit: write yes or no under held, and what happened.",
        "The sheet progress has a row for each issue of a visit: what became of it, and the sessions held.",
        "New issues, strengths, weaknesses, what is urgent, and agreed steps have sheets of their own; begin each row "
        "with the visit's id.",
        "A visit whose held is empty is not reported yet. Grey columns are for you to find the row; they are not read.",
        "Condition: 1 very poor, 2 poor, 3 fair, 4 good, 5 very good.",
        "Save, and give the workbook to the commands evaluate and next.",
    ),
    "th": (
        "แต่ละการเข้าส่งเสริมมีแถวเตรียมไว้ เขียน ใช่ หรือ ไม่ใช่ ใต้ เข้าพบแล้ว แล้วกรอกผล",
        "แผ่น ผลตามประเด็น มีแถวของแต่ละประเด็น: ผลเป็นอย่างไร แนะนำไปกี่ครั้ง",
        "ประเด็นใหม่ จุดเด่น จุดอ่อน เรื่องเร่งด่วน และข้อตกลง มีแผ่นของตนเอง เริ่มแถวด้วยรหัสการเข้าส่งเสริม",
        "ถ้า เข้าพบแล้ว ยังว่าง หมายถึงยังไม่รายงาน คอลัมน์สีเทาช่วยหาแถว โปรแกรมไม่อ่าน",
        "สภาพ: 1 แย่มาก 2 แย่ 3 พอใช้ 4 ดี 5 ดีมาก",
        "บันทึก แล้วใช้กับคำสั่ง evaluate และ next",
    ),
}

Cells = dict[str, object]


def write_handbook(path: Path, context: Context, lang: str, handbook: Handbook | None = None) -> None:
    """Write the workbook to ``path``, headings and notes in ``lang`` ("th" or "en"), with the reports there are.

    Raises:
        ValueError: ``lang`` is neither.
        InvalidInput: the file cannot be written.
    """
    if lang not in _GUIDE_TEXT:
        raise ValueError(f"{lang!r} is none of the languages th, en")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    writer = _Writer(xlsxwriter.Workbook(str(path), options), context, lang)
    writer.guide()
    rows = _rows(context, handbook or Handbook(aspects=context.aspects), lang)
    for form in forms(context.aspects):
        writer.table(form, rows[form.name])
    try:
        writer.book.close()
    except (OSError, XlsxWriterException) as error:
        cause = both(f"It cannot be written: {error}.", f"เขียนไม่ได้ ({error})")
        remedy = both("Choose another place or name.", "เลือกที่อื่นหรือชื่ออื่น")
        raise InvalidInput([Fault("file-unwritable", str(path), cause, remedy)]) from None


def _rows(context: Context, handbook: Handbook, lang: str) -> dict[str, list[Cells]]:
    """The rows of every sheet, choices by their keys."""
    sheets: dict[str, list[Cells]] = {name: [] for name in (VISITS, columns.PROGRESS, columns.NEW_ISSUES,
                                                           columns.FINDING, columns.STEPS)}  # fmt: skip
    cooperatives, officers = _names(context, lang)
    naming = CellNames(context)
    records = Records.until(context, handbook)
    for visit in context.ordered:
        report = handbook.by_visit.get(visit.id)
        about: Cells = {"visit": visit.id, "cooperative": cooperatives[visit.cooperative]}
        sheets[VISITS].append(about | _planned(context, visit, officers, lang) | _visit_cells(report, naming, lang))
        sheets[columns.PROGRESS] += [about | cells for cells in _progress_rows(records, visit, report, lang)]
        if report is None:
            continue
        own: Cells = {"visit": visit.id}
        sheets[columns.NEW_ISSUES] += [own | naming.cells_shown(part.model_dump(), lang) for part in report.new_issues]
        sheets[columns.FINDING] += [own | naming.cells_shown(part.model_dump(), lang) for part in report.findings]
        sheets[columns.STEPS] += [own | part.model_dump() for part in report.steps]
    return sheets


def _names(context: Context, lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the cooperatives and of the officers, by id; one of each kind may bear the same id."""
    cooperatives = {row.id: row.name or row.id for row in context.problem.cooperatives}
    officers = {row.id: row.id for row in context.problem.officers}
    if context.office:
        cooperatives |= {row.id: row.name_th if lang == "th" else row.name_en for row in context.office.cooperatives}
        officers |= {row.id: row.name_th if lang == "th" else row.name_en for row in context.office.officers}
    return cooperatives, officers


def _planned(context: Context, visit: Visit, officers: Mapping[str, str], lang: str) -> Cells:
    place = context.places.get(visit.id)
    if place is None:
        return {}
    date = thai_date(place.date) if lang == "th" else place.date.isoformat()
    return {
        "planned": f"{date} {format_clock(round(place.start))}",
        "planned_crew": "; ".join(f"{officers[id_]} ({id_})" for id_ in place.crew),
    }


def _visit_cells(report: Report | None, naming: CellNames, lang: str) -> Cells:
    if report is None:
        return {}
    people = naming.shown_together("officer", report.officers, lang)
    cells: dict[str, object] = {
        "held": "yes" if report.held else "no", "reason": report.reason, "date": report.date,
        "start": _clock(report.start), "end": _clock(report.end), "officers": people or None,
        "km": report.km, "remarks": report.remarks,
    }  # fmt: skip
    if report.held:
        cells |= {"board": report.board, "management": report.management, "members": report.members}
    return cells | {f"{CONDITION}{aspect}": level for aspect, level in report.condition.items()}


def _clock(minutes: float | None) -> str | None:
    return None if minutes is None else format_clock(minutes)


def _progress_rows(records: Records, visit: Visit, report: Report | None, lang: str) -> Iterator[Cells]:
    told = {part.issue: part for part in report.progress} if report else {}
    known = {issue.id: issue for issue in records.issues_of[visit.cooperative]}
    found = [issue.id for issue in records.found_before(visit)]
    for id_ in dict.fromkeys([*(visit.issues or ()), *found, *told]):
        issue, part = known.get(id_), told.get(id_)
        cells: dict[str, object] = {"issue": id_}
        if issue is not None:
            title = (issue.title_th if lang == "th" else issue.title_en) or issue.title_th or issue.title_en
            cells |= {"title": title, "wanted": issue.wanted}
        if part is not None:
            cells |= {"outcome": part.outcome, "sessions": part.sessions, "needed": part.needed, "remarks": part.note}
        yield cells


class _Writer:
    """Writes sheet after sheet in one language."""

    def __init__(self, book: Any, context: Context, lang: str) -> None:
        self.book, self.context, self.lang, self.thai = book, context, lang, lang == "th"
        font = {"font_name": "TH Sarabun New", "font_size": 14} if self.thai else {}
        self.plain = book.add_format({**font, "valign": "top", "text_wrap": True})
        self.text = book.add_format({**font, "valign": "top", "num_format": "@", "text_wrap": True})
        self.told = book.add_format({**font, "valign": "top", "text_wrap": True, "bg_color": "#EEF1F3"})
        self.date = book.add_format({**font, "valign": "top", "num_format": "yyyy-mm-dd"})
        heading = {**font, "bold": True, "bottom": 1, "valign": "top", "text_wrap": True}
        self.needed = book.add_format({**heading, "bg_color": "#FFE2A8"})
        self.optional = book.add_format({**heading, "bg_color": "#DCEBE9"})
        #: where the names to choose from stand: column -> cells of the guide's sheet
        self.lists: dict[str, str] = {}
        #: fixed, so that one plan makes one file, byte for byte
        days = context.problem.workdays
        book.set_properties({"created": dt.datetime.combine(days[0] if days else dt.date(1970, 1, 1), dt.time())})

    def guide(self) -> None:
        """The sheet that explains the others, and says where data are made up."""
        sheet = self.book.add_worksheet(GUIDE[self.thai])
        sheet.set_column(0, 0, 120)
        lines = list(_GUIDE_TEXT[self.lang])
        if self.context.illustrative:
            made_up = ("Illustrative data: the cooperatives and officers in this workbook are made up.",
                       "ข้อมูลตัวอย่าง: สหกรณ์และเจ้าหน้าที่ในสมุดงานนี้สมมติขึ้น")  # fmt: skip
            lines.insert(0, made_up[self.thai])
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.plain)
        self._names_to_choose(sheet, len(lines) + 1)

    def _names_to_choose(self, sheet: Any, top: int) -> None:
        """The names of topics and partners below the guide: a list in a cell's own rule holds 255 characters only."""
        naming = CellNames(self.context)
        for column, heading in (("topic", both("Topics", "ด้าน")), ("partner", both("Partners", "หน่วยงานสนับสนุน"))):
            names = naming.all_shown(KINDS[column], self.lang)
            if not names:
                continue
            sheet.write_string(top, 0, heading.in_language(self.lang) or heading, self.optional)
            for row, name in enumerate(names, start=top + 1):
                sheet.write_string(row, 0, name, self.plain)
            self.lists[column] = f"='{sheet.get_name()}'!$A${top + 2}:$A${top + 1 + len(names)}"
            top += len(names) + 2

    def table(self, form: Form, rows: Sequence[Cells]) -> None:
        """One sheet with its rows, headings frozen, drop-downs below."""
        sheet = self.book.add_worksheet(form.thai if self.thai else form.name)
        sheet.freeze_panes(1, 2)
        last = len(rows) + SPARE_ROWS
        told = TOLD.get(form.name, ())
        for number, column in enumerate(form.columns):
            heading = column.thai if self.thai else column.key
            sheet.write_string(0, number, heading, self.needed if column.required else self.optional)
            sheet.write_comment(0, number, note_of(form.name, column.key)[self.thai], {"x_scale": 2, "font_size": 10})
            style = self._style(column, told)
            sheet.set_column(number, number, _WIDE.get(column.key, 14), style)
            rule = self._rule(column)
            if rule is not None:
                sheet.data_validation(1, number, last, number, rule)
            for row, cells in enumerate(rows, start=1):
                self._write(sheet, row, number, column, cells.get(column.key), style)
        sheet.autofilter(0, 0, max(1, len(rows)), len(form.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _style(self, column: Column, told: Sequence[str]) -> Any:
        if column.key in told:
            return self.told
        numeric = column.key in LIMITS or column.key.startswith(CONDITION)
        return self.date if column.key in _DATES else self.plain if numeric else self.text

    def _write(self, sheet: Any, row: int, at: int, column: Column, value: object, style: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, dt.date):
            sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), style)
        elif isinstance(value, int | float):
            sheet.write_number(row, at, value, style)
        else:
            text = str(value)
            sheet.write_string(row, at, column.choices.get(text, text) if self.thai else text, style)

    def _rule(self, column: Column) -> dict[str, Any] | None:
        """What a spreadsheet offers and watches in the cells of a column; None: nothing."""
        if column.choices:
            return {"validate": "list", "source": list(column.choices.values() if self.thai else column.choices)}
        if column.key in self.lists:
            return {"validate": "list", "source": self.lists[column.key], "show_error": False}  # ids are read, too
        least, most = LIMITS.get(column.key, (None, None))
        if column.key.startswith(CONDITION):
            least, most = LEAST_LEVEL, MOST_LEVEL
        if least is None:
            return None
        kind = "decimal" if column.key == "km" else "integer"
        return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
