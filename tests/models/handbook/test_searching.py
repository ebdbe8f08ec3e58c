"""Words are found as words, in Thai as well."""

from __future__ import annotations

import pytest
from support.builders import on
from support.circle import little_context, little_handbook

from models.handbook.records import Records
from models.handbook.searching import search, words_of

RECORDS = Records(little_context(), little_handbook(), on(15))


def test_thai_is_broken_into_words() -> None:
    assert words_of("คณะกรรมการไม่ติดตามเรื่องการควบคุมภายใน") == [
        "คณะ", "กรรมการ", "ไม่", "ติดตาม", "เรื่อง", "การ", "ควบคุม", "ภายใน",
    ]  # fmt: skip
    assert words_of("Overdue debt, 2 years!") == ["overdue", "debt", "2", "years"]


@pytest.mark.parametrize(
    ("sought", "visits"),
    [
        ("หนี้", ["c1-1", "c2-1"]),  # ลูกหนี้ is made of the words ลูก and หนี้
        ("ลูกหนี้", ["c2-1"]),
        ("ทำบัญชี", ["c1-1"]),
        ("งบทดลอง ผู้จัดการ", ["c1-1"]),
        ("ประชุม", ["c1-2"]),  # in the remarks of a visit that was not held
        ("บัญชี", ["c1-1", "c1-1"]),  # a strength, and what was done of an issue
        ("ชี", []),
        ("  ,", []),
    ],
)
def test_words_are_found_as_words(sought: str, visits: list[str]) -> None:
    assert [found.visit for found in search(RECORDS, sought)] == visits


def test_what_is_found_says_where_it_stands() -> None:
    (found,) = search(RECORDS, "ลูกหนี้")
    assert (found.cooperative, found.part, found.date, found.text) == ("c2", "weakness", on(7), "ไม่มีทะเบียนลูกหนี้")
