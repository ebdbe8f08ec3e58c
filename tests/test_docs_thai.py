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
from api.formats import Format
from api.language.findings import FINDINGS as SENTENCES
from api.language.helptexts import form
from api.language.texts import TEXTS
from api.naming import AsWritten
from models.agendas import Policy
from models.handbook.columns import FINDINGS, OUTCOMES, forms
from models.intake.columns import FORM, READINESS, REASONS
from models.next_quarter.changes import ACCEPT, KEY, NO
from models.reasons import FORMS as WHYS

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
    """The commands in the blocks of a text, without what is said of them; a Thai page may ask for Thai."""
    blocks = "".join(re.findall(r"^```(?:sh)?\n(.*?)^```", text, re.M | re.S))
    return [line.partition(" #")[0].strip().removesuffix(" --lang th") for line in blocks.splitlines()]


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


@pytest.mark.parametrize("page", [*(f"{name}-th.md" for name in THAI), "thai.md"])
def test_a_thai_page_leads_to_thai_pages(page: str) -> None:
    """But for its own in English, and for a section that has no Thai one."""
    own = page.removesuffix("-th.md")
    links = re.findall(r"\]\(([\w-]+)\.md(#[^)]*)?\)", text_of(DOCS / page))
    assert [name for name, section in links if name in THAI and name != own and not section] == []


def thai_in(text: str) -> list[str]:
    """The Thai words that stand in backticks within the lines of a text, each once."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return list(dict.fromkeys(words for words in re.findall(r"`([^`\n]+)`", prose) if re.search("[ก-๙]", words)))


def table_in(text: str) -> list[list[str]]:
    """The rows of the tables of a text, without their heads."""
    rows = [line.strip("| ").split(" | ") for line in re.findall(r"^\| .*", text, re.M)]
    return rows[1:]


HEADINGS = {column.thai for form in FORM.values() for column in form.columns}


@pytest.mark.parametrize("name", ["agendas", "next-quarter"])
def test_columns_are_named_as_in_the_office_workbook(name: str) -> None:
    known = HEADINGS | {*REASONS.values(), *READINESS.values(), KEY[1], ACCEPT[1], NO[1]}
    examples = {"พฤ.ที่ 3 เวลา 10.00 น.", "ส01-2", '--first "1 พ.ย. 2555"'}
    thai = thai_in(text_of(DOCS / f"{name}-th.md"))
    assert len(thai) > 6
    assert [words for words in thai if words not in known | examples] == []


def test_the_next_quarter_names_every_column_of_the_ledger_and_every_table_that_changes() -> None:
    (_, changes), (_, ledger) = [thai for _, thai in pairs("next-quarter")[1:3]]
    columns = [row[0].strip("`") for row in table_in(ledger)]
    assert columns == [column.thai for column in FORM["ledger"].columns if column.key not in ("officer", "note")]
    sheets = {form.thai for form in FORM.values()} | {"ตั้งค่า"}
    named = {sheet for row in table_in(changes) for sheet in row[0].split(", ")}
    assert named <= sheets
    assert len(named) == 8


def test_agendas_state_every_setting_with_its_default() -> None:
    (_, (_, text)) = pairs("agendas")[0]
    told: dict[str, float] = {}
    for names, defaults, _ in table_in(text):
        keys = [key.removeprefix("policy.") for key in re.findall(r"`([^`]+)`", names)]
        told |= dict(zip(keys, map(float, defaults.split(", ")), strict=True))
    assert told == {key: getattr(Policy(), key) for key in Policy.model_fields}


@pytest.mark.parametrize("language", [0, 1])
def test_verdicts_are_quoted_as_the_program_says_them(language: int) -> None:
    text = pairs("explanations")[1][1 - language][1]
    codes = {
        "impossible", "no-slot", "slot-dearer", "slot-cheaper", "late-in-every-plan", "late-no-slot", "late-by-choice",
        "late-slot-cheaper",
    }  # fmt: skip
    said = {code: SENTENCES[code][language].format(baht="...") for code in codes}
    assert sorted(row[0] for row in table_in(text)) == sorted(said.values())


def test_outputs_have_every_format_and_every_sheet_by_its_name() -> None:
    (_, (_, first)), _, (_, (_, workbook)), *_ = pairs("outputs")
    assert [row[:2] for row in table_in(first)] == [[f"`{format.value}`", f"`{format.file}`"] for format in Format]
    sheets = ["by_day", "officer_weeks", "by_cooperative", "open_matters", "cost", "workload"]
    assert [row[0] for row in table_in(workbook)] == [TEXTS[sheet][0] for sheet in sheets]
    shown = {thai for thai, _ in TEXTS.values()}
    assert [words for words in thai_in(workbook) if words not in shown] == []


@pytest.mark.parametrize("language", [0, 1])
def test_outputs_tell_every_reason_in_the_words_of_the_workbook(language: int) -> None:
    rows = table_in(pairs("outputs")[5][1 - language][1])
    assert {row[0].strip("`") for row in rows} == {code for code, _ in WHYS.values()}
    assert [row for row in rows if not row[1].startswith(TEXTS[f"reason_{row[0].strip('`')}"][language])] == []
