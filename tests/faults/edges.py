"""Values at the edges, and JSON with values, keys and shape changed: what a file by hand, or by a fuzzer, may hold."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from typing import Any

#: values at the edges, by what they stand for
NUMBERS = (
    0, 0.0, 5e-324, 1e-9, 1e-3, 0.004, 1 / 120, 1 / 60, 0.1, 1 / 3, 0.5, 1, 2, 5.004, 7, 59.999999, 1440, 1441,
    599999.0, 599999.995, 600000, 1e6, 999999999.99, 1e9, 1e9 + 1, 1e300, -1, -0.0,
)  # fmt: skip
CLOCKS = (
    "00:00", "0:00", "00:00:01", "00:00:00.4", "08:30:00.5", "12:00", "23:59:59.5", "24:00", "9999:59", "9999:59:59",
    "9999:59:59.99",
)  # fmt: skip
DATES = ("0001-01-01", "0001-01-02", "1970-01-01", "2012-08-01", "2012-08-02", "2012-08-06", "9999-12-30", "9999-12-31")
TEXTS = ("", "x", "a:b", "{a}", "%s", "\\", "'\"", "🚌" * 5, "ก" * 300, " ", "0", "None", "\u00a0", "<b>", "=1+1")
#: values of another kind than the one that stands there
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], 0, 10**400, "x", "\x00", "\ud800", "2012-08-01", "08:30")

_CLOCK, _DATE = re.compile(r"\d{1,4}:\d\d"), re.compile(r"\d{4}-\d\d-\d\d")

Path = tuple[Any, ...]

#: characters of a text that is changed further: each change can make it fifty times as long
MOST_CHANGED = 100_000


def edges(value: Any) -> tuple[Any, ...]:
    """Values at the edges of what ``value`` stands for."""
    if isinstance(value, bool) or value is None:
        return ()
    if isinstance(value, int | float):
        return NUMBERS
    return DATES if _DATE.fullmatch(value) else CLOCKS if _CLOCK.match(value) else TEXTS


def nodes(thing: Any) -> Iterator[tuple[Path, Any]]:
    """Everything within a JSON value, itself first, with the way to it; however deep, at a cost that grows no faster
    than the ways are long."""
    left: list[tuple[Path, Any]] = [((), thing)]
    while left:
        path, value = left.pop()
        yield path, value
        within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        left += reversed([((*path, key), each) for key, each in within])


def put(data: Any, path: Path, value: Any) -> None:
    """Set the value at the end of the way, which is not empty."""
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = value


def mutated(data: bytes, draw: random.Random) -> bytes:
    """JSON with up to three changes, fewer where one makes it large.

    Raises:
        ValueError: ``data`` is no JSON of any size.
    """
    tree, text = json.loads(data), ""
    for _ in range(draw.choice((1, 1, 2, 3))):
        ways = [path for path, _ in nodes(tree) if path]
        if not ways:
            raise ValueError("there is nothing in it")
        _change(tree, draw.choice(ways), draw)
        text = json.dumps(tree, ensure_ascii=False)
        if len(text) > MOST_CHANGED:
            break
    return text.encode(errors="surrogatepass")


def _change(tree: Any, path: Path, draw: random.Random) -> None:
    """Another value, none, two of them, one from elsewhere, or one level deeper."""
    within = tree
    for part in path[:-1]:
        within = within[part]
    value = within[path[-1]]
    match draw.randrange(8):
        case 0:
            del within[path[-1]]
        case 1 if isinstance(within, list):
            within.insert(draw.randrange(len(within) + 1), copy.deepcopy(value))
        case 1:
            within[draw.choice(TEXTS)] = copy.deepcopy(value)
        case 2:
            within[path[-1]] = copy.deepcopy(draw.choice([each for _, each in nodes(tree)]))
        case 3:
            within[path[-1]] = draw.choice(([value], {"x": value}, [value] * draw.choice((2, 50))))
        case 4:
            within[path[-1]] = draw.choice(OTHERS)
        case _:
            plain = not isinstance(value, dict | list)
            within[path[-1]] = draw.choice((plain and edges(value)) or OTHERS)
