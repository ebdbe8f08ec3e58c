"""Pages in both languages: they lead to each other, and the Thai one has every section, table and command of the other.

What a Thai page leaves out, it links to: ``page.md#measured``. ``office-th.md`` is laid out otherwise and has tests of
its own (``test_docs_office_th``).
"""

from __future__ import annotations

import re

import pytest
from test_docs_names import ROOT, anchor, text_of

from api.cli.happened import FORMS
from api.cli.moves import moves_of
from api.language.helptexts import form
from api.naming import AsWritten
from models.handbook.columns import FINDINGS, OUTCOMES, forms

DOCS = ROOT / "docs"
THAI = sorted(page.name.removesuffix("-th.md") for page in DOCS.glob("*-th.md"))
LAID_OUT_ALIKE = [name for name in THAI if name != "office"]
#: in which a figure or a word more in one language is no fault, since other tests compare them
COMPARED_ELSEWHERE = {"evaluation", "errors", "glossary"}


def sections(page: str, left_out: set[str] | None = None) -> list[tuple[str, str]]:
    """The headings of a page with what stands below each, from the title on, but for those ``left_out``."""
    prose = re.sub(
        r"^```.*?^```", lambda block: block[0].replace("\n#", "\n "), text_of(DOCS / page), flags=re.M | re.S
    )
    found = re.findall(r"^##? (.*?)\n(.*?)(?=^##? |\Z)", prose, re.M | re.S)
    return [(heading, text) for heading, text in found if anchor(heading) not in (left_out or set())]


def pairs(name: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """The sections of an English page that its Thai one has, each with that."""
    thai = sections(f"{name}-th.md")
    left_out = set(re.findall(rf"\({name}\.md#([^)]+)\)", text_of(DOCS / f"{name}-th.md")))
    english = sections(f"{name}.md", left_out)
    assert len(thai) == len(english), [heading for heading, _ in (*english, *thai)]
    return list(zip(english, thai, strict=True))


def commands_in(text: str) -> list[str]:
    """The commands in the blocks of a text, without what is said of them."""
    blocks = "".join(re.findall(r"^```(?:sh)?\n(.*?)^```", text, re.M | re.S))
    return [line.partition(" #")[0].strip() for line in blocks.splitlines()]


@pytest.mark.parametrize("name", THAI)
def test_the_two_languages_lead_to_each_other(name: str) -> None:
    assert f"({name}-th.md)" in text_of(DOCS / f"{name}.md")
    assert re.search(rf"\[English[^]]*\]\({name}\.md\)", text_of(DOCS / f"{name}-th.md"))


@pytest.mark.parametrize("name", LAID_OUT_ALIKE)
def test_the_thai_page_has_each_section_of_the_english_one_or_leads_to_it(name: str) -> None:
    assert pairs(name)


@pytest.mark.parametrize("name", sorted(set(LAID_OUT_ALIKE) - COMPARED_ELSEWHERE))
def test_sections_have_the_same_commands_and_as_many_rows_and_points(name: str) -> None:
    for (heading, english), (_, thai) in pairs(name):
        assert commands_in(thai) == commands_in(english), heading
        for mark in (r"^\|", r"^- ", r"^\d+\. "):
            assert len(re.findall(mark, thai, re.M)) == len(re.findall(mark, english, re.M)), (heading, mark)


def test_the_handbook_names_sheets_and_columns_as_the_workbook_does() -> None:
    sheets = dict(pairs("handbook")[2][1:])["สมุดงาน"]
    known = {column.thai for form in forms(()) for column in form.columns} | {*OUTCOMES.values(), *FINDINGS.values()}
    assert re.findall(r"^\| (\S+) \| `(\w+)` \|", sheets, re.M) == [(form.thai, form.name) for form in forms(())]
    thai = [words for words in re.findall(r"`([^`]+)`", sheets) if re.match("[ก-๙]", words)]
    assert len(thai) > 8
    assert [word for word in thai if word not in known | {"ใช่", "ไม่ใช่"}] == []


def test_what_happened_is_written_as_the_help_says_in_thai() -> None:
    text = text_of(DOCS / "replanning-th.md")
    known = {option: form(words) for option, words in FORMS.items() if option != "--new"}  # that is of explain
    assert [option for option, words in known.items() if f"`{option} {words}`" not in text] == []


def test_moves_written_in_thai_are_read_as_what_their_row_says() -> None:
    (_, (_, text)) = pairs("moves")[0]
    rows = "".join(re.findall(r"^\| .*", text, re.M))
    written = [words for words in re.findall(r"`([^`]+)`", rows) if re.search("[ก-๙]", words)]
    kinds = [move.kind for move in moves_of(written, AsWritten())]
    assert kinds == [*["place"] * 7, "crew", "car", "lead", "leave-out", "pin", "unpin"]
