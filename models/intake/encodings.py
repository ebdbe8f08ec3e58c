"""The text of a file that a spreadsheet wrote: UTF-8, or what older ones write of Thai, told from the bytes."""

from __future__ import annotations

import codecs
import re
from typing import Final

#: a vowel or tone that stands over, under or behind nothing, or a vowel before nothing: these bytes are another script
_NOT_THAI: Final = re.compile("(?<![ก-ฮะ-ฺ็-๎])[ัิ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])")
_CONSONANT: Final = re.compile("[ก-ฮ]")


def decoded(data: bytes) -> tuple[str, str | None]:
    """The text in ``data``, and the name of its encoding where that is not UTF-8.

    UTF-16 is known by its first mark. What is no UTF-8 is Thai of Windows where that makes Thai syllables of it.

    Raises:
        UnicodeDecodeError: it is none of these.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        text = data.decode("cp874")
        if _NOT_THAI.search(text) or not _CONSONANT.search(text):
            raise
        return text, "TIS-620 (Windows-874)"
