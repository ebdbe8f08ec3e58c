"""The one way in: :func:`read_office`."""

from __future__ import annotations

from pathlib import Path

from models.faults import Fault, InvalidInput
from models.intake.book import OfficeBook, Phase, make_book
from models.intake.folder import read_folder
from models.intake.sources import Sources
from models.reading import WORKBOOK_SUFFIXES
from models.saying import place, said

#: the workbook that is the office where a folder has no tables
WORKBOOK = "office.xlsx"
#: what the names of workbooks end with that are kept in other formats
OTHER_SUFFIXES = (".xls", ".xlsb", ".ods")
#: what the name of one file of an office folder ends with
PART_SUFFIXES = (".csv", ".toml")


def read_office(path: str | Path, phase: Phase = "visits") -> OfficeBook:
    """The office in ``path``, a folder of tables or a workbook with the same tables as sheets.

    Raises:
        InvalidInput: with every fault found.
    """
    return make_book(read_sources(Path(path)), phase)


def workbook_in(path: Path) -> Path:
    """The workbook that is the office where ``path`` is a folder without tables; else ``path`` itself."""
    is_workbook = path.is_dir() and not (path / "office.toml").exists() and (path / WORKBOOK).is_file()
    return path / WORKBOOK if is_workbook else path


def _other_workbook(folder: Path) -> Path | None:
    """The workbook in a folder without tables that would be the office, were it kept in the format that is read."""
    if (folder / "office.toml").exists():
        return None
    found = (each for each in sorted(folder.iterdir()) if each.suffix.lower() in OTHER_SUFFIXES)
    return next((each for each in found if each.stem.lower() == "office"), None)


def read_sources(path: Path, name: str = "") -> Sources:
    """The settings and tables in ``path`` as they stand there; faults of single tables are kept with them.

    ``name``: what faults call a workbook, its own name where not given.

    Raises:
        InvalidInput: there is no office at ``path``.
    """
    path = workbook_in(path)
    if path.is_dir():
        if (other := _other_workbook(path)) is not None:
            cause = said("It is neither a folder nor an .xlsx workbook.")
            fault = Fault("file-unreadable", place(file=other.name), cause, said("Save the workbook as .xlsx."))
            raise InvalidInput([fault])
        return read_folder(path)
    if not path.exists():
        cause = said("There is no such folder or workbook.")
        fault = Fault("file-missing", str(path), cause, said("Check the path."))
        raise InvalidInput([fault])
    if path.suffix.lower() not in WORKBOOK_SUFFIXES:
        cause = said("It is neither a folder nor an .xlsx workbook.")
        remedy = said("Give an office folder, or save the workbook as .xlsx.")
        if path.suffix.lower() in PART_SUFFIXES:
            remedy = said("Give the office folder that holds it.")
        elif path.suffix.lower() == ".json":
            remedy = said("Give an office folder or a workbook; a problem file is planned by the command solve.")
        raise InvalidInput([Fault("file-unreadable", str(path), cause, remedy)])
    from models.intake.workbook import read_workbook

    return read_workbook(path, name)
