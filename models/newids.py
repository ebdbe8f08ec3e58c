"""Ids for what is new: the first that nothing else bears."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import count


def new_id(stem: str, known: Container[str], first: int = 1) -> str:
    """``stem`` and the first number, from ``first`` on, that none of the ``known`` ids has with it."""
    return next(new_ids(stem, known, first))


def new_ids(stem: str, known: Container[str], first: int = 1) -> Iterator[str]:
    """``stem`` with number after number, those left out that are ``known`` by the time it is their turn."""
    return (name for name in (f"{stem}{number}" for number in count(first)) if name not in known)
