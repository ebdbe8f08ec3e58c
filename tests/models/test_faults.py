"""Coded faults, and the page that explains every code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.faults import CODES, Fault, InvalidInput
from models.thai import MEANINGS

ROOT = Path(__file__).parents[2]
#: a heading with the code, what it means, its cause and its remedy; in each page by the words that it has for these
ENTRY = r"^### `([^`]+)`\n\n(.+?)\n\n\*\*{}\*\* (.+?)\n\n\*\*{}\*\* (.+?)\n"
PAGES = {"errors.md": ("Cause.", "Remedy."), "errors-th.md": ("สาเหตุ", "วิธีแก้")}
DOUBT, THAI_DOUBT = "It is a warning", "**เป็นข้อสงสัย**"


def entries(page: str = "errors.md") -> dict[str, tuple[str, str, str]]:
    """The entries of a page in docs: code -> meaning, cause, remedy."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.findall(ENTRY.format(*map(re.escape, PAGES[page])), text, re.MULTILINE | re.DOTALL)
    assert len({code for code, *_ in found}) == len(found), "a code is explained twice"
    return {code: (meaning, cause, remedy) for code, meaning, cause, remedy in found}


def test_every_code_is_explained_and_every_explained_code_exists() -> None:
    explained = set(entries())
    assert sorted(set(CODES) - explained) == [], "codes that docs/errors.md does not explain"
    assert sorted(explained - set(CODES)) == [], "codes in docs/errors.md that do not exist"


def test_the_thai_page_explains_the_same_codes_in_the_same_order() -> None:
    assert list(entries("errors-th.md")) == list(entries())


@pytest.mark.parametrize("code", list(CODES))
def test_the_thai_page_says_what_thai_faults_say(code: str) -> None:
    meaning, cause, remedy = entries("errors-th.md")[code]
    assert (meaning, remedy) == MEANINGS[code]
    assert re.search("[ก-๙]", cause)
    assert (THAI_DOUBT in cause) == (DOUBT in entries()[code][1])


@pytest.mark.parametrize("code", list(CODES))
def test_the_page_says_what_the_code_means_in_the_same_words(code: str) -> None:
    meaning, cause, remedy = entries()[code]
    assert meaning == CODES[code]
    for sentence in (meaning, cause, remedy):
        assert sentence.endswith(".")


def test_every_code_is_raised_somewhere() -> None:
    sources = [path for floor in ("models", "optimizer", "api") for path in (ROOT / floor).rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources if path.name != "faults.py")
    assert [code for code in CODES if f'"{code}"' not in text] == []


@pytest.mark.parametrize("code", list(CODES))
def test_codes_are_short_lower_case_words(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert "\n" not in CODES[code]


def test_a_fault_says_what_where_why_and_what_to_do() -> None:
    fault = Fault("id-unknown", "visits[3].partner", "There is no partner 'cad'.", "Name one of the partners.")
    assert str(fault) == "[id-unknown] visits[3].partner: There is no partner 'cad'. Name one of the partners."


def test_a_fault_has_a_code_of_the_list() -> None:
    with pytest.raises(ValueError, match="no-such-code"):
        Fault("no-such-code", "here", "It is.", "Stop.")


def test_invalid_input_carries_every_fault_in_order() -> None:
    faults = [Fault("json-shape", f"part {n}", "It is wrong.", "Mend it.") for n in range(3)]
    caught = InvalidInput(iter(faults))
    assert caught.faults == tuple(faults)
    assert str(caught).splitlines() == [str(fault) for fault in faults]


def test_invalid_input_is_never_raised_for_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        InvalidInput([])
