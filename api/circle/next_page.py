"""The next quarter for people: line by line what changes against the quarter before, and why; a page and a file."""

from __future__ import annotations

import csv
import datetime as dt
import io

from api.circle.lines import Line
from api.circle.rendering import render
from api.circle.telling import Telling
from models.formulas import harmless
from models.intake.columns import FORM
from models.intake.values import dates
from models.next_quarter.changes import ACCEPT, CHANGES_FILE, KEY, NO, YES, Change
from models.next_quarter.making import NextQuarter

_TABLES = ("office", "issues", "cooperatives", "ledger", "absences", "cars_on", "cars", "partners")


def lines_of(made: NextQuarter, lang: str, refused: frozenset[str] = frozenset()) -> list[Line]:
    """Every change in words, in the order of the tables."""
    return _lines(made, Telling(made.rollover.records, lang), refused)


def next_files(made: NextQuarter, lang: str, refused: frozenset[str] = frozenset()) -> dict[str, str]:
    """What lies beside the next quarter's tables, name -> text: the page, and the file to refuse lines in."""
    tell = Telling(made.rollover.records, lang)
    lines = _lines(made, tell, refused)
    return {"next.html": _page(made, tell, lines, len(refused)), CHANGES_FILE: _changes_csv(lines, tell)}


def _lines(made: NextQuarter, tell: Telling, refused: frozenset[str]) -> list[Line]:
    order = {table: number for number, table in enumerate(_TABLES)}
    told = sorted(made.changes, key=lambda one: order[one.table])
    return [_line(tell, number, one, refused) for number, one in enumerate(told, start=1)]


def _page(made: NextQuarter, tell: Telling, lines: list[Line], refused: int) -> str:
    tables: dict[str, list[Line]] = {}
    for line in lines:
        tables.setdefault(line.table, []).append(line)
    return render(
        "next.html.j2",
        tell=tell, w=tell.words, c=tell.calendar, tables=list(tables.items()), first=made.rollover.first,
        last=made.rollover.last, file=CHANGES_FILE, unreported=len(made.rollover.unreported), lines=len(lines),
        refused=refused,
    )  # fmt: skip


def _changes_csv(lines: list[Line], tell: Telling) -> str:
    """The lines as CSV for a spreadsheet, which knows by the mark at its beginning that it is UTF-8."""
    words, thai = tell.words, tell.words.lang == "th"
    pick = 1 if thai else 0
    out = io.StringIO("\ufeff")
    out.seek(1)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([
        words("line"), ACCEPT[pick], words("table"), words("row"), words("column"), words("before"), words("after"),
        words("why"), KEY[pick],
    ])  # fmt: skip
    for one in lines:
        accept = (NO if one.refused else YES)[pick]
        writer.writerow([
            one.number, accept, one.table, harmless(one.row), one.column, harmless(one.before), harmless(one.after),
            harmless(one.why), one.key,
        ])  # fmt: skip
    return out.getvalue()


def _line(tell: Telling, number: int, change: Change, refused: frozenset[str]) -> Line:
    words = tell.words
    fields = dict(change.fields)
    if "date" in fields:
        fields["date"] = words.date(dt.date.fromisoformat(fields["date"]))
    if "cooperative" in fields:
        fields["cooperative"] = tell.names.cooperative(fields["cooperative"])
    if "outcome" in fields:
        fields["outcome"] = words(f"outcome_{fields['outcome'] or 'untouched'}")
    return Line(
        number=number, key=change.key, table=words(f"t_{change.table}"), row=_row(tell, change),
        column=_column(tell, change), before=_shown(tell, change, change.before),
        after=_shown(tell, change, change.after), why=words(f"w_{change.why}", **fields), refused=change.key in refused,
    )  # fmt: skip


def _row(tell: Telling, change: Change) -> str:
    """What a line is of, as people call it."""
    words, names, row = tell.words, tell.names, change.row
    match change.table:
        case "office":
            return words("planning_days")
        case "issues":
            return f"{tell.issue_title(row)} ({row})" + _of(tell, row)
        case "cooperatives":
            return names.cooperative(row)
        case "ledger":
            return names.officer(row)
        case "absences" | "cars_on":
            id_, _, days = row.partition(" ")
            first, _, last = days.partition("..")
            whose = names.officer(id_) if change.table == "absences" else names.depot(id_)
            return f"{whose} {_span(tell, first, last)}"
        case "cars":
            return names.car(row)
        case "partners":
            return names.partner(row)
    raise KeyError(change.table)


def _span(tell: Telling, first: str, last: str) -> str:
    return tell.words.span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def _of(tell: Telling, issue: str) -> str:
    """Whose issue it is."""
    found = tell.issues.get(issue)
    return "" if found is None else f" · {tell.names.cooperative(found.cooperative)}"


def _column(tell: Telling, change: Change) -> str:
    if change.column is None or change.table not in FORM:
        return ""
    column = next(column for column in FORM[change.table].columns if column.key == change.column)
    return column.thai if tell.words.lang == "th" else column.key


def _shown(tell: Telling, change: Change, text: str | None) -> str:
    """A cell as people read it: officers by name, dates in words; a whole row by a mark."""
    if change.column is None:
        gone, new = change.after is None, change.before is None
        before = text is change.before
        key = "row_there" if before and gone else "row_goes" if gone else "row_new" if not before and new else None
        return "–" if key is None else tell.words(key)
    if change.column == "current_lead" and text:
        return tell.names.officer(text)
    if change.column == "readiness" and text:
        return tell.words(f"readiness_{text}")
    if change.why == "past" and text:
        return tell.words.dates(dates(text))
    if change.column == "last_visit" and text:
        return tell.words.date(dt.date.fromisoformat(text))
    if change.table == "office" and text:
        first, _, last = text.partition(" .. ")
        return _span(tell, first, last)
    return text or "–"
