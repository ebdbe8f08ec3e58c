"""How Thai is written, in texts and pages: repetition marks, abbreviations, digits, shares, words for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.language.helptexts import FRAME, THAI
from api.language.reasons import THAI_FORMS, THAI_SHARES, THAI_SPANS
from api.language.rules import RULES
from api.language.terminal import WORDS
from api.language.texts import TEXTS
from api.language.verdicts import SENTENCES as VERDICTS
from api.page.texts import PAGE
from models.thai import MEANINGS, SENTENCES

DOCS = Path(__file__).parents[3] / "docs"
PAGES = [*sorted(DOCS.glob("*-th.md")), DOCS / "thai.md"]
#: what is not written so -> why
FAULTS = {
    r"[ก-๙]ๆ": "a space stands before ๆ",
    r"ๆ[ก-๙]": "a space stands after ๆ",
    r"\sฯ": "no space stands before ฯ",
    r"[๐-๙]": "digits are Arabic",
    r"[\d}]%": "a space stands before %",
    r"คุณ": "the reader is ท่าน",
    r"โทเค็น": "it is โทเคน",
    r"ปลดตรึง": "it is เลิกตรึง",
}


def texts() -> Iterator[str]:
    """Every Thai text of outputs, the page, the help and faults."""
    for table in (TEXTS, PAGE, WORDS):
        yield from (thai for thai, _ in table.values())
    yield from (thai for thai, _ in RULES.values())
    for catalogue in (SENTENCES, VERDICTS, THAI, FRAME, THAI_FORMS, THAI_SHARES, THAI_SPANS):
        yield from catalogue.values()
    yield from (text for pair in MEANINGS.values() for text in pair)


@pytest.mark.parametrize("fault", FAULTS, ids=FAULTS.get)
def test_no_text_is_written_so(fault: str) -> None:
    assert [text for text in texts() if re.search(fault, text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_is_written_so(page: Path) -> None:
    """But for what stands in backticks, which is as people type it."""
    prose = re.sub(r"```.*?```|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [(why, re.findall(f".*{fault}.*", prose)) for fault, why in FAULTS.items() if re.search(fault, prose)] == []
