"""What a word that fits nothing may have been meant for: the known words most like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Final

from models.saying import Said, both
from models.thaitext import digits, key

#: how many are offered, and what share of their letters must be alike and in the same order
_MOST: Final = 3
_ALIKE: Final = 0.7
#: letters of a word that others may begin with, or hold
_BEGUN: Final = 3
#: more known words, or a longer word, are not gone through: it takes some microseconds for each
_MOST_KNOWN: Final = 2_000
_LONGEST: Final = 100
#: faults beyond which nothing is offered any more, by who may find thousands
ENOUGH: Final = 100


def like(word: str, known: Iterable[str], by: Callable[[str], str] = key) -> tuple[str, ...]:
    """The ``known`` words that begin with ``word`` or that it begins with, those that hold it, then those most like it.

    Spelling, case, spaces and Thai digits count little. ``by``: what words are compared by.
    """
    by_key: dict[str, str] = {}
    if len(word) > _LONGEST:
        return ()
    for number, each in enumerate(known):
        if number == _MOST_KNOWN:
            return ()
        by_key.setdefault(digits(by(each)), each)
    wanted = digits(by(word))
    begun = [each for each in by_key if len(wanted) >= _BEGUN and each.startswith(wanted)]
    begins = [each for each in by_key if len(each) >= _BEGUN and wanted.startswith(each)]
    longest = sorted(begins, key=len, reverse=True)[:1]
    holds = [each for each in by_key if len(wanted) >= _BEGUN and wanted in each]
    few = holds if len(holds) <= _MOST else []  # what many hold says nothing of which is meant
    found = dict.fromkeys([*begun, *longest, *few, *get_close_matches(wanted, by_key, _MOST, _ALIKE)])
    return tuple(by_key[each] for each in list(found)[:_MOST])


def perhaps(remedy: Said, word: str, known: Iterable[str], by: Callable[[str], str] = key) -> Said:
    """``remedy``, begun with what ``word`` may have been meant for; as it is where nothing is like it."""
    found = like(word, known, by)
    if not found:
        return remedy
    listed = ", ".join(found)
    return both("Did you mean {found}? {remedy}", "หมายถึง {found} หรือไม่ {remedy}", found=listed, remedy=remedy)
