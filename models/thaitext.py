"""One way of writing Thai: text that looks the same becomes the same.

Keyboards, phones and PDF files leave several spellings of one look: sara am as two marks, a tone mark typed before
its vowel or twice, sara ae as two sara e, spaces without width between words.
"""

from __future__ import annotations

import re
import unicodedata

#: characters that change the direction of the text around them: what is read is not what is shown
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DIRECTION = re.compile(f"[{DIRECTIONS}]")
_TONES = "\u0e48-\u0e4b"
_ABOVE_OR_BELOW = "\u0e31\u0e34-\u0e39\u0e47"
_DOUBLED = re.compile(f"([{_TONES}{_ABOVE_OR_BELOW}\u0e4c\u0e4d])\\1+")
_TONE_FIRST = re.compile(f"([{_TONES}\u0e4c])([{_ABOVE_OR_BELOW}])")
_SARA_AM = re.compile(f"(?:\u0e4d([{_TONES}]?)|([{_TONES}])\u0e4d)\u0e32")
_TONE_AFTER_AM = re.compile(f"\u0e33([{_TONES}])")


def normal(text: str) -> str:
    """``text`` as it looks: one spelling of Thai, no marks without width; spaces and line breaks stay."""
    plain = "".join(mark for mark in unicodedata.normalize("NFC", text) if unicodedata.category(mark) != "Cf")
    plain = plain.replace("เเ", "แ")
    plain = _DOUBLED.sub(r"\1", plain)
    plain = _TONE_FIRST.sub(r"\2\1", plain)
    plain = _SARA_AM.sub(lambda match: f"{match[1] or match[2] or ''}\u0e33", plain)
    return _TONE_AFTER_AM.sub("\\1\u0e33", plain)


def key(text: str) -> str:
    """What ``text`` is compared by where case, spaces, underscores, hyphens and full stops do not matter."""
    return re.sub(r"[\s_.\-‐-―]+", "", normal(text).casefold())


def turns(text: str) -> bool:
    """Whether ``text`` holds characters that change the direction of writing."""
    return _DIRECTION.search(text) is not None
