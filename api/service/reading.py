"""Reading what is posted, in a process aside: it may be large, and its reader slow, and nobody else waits for it.

Faults of a workbook are told with the cells around them, so that a page can show them where they stand.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.formats import XLSX
from api.service.places import place_of
from api.storage.problems import Kept, Stated, Tables, kept_of, season_start
from models.faults import Fault, InvalidInput
from models.jsontext import parse_json
from models.problem import PROBLEM_FORMAT
from models.reading import read_problem
from models.saying import both, said

if TYPE_CHECKING:
    from models.handbook.reports import Report
    from models.intake.book import Phase

#: what a workbook is called whose sender does not say it
_UNNAMED: Final = "workbook.xlsx"
#: rows told above and below a fault, columns of each, sheets and rows in all
AROUND, MOST_COLUMNS, MOST_ROWS = 2, 40, 400
#: characters told of a cell
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """A sound problem as it is kept, how much there is of each kind, and the ``first`` day, which tells quarters."""

    kept: Kept
    hash: str
    workdays: int
    officers: int
    cooperatives: int
    visits: int
    first: dt.date
    warnings: tuple[Fault, ...] = ()


#: a problem, and what is doubtful in what it was made from
Read = tuple[Stated, Sequence[Fault]]


@dataclass(frozen=True, slots=True)
class Faulty:
    """What is wrong, and of a workbook the rows around it, by sheet: {row number: cells}."""

    faults: tuple[Fault, ...]
    sheets: dict[str, dict[int, list[Any]]]


def read_posted(media: str, body: bytes, phase: Phase = "visits", name: str = _UNNAMED) -> Posted | Faulty:
    """The problem in a body, whatever it is, or everything that is wrong with it; of an office that of a ``phase``.

    ``name``: that of the workbook's file, for the places of faults.
    """
    try:
        return posted(*(_from_workbook(body, phase, name) if media == XLSX else read_json(body, phase)))
    except InvalidInput as error:
        return Faulty(error.faults, _around(body, error.faults) if media == XLSX else {})


@dataclass(frozen=True, slots=True)
class Filled:
    """The reports of a handbook workbook, and what is doubtful in them."""

    reports: tuple[Report, ...]
    doubts: tuple[Fault, ...]


def read_filled(body: bytes, problem: str, office: str | None, plan: str) -> Filled | Faulty:
    """The reports in the handbook workbook of a plan (given as JSON texts), or everything that is wrong with it."""
    from models.handbook.context import Context  # only now: it takes its time to load
    from models.handbook.reading import read_handbook
    from models.office import Office
    from models.plan import Plan
    from models.problem import Problem

    names = None if office is None else Office.model_validate_json(office)
    context = Context(Plan.model_validate_json(plan), Problem.model_validate_json(problem), names)
    doubts: list[Fault] = []
    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        path = Path(folder) / "handbook.xlsx"
        path.write_bytes(body)
        try:
            return Filled(read_handbook(path, context, doubts).reports, tuple(doubts))
        except InvalidInput as error:
            return Faulty(error.faults, _around(body, error.faults))


def posted(stated: Stated, warnings: Sequence[Fault] = ()) -> Posted:
    """A sound problem as it is kept."""
    problem = stated.problem
    return Posted(
        kept_of(stated), problem.hash, len(problem.workdays), len(problem.officers), len(problem.cooperatives),
        len(problem.visits), season_start(problem), tuple(warnings),
    )  # fmt: skip


def read_json(body: bytes, phase: Phase = "visits") -> Read:
    """The problem in JSON, or in an office's tables as JSON, and what is doubtful in them.

    Raises:
        InvalidInput: with every fault found.
    """
    from models.intake.document import OFFICE_FORMAT, read_document  # only now: it takes its time to load

    data, found = parse_json(body, "body")
    if found:
        raise InvalidInput(found)
    if not isinstance(data, dict):
        formats = f"{PROBLEM_FORMAT}, {OFFICE_FORMAT}"
        remedy = both(f"Send one of {formats}.", f"ส่งข้อมูลรูปแบบ {formats}")
        raise InvalidInput([Fault("json-shape", "body", said("The JSON is not an object."), remedy)])
    if data.get("format") == OFFICE_FORMAT:
        book = read_document(data, phase=phase)
        return Stated(book.problem, book.office, Tables(json.dumps(data, ensure_ascii=False))), book.warnings
    return Stated(read_problem(data), None), ()


def _from_workbook(body: bytes, phase: Phase, name: str) -> Read:
    """The office in a workbook; it is weighed before it is unpacked, see :mod:`models.intake.workbook`."""
    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        path = Path(folder) / _UNNAMED
        path.write_bytes(body)
        return read_tables(path, phase, name)


def read_tables(path: Path, phase: Phase = "visits", name: str = "") -> Read:
    """The office in a folder or a workbook, with its tables, and what is doubtful in them.

    ``name``: what faults call the workbook, its own name where not given.

    Raises:
        InvalidInput: with every fault found.
    """
    from models.intake.book import make_book  # only now: it takes its time to load
    from models.intake.reading import read_sources, workbook_in
    from models.intake.writing import document_of

    sources, file = read_sources(path, name), workbook_in(path)
    book = make_book(sources, phase)
    document = json.dumps(document_of(sources), ensure_ascii=False)
    tables = Tables(document, file.read_bytes() if file.is_file() else None)
    return Stated(book.problem, book.office, tables), book.warnings


def _around(body: bytes, faults: Sequence[Fault]) -> dict[str, dict[int, list[Any]]]:
    """The rows around faults, by sheet, with each sheet's first filled row and that of its headings."""
    import openpyxl

    wanted: dict[str, set[int]] = {}
    columns: dict[str, set[str]] = {}
    for place in filter(None, map(place_of, faults)):
        if place.sheet is not None:
            rows = wanted.setdefault(place.sheet, set())
            columns.setdefault(place.sheet, set()).update({place.column} if place.column else ())
            if place.row is not None:
                rows |= set(range(max(1, place.row - AROUND), place.row + AROUND + 1))
    if not wanted:
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, keep_links=False, data_only=True)
            return {
                name: _rows(book[name], rows, columns[name]) for name, rows in wanted.items() if name in book.sheetnames
            }
    except Exception:  # it was told already why the workbook cannot be read
        return {}


def _rows(sheet: Any, wanted: set[int], columns: set[str]) -> dict[int, list[Any]]:
    from models.intake.tables import HEADING_ROWS

    found: dict[int, list[Any]] = {}
    last = max(wanted, default=1)
    missing = set(columns)
    for number, cells in enumerate(sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True), start=1):
        headings = missing & {str(cell).strip() for cell in cells} if number <= HEADING_ROWS else set()
        missing -= headings
        if headings or number in wanted or (not found and any(cell is not None for cell in cells)):
            found[number] = [_cell(cell) for cell in cells]
        if len(found) >= MOST_ROWS:
            break
    return found


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, dt.date | dt.time):
        from models.intake.writing import written  # only now: it takes its time to load

        return written(value)
    return str(value)[:MOST_CHARACTERS]
