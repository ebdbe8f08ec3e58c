"""Searching reports for words, Thai ones too: texts are broken into words, and words are compared, nothing else.

Thai is written without blanks; ICU's dictionary says where words end, so that ``บัญชี`` is found in ``ด้านบัญชีและงบ`` while
``กรรม`` is not in ``กรรมการ``. ICU is large: it comes with the service, and alone as the extra ``patithin[search]``.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.handbook.records import Records
from models.handbook.reports import Report

Part = Literal["strength", "weakness", "urgent", "step", "note", "remarks", "new_issue"]


@dataclass(frozen=True, slots=True)
class Found:
    """A text in which every word sought stands: whose, from which visit, which part of its report, and on what day."""

    cooperative: str
    visit: str
    part: Part
    date: dt.date | None
    text: str


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without blanks and punctuation.

    Raises:
        ModuleNotFoundError: ICU is not installed.
    """
    from icu4py.breakers import WordBreaker

    plain = unicodedata.normalize("NFC", text).casefold()
    return [word for word in WordBreaker(plain, "th") if any(letter.isalnum() for letter in word)]


def search(records: Records, sought: str) -> tuple[Found, ...]:
    """Every text of the reports that has the words sought, one after the other, in the order of the plan."""
    wanted = words_of(sought)
    if not wanted:
        return ()
    return tuple(
        Found(kept.visit.cooperative, kept.visit.id, part, kept.report.date, text)
        for kept in records.kept
        if kept.report is not None
        for part, text in texts_of(kept.report)
        if _holds(words_of(text), wanted)
    )


def texts_of(report: Report) -> Iterator[tuple[Part, str]]:
    """All free text of a report, part by part."""
    for finding in report.findings:
        yield finding.kind, finding.text
    for step in report.steps:
        yield "step", f"{step.what} {step.who}"
    for progress in report.progress:
        if progress.note:
            yield "note", progress.note
    for issue in report.new_issues:
        for title in dict.fromkeys(filter(None, (issue.title_th, issue.title_en))):
            yield "new_issue", title
    if report.remarks:
        yield "remarks", report.remarks


def _holds(words: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return any(words[at : at + size] == wanted for at in range(len(words) - size + 1))
