"""A walk over the XML of one part: elements by local name, no document types, no entities."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

Attributes = dict[str, str]


class ForbiddenError(Exception):
    """The part declares a document type: it could unfold to anything."""


def walk(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call ``start``, ``end`` and ``text`` over the XML in ``stream``; prefixes of names are left out.

    Raises:
        ForbiddenError: it declares a document type.
        expat.ExpatError: it is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ForbiddenError

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.ParseFile(stream)
