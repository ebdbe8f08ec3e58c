"""Workbooks and tables in the formats of other programs: what is read, and what is told of the others."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support.circle import little_context
from support.tables import TOML, csv_text, folder, tables
from support.workbooks import sound_workbook

from models.faults import Fault, InvalidInput
from models.handbook.reading import read_handbook
from models.handbook.writing import write_handbook
from models.intake import read_office

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ods(path: Path) -> None:
    """A small spreadsheet as LibreOffice packs it: the kind first, and not compressed."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>'
        '<office:spreadsheet><table:table table:name="office"><table:table-row><table:table-cell '
        'office:value-type="string"><text:p>setting</text:p></table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f"<manifest:manifest>{entry}</manifest:manifest>"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", kind, zipfile.ZIP_STORED)
        file.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        file.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)


def _compound(path: Path, *streams: str) -> None:
    """A compound file of the old kind, as far as its directory: what it holds is called so."""
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in ("Root Entry", *streams))
    path.write_bytes(_OLE + bytes(504) + b"\xff" * 512 + entries.ljust(512, b"\0") + bytes(4096))


def xls(path: Path) -> None:
    _compound(path, "Workbook", "\x05SummaryInformation")


def locked(path: Path) -> None:
    _compound(path, "EncryptionInfo", "EncryptedPackage")


def web_page(path: Path) -> None:
    """What programs on the web call an Excel file."""
    path.write_text("<html><table><tr><td>id</td></tr></table></html>", encoding="utf-8")


KINDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "ods": (ods, "It is kept in the format OpenDocument (.ods)."),
    "xls": (xls, "It is kept in the old format .xls."),
    "locked": (locked, "It is locked with a password."),
    "web page": (web_page, "It cannot be read as an .xlsx workbook: it is damaged, or another kind of file."),
}


def told(read: Callable[[], object]) -> Fault:
    """The one fault, which says in Thai, too, what is wrong and what to do."""
    with pytest.raises(InvalidInput) as caught:
        read()
    (fault,) = caught.value.faults
    thai = fault.in_language("th")
    assert thai.cause != fault.cause and thai.remedy != fault.remedy
    return fault


@pytest.mark.parametrize("kind", KINDS)
def test_another_workbook_under_the_name_of_one_that_is_read_says_what_it_is(kind: str, tmp_path: Path) -> None:
    write, cause = KINDS[kind]
    remedy = "Open it in a spreadsheet and save it as .xlsx, without a password."
    for name, read in (
        ("office.xlsx", read_office),
        ("handbook.xlsx", lambda path: read_handbook(path, little_context())),
    ):
        write(tmp_path / name)
        fault = told(lambda read=read, name=name: read(tmp_path / name))
        assert (fault.code, fault.where, fault.cause, fault.remedy) == ("file-unreadable", name, cause, remedy)


@pytest.mark.parametrize("suffix", [".ods", ".xls", ".xlsb", ".numbers", ".csv", ".pdf", ""])
def test_a_workbook_of_another_name_is_told_by_its_name(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"office{suffix}"
    ods(path)
    assert told(lambda: read_office(path)).code == "file-unreadable"
    fault = told(lambda: read_handbook(path, little_context()))
    assert (fault.code, fault.cause) == ("file-unreadable", "It is neither an .xlsx workbook nor a handbook.json.")


@pytest.mark.parametrize("name", ["office.ods", "office.xls", "Office.ODS"])
def test_a_folder_that_holds_a_workbook_of_another_kind_alone_says_so(name: str, tmp_path: Path) -> None:
    ods(tmp_path / name)
    fault = told(lambda: read_office(tmp_path))
    assert (fault.code, fault.where, fault.remedy) == ("file-unreadable", name, "Save the workbook as .xlsx.")


def test_a_table_of_a_folder_as_a_workbook_is_told_beside_the_others(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "issues.csv").unlink()
    ods(path / "issues.ods")
    fault = told(lambda: read_office(path))
    assert (fault.code, fault.where, fault.cause) == (
        "file-unreadable", "issues.ods", "Tables of a folder are read from .csv files.",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp874"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_in_the_encodings_and_with_the_separators_of_spreadsheets(
    encoding: str, separator: str, tmp_path: Path
) -> None:
    path = folder(tmp_path / "office")
    made = tables()
    made["cooperatives"][0]["board_meeting"] = "third Thursday"  # no comma in any cell
    for name, rows in made.items():
        text = csv_text(rows).replace(",", separator)
        mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
        if separator == ";":
            text = text.replace("22; 2012", "22 | 2012").replace("accounts; debt", "accounts | debt")
        (path / f"{name}.csv").write_bytes((mark + text).encode(encoding))
    book = read_office(path)
    assert [row.name_th for row in book.office.cooperatives] == ["สหกรณ์หนึ่ง", "สหกรณ์สอง"]
    told_so = {each.where for each in book.warnings if each.code == "encoding-other"}
    other = {f"{name}.csv" for name, rows in made.items() if "16" in encoding or not csv_text(rows).isascii()}
    assert told_so == (set() if encoding == "utf-8-sig" else other)


def test_settings_in_another_encoding_are_read_and_told(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "office.toml").write_bytes(TOML.encode("utf-16"))
    assert [(each.code, each.where) for each in read_office(path).warnings] == [("encoding-other", "office.toml")]


def test_text_of_two_bytes_without_its_mark_is_told_as_no_text(tmp_path: Path) -> None:
    path = folder(tmp_path / "office")
    (path / "officers.csv").write_bytes((path / "officers.csv").read_text(encoding="utf-8").encode("utf-16-le"))
    fault = told(lambda: read_office(path))
    assert (fault.code, fault.where) == ("file-unreadable", "officers.csv")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_office_and_a_handbook_taken_for_each_other_are_told_as_that(lang: str, tmp_path: Path) -> None:
    context = little_context()
    write_handbook(tmp_path / "handbook.xlsx", context, lang)
    fault = told(lambda: read_office(tmp_path / "handbook.xlsx"))
    assert (fault.code, fault.cause) == ("file-unreadable", "It is a handbook, not the workbook of an office.")
    office = sound_workbook(tmp_path)
    fault = told(lambda: read_handbook(office, context))
    assert (fault.code, fault.cause) == ("file-unreadable", "It is the workbook of an office, not a handbook.")


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "json-syntax"), ("{", "json-syntax"), ("[]", "json-shape"), ('{"format": "visit-plan/1"}', "format-unknown"),
     ('{"format": "visit-handbook/1", "reports": [], "reports": []}', "key-repeated")],
)  # fmt: skip
def test_json_that_is_no_handbook_is_told_as_what_it_is(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "handbook.json").write_text(text, encoding="utf-8")
    assert told(lambda: read_handbook(tmp_path / "handbook.json", little_context())).code == code
