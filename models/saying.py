"""Sentences and places that know their Thai: English text that can be told in another language.

A fault is made once, in English, from a template and values: ``said("There is no {id}.", id="'c9'")``. The result is
that English text (a ``str``), and keeps template and values, so that :meth:`Said.in_language` can say the same in
Thai by the catalogue of :mod:`models.thai`. Plain text has no Thai.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, Self

LANGUAGES: Final = ("th", "en")


class Said(str):
    """English text that can also be said in Thai. ``thai`` is given for names, looked up for sentences."""

    template: str
    values: Mapping[str, Any]
    thai: str | None

    def __new__(cls, template: str, values: Mapping[str, Any] | None = None, thai: str | None = None) -> Self:
        """The text of ``template`` with ``values`` put in; ``thai``: its Thai, where no catalogue has it."""
        made = super().__new__(cls, template.format_map(values) if values else template)
        made.template, made.values, made.thai = template, dict(values or {}), thai
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any], str | None]:  # type: ignore[override]  # what __new__ takes
        return self.template, self.values, self.thai

    def in_language(self, lang: str) -> str | None:
        """The text in ``lang``, "en" or "th"; None where there is no Thai for it."""
        if lang == "en":
            return str(self)
        if self.thai is not None:
            return self.thai
        from models.thai import SENTENCES

        template = SENTENCES.get(self.template)
        if template is None:
            return None
        return template.format_map({name: in_thai(value) for name, value in self.values.items()})


def said(template: str, **values: object) -> Said:
    """The sentence ``template`` with ``values`` put in; :mod:`models.thai` has its Thai."""
    return Said(template, values)


def both(english: str, thai: str, **values: object) -> Said:
    """A sentence in English, with its Thai; ``values``, where there are any, are put into both."""
    if not values:
        return Said(english, None, thai)
    return Said(english, values, thai.format_map({name: in_thai(value) for name, value in values.items()}))


def named(english: str, thai: str) -> Said:
    """A name that stands in a sentence, with its own Thai."""
    return Said(english.replace("{", "{{").replace("}", "}}"), {"": ""}, thai)


def in_thai(text: object) -> object:
    """``text`` in Thai where it has any, as it is where not; a date as Thai messages write it."""
    if isinstance(text, dt.date):
        from models.thai import thai_date

        return thai_date(text)
    return (text.in_language("th") or str(text)) if isinstance(text, Said | Place) else text


class FieldError(ValueError):
    """A value that a key cannot hold: ``cause`` says why, ``remedy`` what to do."""

    def __init__(self, cause: Said, remedy: Said) -> None:
        super().__init__(cause)
        self.cause, self.remedy = cause, remedy


#: the parts of a place: kind -> English and Thai form. A part without a form is not shown
_FORMS: Final = {
    "file": ("{}", "{}"),
    "sheet": ("sheet {}", "แผ่นงาน {}"),
    "table": ("{}", "{}"),
    "row": ("row {}", "แถว {}"),
    "entry": ("entry {}", "รายการที่ {}"),
    "cooperative": ("cooperative {}", "สหกรณ์ {}"),
    "column": ("column {}", "คอลัมน์ {}"),
    "line": ("line {}", "บรรทัดที่ {}"),
    "character": ("column {}", "ตำแหน่งที่ {}"),
    "cells": ("cells {}", "ช่อง {}"),
    "setting": ("{}", "{}"),
}


class Place(str):
    """Where something stands: file, sheet, row, column; as text "office.xlsx, sheet issues, row 2, column due".

    ``parts`` hold what is known, in the order shown. ``letter`` is the letter of the column in its sheet, where the
    column is shown by its heading.
    """

    parts: Mapping[str, str | int]

    def __new__(cls, parts: Mapping[str, str | int]) -> Self:
        """The place with these parts, by kind."""
        made = super().__new__(cls, _shown(parts, 0))
        made.parts = dict(parts)
        return made

    def __getnewargs__(self) -> tuple[Mapping[str, str | int]]:  # type: ignore[override]  # what __new__ takes
        return (self.parts,)

    def at(self, **parts: str | int | None) -> Place:
        """The place with further parts."""
        return Place({**self.parts, **{kind: part for kind, part in parts.items() if part is not None}})

    def in_language(self, lang: str) -> str:
        """The place in ``lang``, "en" or "th"."""
        return _shown(self.parts, lang == "th")


def place(**parts: str | int) -> Place:
    """A place made of ``parts``: file, sheet, table, row, entry, column, letter, line, character, cells, setting."""
    return Place(parts)


def _shown(parts: Mapping[str, str | int], thai: int) -> str:
    told = {kind: in_thai(part) if thai else part for kind, part in parts.items()}
    return ", ".join(_FORMS[kind][thai].format(part) for kind, part in told.items() if kind in _FORMS)
