"""One way of writing Thai: text that looks the same becomes the same.

Keyboards, phones and PDF files leave several spellings of one look: sara am as two marks, a tone mark typed before
its vowel or twice, sara ae as two sara e, spaces without width between words, letters and digits as wide as signs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: characters that change the direction of the text around them: what is read is not what is shown
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DIRECTION = re.compile(f"[{DIRECTIONS}]")
#: all characters of the category "format": joiners, marks of direction, spaces without width
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f]"
)
#: names and words that are compared again and again are shorter
_SHORT = 64
_TONES = "\u0e48-\u0e4b"
_ABOVE_OR_BELOW = "\u0e31\u0e34-\u0e39\u0e47"
_DOUBLED = re.compile(f"([{_TONES}{_ABOVE_OR_BELOW}\u0e4c\u0e4d])\\1+")
_TONE_FIRST = re.compile(f"([{_TONES}\u0e4c])([{_ABOVE_OR_BELOW}])")
_SARA_AM = re.compile(f"(?:\u0e4d([{_TONES}]?)|([{_TONES}])\u0e4d)\u0e32")
#: the wide forms of keyboards for Chinese and Japanese: letters, digits and marks that are the same as the narrow ones
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TONE_AFTER_AM = re.compile(f"\u0e33([{_TONES}])")


def normal(text: str) -> str:
    """``text`` as it looks: one spelling of Thai, no marks without width; spaces and line breaks stay."""
    if text.isascii():
        return text
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    plain = _WIDE.sub(lambda match: " " if match[0] == "\u3000" else chr(ord(match[0]) - 0xFEE0), plain)
    plain = plain.replace("เเ", "แ")
    plain = _DOUBLED.sub(r"\1", plain)
    plain = _TONE_FIRST.sub(r"\2\1", plain)
    plain = _SARA_AM.sub(lambda match: f"{match[1] or match[2] or ''}\u0e33", plain)
    return _TONE_AFTER_AM.sub("\\1\u0e33", plain)


def key(text: str) -> str:
    """What ``text`` is compared by where case, spaces, underscores, hyphens and full stops do not matter."""
    return _short_key(text) if len(text) <= _SHORT else _key(text)


@lru_cache(maxsize=16_384)
def _short_key(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    return re.sub(r"[\s_.\-‐-―]+", "", normal(text).casefold())


def digits(text: str) -> str:
    """``text`` trimmed, with Arabic digits."""
    return text.strip().translate(_THAI_DIGITS)


def turns(text: str) -> bool:
    """Whether ``text`` holds characters that change the direction of writing."""
    return _DIRECTION.search(text) is not None
