"""What stands against something, before it is put into words: a code and the figures that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement: its ``code`` (``api.language.findings`` has a sentence for each) and ``facts`` to fill in.

    Facts are ids, dates (ISO), clock times (``HH:MM``) and numbers, all as text.
    """

    code: str
    facts: dict[str, str] = field(default_factory=dict)
