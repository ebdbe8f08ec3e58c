"""What the system and the readers of files say, in both languages."""

from __future__ import annotations

import errno
import json
import os
import re
import tomllib

import pytest

from models.refusals import json_refusal, refusal_of, toml_refusal

THAI = re.compile("[ก-๙]")
BROKEN = [
    "",
    "{",
    '{"a" 1}',
    '{"a": 1 "b"',
    "[1 2]",
    '"x',
    '"\n"',
    '"\\q"',
    '"\\u12"',
    "{} x",
    "[1,]",
    '{"a": 1,}',
    "nul",
]


@pytest.mark.parametrize("text", BROKEN)
def test_every_word_of_the_reader_of_json_is_a_sentence_of_ours(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    told = json_refusal(caught.value)
    assert caught.value.msg not in told
    assert THAI.search(told.in_language("th") or "")


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EISDIR, errno.EADDRINUSE])
def test_what_the_system_refuses_is_told_in_thai(number: int) -> None:
    told = refusal_of(OSError(number, os.strerror(number)))
    assert str(told) == os.strerror(number)
    thai = told.in_language("th")
    assert thai is not None and THAI.match(thai) and not re.search("[A-Za-z]", thai)


def test_what_has_no_thai_keeps_its_english() -> None:
    assert refusal_of(OSError("a strange thing")).in_language("th") == "a strange thing"


def test_toml_is_told_by_its_place() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("a = 1\nb b = 2\n")
    assert toml_refusal(caught.value).in_language("th") == "บรรทัด 2 ตำแหน่งที่ 3 อ่านไม่ได้"
