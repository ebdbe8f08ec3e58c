"""The languages that people are spoken to in."""

from __future__ import annotations

from enum import StrEnum


class Lang(StrEnum):
    """The languages of what people read."""

    th = "th"
    en = "en"
