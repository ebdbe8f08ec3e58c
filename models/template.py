"""The empty workbook of an office: every sheet and heading that intake reads, with drop-downs and notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from models.faults import Fault, InvalidInput
from models.intake import labels
from models.intake.columns import FORMS, GUIDE, SETTINGS, Column, Form
from models.intake.settings import Settings
from models.plan import Frozen
from models.saying import LANGUAGES, both

#: rows below the headings that get drop-downs and number formats
ROWS = 1000

#: columns whose cells are ids of another table
_REFERENCES = {
    "cooperative": "cooperatives", "topic": "topics", "partner": "partners", "officer": "officers",
    "lead": "officers", "current_lead": "officers", "depot": "depots",
}  # fmt: skip
#: columns with limits that a spreadsheet can watch: kind, least, most
_LIMITS = {
    "severity": ("integer", 1, 5), "sessions": ("integer", 1, 50), "lat": ("decimal", -90, 90),
    "lon": ("decimal", -180, 180), "cars": ("integer", 0, 1_000), "seats": ("integer", 1, 100),
    "officers": ("integer", 1, 20),
    "per_day": ("integer", 0, 10_000), "max_days_per_week": ("integer", 0, 7),
    "longest_visit": ("decimal", 1, 1440), "fair_hours": ("decimal", 0, 10_000), "owed_visits": ("integer", 0, 50),
    "hours": ("decimal", -10_000, 10_000), "stand_ins": ("integer", 0, 10_000), "leads_taken": ("integer", 0, 10_000),
    "duty": ("integer", 0, 10_000),
}  # fmt: skip
_DATES = ("due", "content_ready", "last_visit", "from", "to", "horizon.first", "horizon.last")
#: the rules of the civil service and the sample's prices, to start from; the other settings start at their defaults
_START = {
    "day.start": "08:30", "day.end": "16:30", "day.break_minutes": 60, "day.break_earliest": "11:30",
    "day.break_latest": "13:00", "prices.km": 4, "prices.officer_day": "0: 0; 6: 120", "prices.late_day": 40,
    "prices.unplanned": 5000, "prices.stand_in": 400, "prices.overload_hour": 60, "prices.lead_change": 500,
    "prices.moved": 200, "prices.moved_soon": 400, "prices.crew_change": 60, "day.step_minutes": 5,
    "day.slack_minutes": 5, "day.cooperatives_lunch": "12:00-13:00",
}  # fmt: skip
_GUIDE_TEXT = {
    "en": (
        "Fill in the sheets, save, and give the workbook to the command plan.",
        "Headings in colour must be filled in; the notes on them say what goes into a cell.",
        "Leave out what you do not need: issues, absences, partners, cars, cars_on and speeds may stay empty.",
        "Where an id of another table goes, a name that only one bears will do, too.",
        "Dates: 2012-08-15, 15/08/2555 or 15 ส.ค. 2555. Times: 08:30. Several values: separate them by semicolons.",
        "A further sheet of your own is left alone when its name begins with _.",
    ),
    "th": (
        "กรอกข้อมูลในแต่ละแผ่นงาน บันทึก แล้วใช้กับคำสั่ง plan",
        "หัวตารางที่มีสีต้องกรอก หมายเหตุที่หัวตารางอธิบายสิ่งที่ต้องใส่",
        "แผ่นที่ไม่ใช้เว้นว่างได้: ประเด็น วันลา หน่วยงานสนับสนุน รถ รถไม่ครบ ความเร็ว",
        "ช่องที่อ้างถึงแผ่นอื่น ใส่รหัส หรือชื่อที่ไม่ซ้ำกันก็ได้",
        "วันที่: 15/08/2555, 15 ส.ค. 2555 หรือ 2012-08-15 เวลา: 08:30 หลายค่าให้คั่นด้วย ;",
        "แผ่นงานส่วนตัวให้ขึ้นต้นชื่อด้วย _ โปรแกรมจะไม่อ่าน",
    ),
}


def write_template(path: Path, lang: str) -> None:
    """Write the empty workbook to ``path``, with headings and notes in ``lang`` ("th" or "en").

    Raises:
        ValueError: ``lang`` is neither.
        InvalidInput: the file cannot be written.
    """
    writer = Writer(open_book(path, lang), lang)
    writer.guide()
    writer.settings()
    writer.tables()
    close(writer.book, path)


def open_book(path: Path, lang: str) -> Any:
    """A new workbook in which text stays text.

    Raises:
        ValueError: ``lang`` is none of the languages.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"{lang!r} is none of the languages {', '.join(LANGUAGES)}")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(str(path), options)


def close(book: Any, path: Path) -> None:
    """Write what was put into a workbook.

    Raises:
        InvalidInput: the file cannot be written.
    """
    try:
        book.close()
    except (OSError, XlsxWriterException) as error:
        cause = both(f"It cannot be written: {error}.", f"เขียนไม่ได้ ({error})")
        remedy = both("Choose another place or name.", "เลือกที่อื่นหรือชื่ออื่น")
        raise InvalidInput([Fault("file-unwritable", str(path), cause, remedy)]) from None


def setting_keys() -> Iterator[tuple[str, bool, Any]]:
    """Every setting as dotted key, whether it must be filled in, and its default (None where there is none)."""
    for section, field in Settings.model_fields.items():
        model = field.annotation
        assert isinstance(model, type) and issubclass(model, Frozen)
        for key, inner in model.model_fields.items():
            default = None if inner.is_required() or inner.default == () else inner.default
            yield f"{section}.{key}", inner.is_required(), default


