"""JSON from outside, read alike at every door: no key twice, no endless nesting, no text that nothing can keep."""

from __future__ import annotations

import json
import math
import re
import reprlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from models.faults import Fault, InvalidInput
from models.refusals import json_refusal
from models.saying import place, said

#: digits beyond which a whole number is read as a float: no key of the formats holds so many
_MOST_DIGITS: Final = 400
#: levels of lists and objects within each other; a GeoJSON map has eight
DEEPEST: Final = 40
#: NUL, halves of characters and places that are no characters: no database, spreadsheet or XML keeps them
_UNKEPT = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
#: what may hold the first of them, looked for in the text before each string is looked at
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F]|[fF]{3}[efEF])|[\x00\ud800-\udfff\ufffe\uffff]")

_SHOW = reprlib.Repr()
_SHOW.maxstring = 60


#: from the path of a value, such as ``changes[0].kind`` and "" for all of it, to where faults say that it stands
At = Callable[[str], str]


def parse_json(source: str | bytes, name: str, at: At | None = None) -> tuple[Any, list[Fault]]:
    """What the JSON in ``source`` says, and the faults that do not hinder reading on; ``name`` is its file.

    ``at``: where its values stand; all in the file where it is not given.

    Raises:
        InvalidInput: it is no JSON, or cannot be kept.
    """
    faults: list[Fault] = []

    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            for key, times in sorted(Counter(key for key, _ in pairs).items()):
                if times == 1:
                    continue
                cause = said("One object has the key {key} {times} times.", key=_SHOW.repr(key), times=times)
                faults.append(Fault("key-repeated", place(file=name), cause, said("Keep the one that is meant.")))
        return found

    def as_whole(digits: str) -> int | float:
        return int(digits) if len(digits) < _MOST_DIGITS else float(digits)

    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=as_object, parse_int=as_whole)
    except json.JSONDecodeError as error:
        where = place(file=name, line=error.lineno, character=error.colno)
        cause = said("It is not JSON: {reason}.", reason=json_refusal(error))
        fault = Fault("json-syntax", where, cause, said("Mend the text there."))
    except UnicodeDecodeError as error:
        cause = said("It is not UTF-8 at byte {byte}.", byte=error.start)
        fault = Fault("json-syntax", place(file=name), cause, said("Write UTF-8."))
    except RecursionError:
        fault = _too_deep(name)
    else:
        if not _too_deep_in(data):
            return data, faults + (_unkept(data, at or (lambda _: place(file=name))) if _SUSPECT.search(text) else [])
        fault = _too_deep(name)
    raise InvalidInput([*faults, fault])


def unending(data: Any, at: At) -> list[Fault]:
    """A fault at each place in what was read where a number is not finite (NaN, 1e400): who reads it as JSON again
    could not. For what has no fields that say so."""
    if all(math.isfinite(thing) for thing in _all_in(data) if isinstance(thing, float)):
        return []
    cause = said("A number is not finite, or larger than any that can be kept.")
    places = (at(path) for path, thing in _paths_in(data) if isinstance(thing, float) and not math.isfinite(thing))
    return [
        Fault("field-value", where, cause, said("Write the number with its digits.")) for where in dict.fromkeys(places)
    ]


def _too_deep(name: str) -> Fault:
    cause = said("It is nested too deeply.")
    return Fault("json-syntax", place(file=name), cause, said("Write the keys of the format only."))


def _too_deep_in(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [
            item
            for thing in level
            for item in (thing.values() if isinstance(thing, dict) else thing)
            if isinstance(item, dict | list)
        ] if level and isinstance(level[0], dict | list) else []  # fmt: skip
        if not level:
            return False
    return True


def _unkept(data: Any, at: At) -> list[Fault]:
    """A fault at each place where a text holds characters that cannot be kept; the first of them is named."""
    found: dict[str, Fault] = {}
    for path, thing in _paths_in(data):
        if isinstance(thing, str) and (character := _UNKEPT.search(thing)) and (where := at(path)) not in found:
            named = f"U+{ord(character.group()):04X}"
            cause = said("A text holds the character {character}, which cannot be kept.", character=named)
            found[where] = Fault("field-value", where, cause, said("Type the text again."))
    return list(found.values())


def _paths_in(data: Any) -> Iterator[tuple[str, Any]]:
    """Every value and key in what was read, with its path: a key stands where the object does, and so does what is
    below one that cannot be kept."""
    waiting = [("", data)]
    while waiting:
        path, thing = waiting.pop()
        yield path, thing
        if isinstance(thing, dict):
            yield from ((path, key) for key in thing)
            below = [
                (path if _UNKEPT.search(key) else f"{path}.{key}".removeprefix("."), value)
                for key, value in thing.items()
            ]
        else:
            below = [(f"{path}[{n}]", value) for n, value in enumerate(thing)] if isinstance(thing, list) else []
        waiting += reversed(below)


def _all_in(data: Any) -> Iterator[Any]:
    """Every value in what was read; without paths, which take their time."""
    waiting = [data]
    while waiting:
        thing = waiting.pop()
        yield thing
        waiting += thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
