"""Workbooks that are broken or mean harm: coded faults, never a crash, and no time or memory lost over them."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.rawbook import raw_book
from support.tables import faults, folder
from support.workbooks import edited, packed, sound_workbook

from models.faults import InvalidInput
from models.intake import read_office
from models.intake.xlsx import package


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_workbook(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"PK\x03\x04" + bytes(40),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        b"PK\x05\x06" + bytes(18),
    ],
    ids=["empty", "text", "broken zip", "old format or password", "empty zip"],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(content)
    assert faults(path) == [("file-unreadable", "office.xlsx")]


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/worksheets/sheet1.xml": bytes(package.LARGEST_UNPACKED + 1)},
        {"xl/worksheets/sheet1.xml": b"<c/>" * package.MOST_TAGS + b"<c/>"},
        {f"part{number}": b"" for number in range(package.MOST_PARTS + 1)},
    ],
    ids=["zeros", "tags", "parts"],
)
def test_a_bomb_is_weighed_not_opened(tmp_path: Path, parts: dict[str, bytes]) -> None:
    path = packed(tmp_path / "office.xlsx", parts)
    assert path.stat().st_size < 100_000
    assert faults(path) == [("file-too-large", "office.xlsx")]


def test_a_folder_of_that_name_is_read_as_a_folder(tmp_path: Path) -> None:
    assert faults(folder(tmp_path / "office.xlsx")) == []


def test_the_whole_sheet_merged_costs_nothing(sound: Path, tmp_path: Path) -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = edited(sound, tmp_path, b"</sheetData>", merged)
    assert faults(path) == [("cell-merged", "office.xlsx, sheet issues, cells A1:XFD1048576")]


def test_a_row_number_out_of_this_world_costs_nothing(sound: Path, tmp_path: Path) -> None:
    path = edited(sound, tmp_path, b"</sheetData>", b'<row r="99999999999"><c r="A99999999999"/></row></sheetData>')
    assert faults(path) == []


def test_entities_do_not_unfold(sound: Path, tmp_path: Path) -> None:
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE worksheet [<!ENTITY e0 "haha">{nested}]><worksheet'.encode()
    path = edited(sound, tmp_path, b"<worksheet", bomb)
    path = edited(path, tmp_path, b"<t>sessions</t>", b"<t>&e9;</t>")
    assert faults(path) == [("file-unreadable", "office.xlsx, sheet issues")]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_parts_damaged_at_random_never_crash(sound: Path, tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(sound) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        content[at : at + length] = data.draw(
            st.sampled_from([b"", b"9" * 9, b"\xff", b"<", b'"', b"&x;", b"A1", b"-1"])
        )
    parts[name] = bytes(content)
    for code, where in faults(packed(tmp_path / "office.xlsx", parts)):
        assert code and where


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()), data=st.data())
def test_any_bytes_as_one_of_the_tables_never_crash(tmp_path: Path, content: bytes, data: st.DataObject) -> None:
    path = folder(tmp_path / "office")
    name = data.draw(
        st.sampled_from(["office.toml", "cooperatives.csv", "issues.csv", "officers.csv", "travel_km.csv"])
    )
    before = (path / name).read_bytes() if name != "travel_km.csv" else b""
    (path / name).write_bytes(data.draw(st.sampled_from([content, before + content, content + before])))
    faults(path)
    (path / "travel_km.csv").unlink(missing_ok=True)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_cell_value_never_crashes(sound: Path, tmp_path: Path, data: st.DataObject) -> None:
    book = openpyxl.load_workbook(sound)
    for _ in range(6):
        sheet = book[data.draw(st.sampled_from(["office", "depots", "cooperatives", "officers", "issues", "partners"]))]
        cell = sheet.cell(data.draw(st.integers(1, 5)), data.draw(st.integers(1, 18)))
        cell.value = data.draw(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
            | st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 1, 1)) | st.times()
            | st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)
            | st.sampled_from(["=1+1", "#REF!", "9" * 400, "..", "2012-08-01..", "1e308", "-", ";", "๙๙๙๙"])
        )  # fmt: skip
    book.save(tmp_path / "office.xlsx")
    faults(tmp_path / "office.xlsx")


ODD = st.sampled_from(
    [b"9" * 20, b"1e308", b"nan", b"inf", b"-1", b"0", b"", b"A0", b"XFD1048576", b"AAAA1",
     b"_xD800_", b"_x0000_", b"99",
     b"2147483648", b"d", b"s", b"b", b"e", b"str", b"0.9999999999", b"-0.5", b"2958466", b"41136.999999",
     b"[h]:mm", b"true",
     b"&#x202e;x", b"\xe0\xb8\x81" * 400, b"2012-13-45", b"2012-08-15T24:00:00", b"../../x", b"/xl/workbook.xml"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_values_in_parts_changed_at_random_never_crash(tmp_path: Path, data: st.DataObject) -> None:
    cells = {"issues!G2": '<c s="1"><v>41136</v></c>', "issues!H2": '<c t="str"><f>A1</f><v>x_x000D_</v></c>'}
    merged = '<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells>'
    path = raw_book(tmp_path / "office.xlsx", cells, style=14, tails={"issues": merged})
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(sorted(parts)))
        pattern = data.draw(st.sampled_from([rb'="([^"]*)"', rb">([^<]+)<"]))
        spots = [match.span(1) for match in re.finditer(pattern, parts[name])]
        if spots:
            begin, end = data.draw(st.sampled_from(spots))
            parts[name] = parts[name][:begin] + data.draw(ODD) + parts[name][end:]
    try:
        read_office(packed(path, parts))
    except InvalidInput as error:
        for fault in error.faults:
            assert fault.code and fault.where and fault.in_language("th").cause
