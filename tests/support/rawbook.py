"""A workbook written part by part, so that a cell can hold whatever a spreadsheet could have stored in it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from models.intake.tables import column_letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

SETTINGS = {
    "office.name_th": "สำนักงานทดสอบ", "office.name_en": "Test office", "horizon.first": "2012-08-01",
    "horizon.last": "2012-10-31", "day.start": "08:30", "day.end": "16:30", "prices.km": "4",
    "prices.officer_day": "120",
    "prices.unplanned": "5000",
}  # fmt: skip
TABLES: Mapping[str, Sequence[Sequence[str]]] = {
    "office": [("setting", "value"), *SETTINGS.items()],
    "depots": [("id", "name_th", "lat", "lon", "cars", "seats"), ("kk", "ศาลากลาง", "16.4424", "102.836", "2", "4")],
    "topics": [("id", "name_th"), ("accounts", "บัญชี"), ("debt", "หนี้")],
    "cooperatives": [
        ("id", "name_th", "kind", "district_th", "lat", "lon", "standard"),
        ("c1", "สหกรณ์หนึ่ง", "agricultural", "ชุมแพ", "16.62", "102.49", "good"),
        ("c2", "สหกรณ์สอง", "savings", "เมืองขอนแก่น", "16.45", "102.82", "excellent"),
    ],
    "officers": [("id", "name_th", "topics"), ("o1", "หนึ่ง", "accounts; debt"), ("o2", "สอง", "debt")],
    "issues": [
        ("id", "cooperative", "topic", "severity", "sessions", "audience", "due", "title_th"),
        ("i1", "c1", "accounts", "4", "1", "members", "", ""),
        ("i2", "c2", "debt", "2", "1", "members", "", ""),
    ],
}  # fmt: skip


def raw_book(
    path: Path,
    cells: Mapping[str, str] | None = None,
    *,
    formats: Mapping[int, str] | None = None,
    style: int = 0,
    tails: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    namespace: str = _MAIN,
    tables: Mapping[str, Sequence[Sequence[str]]] = TABLES,
) -> Path:
    """Write the workbook to ``path``.

    ``cells``: ``"issues!G2"`` -> the XML of that cell, without its reference: ``<c s="1"><v>41136</v></c>``.
    ``style``: the number format of cell style 1, own ones in ``formats``. ``tails``: XML after the cells of a sheet.
    ``states``: of sheets, such as "veryHidden".
    """
    names = list(tables)
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"'
        + (f' state="{states[name]}"' if states and name in states else "")
        + "/>"
        for n, name in enumerate(names, 1)
    )
    kinds = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(names, 1)
    )
    own = "".join(f'<numFmt numFmtId="{n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
                  for n, code in (formats or {}).items())  # fmt: skip
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
                        for n, _ in enumerate(names, 1))  # fmt: skip
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{kinds}'
        f'<Relationship Id="s" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{own}</numFmts><fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{style}"/></cellXfs>'
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
    for number, name in enumerate(names, 1):
        inside = {at.partition("!")[2]: xml for at, xml in (cells or {}).items() if at.partition("!")[0] == name}
        rows = _rows(tables[name], inside)
        tail = (tails or {}).get(name, "")
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, _HEAD + text)
    return path


def _rows(rows: Sequence[Sequence[str]], inside: Mapping[str, str]) -> str:
    last = max([len(rows), *(int("".join(c for c in at if c.isdigit())) for at in inside)])
    out = []
    for number in range(1, last + 1):
        written = {f"{column_letter(i)}{number}": _text(value)
                   for i, value in enumerate(rows[number - 1] if number <= len(rows) else ()) if value}  # fmt: skip
        written |= {at: xml for at, xml in inside.items() if "".join(c for c in at if c.isdigit()) == str(number)}
        ordered = sorted(written, key=lambda at: (len(at.rstrip("0123456789")), at))
        cells = "".join(written[at].replace("<c", f'<c r="{at}"', 1) for at in ordered)
        out.append(f'<row r="{number}">{cells}</row>')
    return "".join(out)


def _text(value: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
