"""File names for ids: an id may hold any text, a file name may not."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

#: Windows keeps these for itself, whatever the ending
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 40


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """A file name without ending for each id: the id itself where it can be one, else a likeness with a hash.

    No two are alike, also where capitals do not count; the name of an id depends on the other ids only there.
    """
    known = list(ids)
    plain = {id_: _likeness(id_) for id_ in known}
    folded: dict[str, int] = {}
    for name in plain.values():
        folded[name.casefold()] = folded.get(name.casefold(), 0) + 1
    return {
        id_: name if name == id_ and folded[name.casefold()] == 1 else f"{name}-{_hash(id_)}"
        for id_, name in plain.items()
    }


def _likeness(id_: str) -> str:
    """The id with only letters, vowel and tone marks, digits, "-" and "_", not too long and not reserved."""
    kept = "".join(character if _allowed(character) else "_" for character in unicodedata.normalize("NFC", id_))
    name = kept[:_LONGEST]
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def _allowed(character: str) -> bool:
    return character in "-_" or unicodedata.category(character)[0] in "LMN"


def _hash(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()[:8]