class Writer:
    """Writes sheet after sheet in one language."""

    def __init__(self, book: Any, lang: str) -> None:
        self.book = book
        self.thai = lang == "th"
        self.lang = lang
        font = {"font_name": "TH Sarabun New", "font_size": 14} if self.thai else {}
        self.plain = book.add_format({**font, "valign": "top"})
        self.text = book.add_format({**font, "num_format": "@"})
        self.date = book.add_format({**font, "num_format": "yyyy-mm-dd"})
        heading = {**font, "bold": True, "bottom": 1, "valign": "top"}
        self.needed = book.add_format({**heading, "bg_color": "#FFE2A8"})
        self.optional = book.add_format({**heading, "bg_color": "#E8E8E8"})

    def words(self, pair: tuple[str, str]) -> str:
        """The English or the Thai one of a pair."""
        return pair[self.thai]

    def name(self, key: str, thai: str) -> str:
        """A heading or sheet name in the language of the workbook."""
        return thai if self.thai else key

    def sheet(self, key: str, thai: str, columns: list[tuple[str, str, bool]]) -> Any:
        """A new sheet with headings (name, note, needed), frozen."""
        sheet = self.book.add_worksheet(self.name(key, thai))
        sheet.freeze_panes(1, 0)
        for number, (heading, note, needed) in enumerate(columns):
            sheet.write_string(0, number, heading, self.needed if needed else self.optional)
            if note:
                sheet.write_comment(0, number, note, {"x_scale": 2, "font_size": 10})
        return sheet

    def guide(self) -> None:
        """The sheet that explains the others."""
        sheet = self.book.add_worksheet(self.name(*GUIDE))
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 100)
        row = 0
        for line in _GUIDE_TEXT[self.lang]:
            sheet.write_string(row, 0, line, self.plain)
            row += 1
        for form in FORMS:
            row += 1
            sheet.write_string(row, 0, self.name(form.name, form.thai), self.optional)
            sheet.write_string(row, 1, self.words(labels.TABLES[form.name]), self.plain)
            for column in form.columns:
                row += 1
                mark = self.needed if column.required else self.plain
                sheet.write_string(row, 0, self.name(column.key, column.thai), mark)
                sheet.write_string(row, 1, self.words(labels.column_note(form.name, column.key)), self.plain)
            row += 1

    def settings(self) -> None:
        """The sheet of settings, each with its start value and note."""
        columns = [("setting", "รายการ"), ("value", "ค่า"), ("note", "หมายเหตุ")]
        sheet = self.sheet(*SETTINGS, [(self.name(*pair), "", pair[0] == "value") for pair in columns])
        sheet.set_column(0, 0, 28, self.text)
        sheet.set_column(1, 1, 24, self.plain)
        sheet.set_column(2, 2, 80, self.plain)
        for row, (key, needed, default) in enumerate(setting_keys(), start=1):
            sheet.write_string(row, 0, key, self.needed if needed else self.text)
            self._start_value(sheet, row, key, self.start_of(key, default))
            sheet.write_string(row, 2, self.words(labels.SETTINGS[key]), self.plain)

    def start_of(self, key: str, default: object) -> object:
        """The value that a setting starts with."""
        return _START.get(key, default)

    def _start_value(self, sheet: Any, row: int, key: str, value: object) -> None:
        style = self.date if key in _DATES else self.text if isinstance(value, str) else self.plain
        if isinstance(value, bool):
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": ["true", "false"]})
            sheet.write_string(row, 1, "true" if value else "false", self.text)
        elif isinstance(value, int | float):
            sheet.write_number(row, 1, value, style)
        elif isinstance(value, str):
            sheet.write_string(row, 1, value, style)
        else:
            sheet.write_blank(row, 1, None, style)

    def tables(self) -> None:
        """A sheet for each table."""
        for form in FORMS:
            self.table(form)

    def table(self, form: Form) -> Any:
        """An empty table with drop-downs."""
        notes = [self.words(labels.column_note(form.name, column.key)) for column in form.columns]
        headings = [self.name(column.key, column.thai) for column in form.columns]
        needed = [column.required for column in form.columns]
        sheet = self.sheet(form.name, form.thai, list(zip(headings, notes, needed, strict=True)))
        for number, column in enumerate(form.columns):
            numeric = column.key in _LIMITS
            style = self.date if column.key in _DATES else self.plain if numeric else self.text
            sheet.set_column(number, number, max(14, len(headings[number]) + 4), style)
            rule = self._rule(column)
            if rule is not None:
                sheet.data_validation(1, number, ROWS, number, rule)
        return sheet

    def _rule(self, column: Column) -> dict[str, Any] | None:
        """What a spreadsheet offers and watches in the cells of a column; None: nothing."""
        if column.choices:
            names = [self.name(key, thai) for key, thai in column.choices.items()]
            return {"validate": "list", "source": names, "show_error": False}  # other words for them are read, too
        if column.key in _REFERENCES:
            target = next(form for form in FORMS if form.name == _REFERENCES[column.key])
            sheet = self.name(target.name, target.thai)
            return {"validate": "list", "source": f"='{sheet}'!$A$2:$A${ROWS + 1}", "show_error": False}
        if column.key in _LIMITS:
            kind, least, most = _LIMITS[column.key]
            return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
        return None
