"""Why visits are left out, in Thai and in English, in everything that a planner holds."""

from __future__ import annotations

import io
import re
from string import Formatter

import openpyxl
import pytest
from rich.console import Console
from support.reasons import EXAMPLES

from api.cli.summary import summary
from api.exports import page, workbook
from api.exports.calendar import Calendar
from api.language.reasons import THAI_FORMS, THAI_SHARES, THAI_SPANS
from api.language.texts import TEXTS
from models.plan import Unplanned
from models.reasons import FORMS, SHARES, SPANS, Reason

from .conftest import Sample


def left_with(sample: Sample, reason: str) -> Sample:
    """The sample, its one visit left out for ``reason``."""
    left = (Unplanned(visit="c4-1", reason=reason),)
    return Sample(sample.plan.model_copy(update={"unplanned": left}), sample.problem, sample.office)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_form_has_its_thai_sentence_with_the_same_facts() -> None:
    english = {form: sentence for form, (_, sentence) in FORMS.items()}
    for thai, theirs in ((THAI_FORMS, english), (THAI_SHARES, SHARES), (THAI_SPANS, SPANS)):
        assert {form: fields(text) for form, text in thai.items()} == {
            form: fields(text) for form, text in theirs.items()
        }
        assert all(re.search("[ก-๙]", text) for text in thai.values())


def test_every_code_has_a_title() -> None:
    assert {f"reason_{code}" for code, _ in FORMS.values()} <= TEXTS.keys()


@pytest.mark.parametrize("reason", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_page_workbook_and_summary_say_it_in_thai(sample: Sample, reason: Reason) -> None:
    left = left_with(sample, str(reason))
    calendar = Calendar(left.plan, left.problem, left.office, "th")
    (said,) = calendar.left_out
    assert said.code == reason.code
    # only ids without a name, such as the topic z, and marks of punctuation are not Thai
    assert not re.search("[A-Za-y]", said.sentence), said.sentence
    assert not re.search("2012|`", said.sentence), said.sentence
    assert said.sentence in page(left.plan, left.problem, left.office, "th")
    book = openpyxl.load_workbook(io.BytesIO(workbook(left.plan, left.problem, left.office, "th")))
    assert said.sentence in {cell.value for row in book["จัดไม่ได้และล่าช้า"].iter_rows() for cell in row}
    console = Console(file=io.StringIO(), width=1000)
    console.print(summary(calendar, []))
    assert isinstance(console.file, io.StringIO)
    assert said.sentence in console.file.getvalue()


def test_names_stand_for_ids_and_years_are_buddhist(sample: Sample) -> None:
    left = left_with(sample, str(EXAMPLES["no-topic"]))
    thai, english = (Calendar(left.plan, left.problem, left.office, lang).left_out[0].sentence for lang in ("th", "en"))
    assert thai == "ตั้งแต่ 6 ส.ค. 2555 ถึง 10 ส.ค. 2555 ไม่มีนักส่งเสริมด้าน บัญชี ว่าง"
    assert english == "no officer with topic Accounts is free between 6 Aug 2012 and 10 Aug 2012"


def test_a_sentence_of_another_hand_stays_as_it_is(sample: Sample) -> None:
    for reason, code, sentence in (
        ("no-officer: nobody wanted to go", "no-officer", "nobody wanted to go"),
        ("ours: {span} `x`", "ours", "{span} `x`"),
        ("for no reason at all: none", "", "for no reason at all: none"),
    ):
        left = left_with(sample, reason)
        (said,) = Calendar(left.plan, left.problem, left.office, "th").left_out
        assert (said.code, said.sentence) == (code, sentence)
