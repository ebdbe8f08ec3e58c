"""Text in CSV files that a spreadsheet would take for a formula, and run: who wrote it need not be who opens it.

It is written with an apostrophe before it, by which spreadsheets know text, and read back without.
"""

from __future__ import annotations

from typing import Final

#: what the text of a formula may begin with
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text as it is written; a number with its sign is one, and stays."""
    return f"'{text}" if (text.startswith(RISKY) and not _is_number(text)) or _is_marked(text) else text


def meant(text: str) -> str:
    """The text that was written so."""
    return text[1:] if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    return text.startswith("'") and text.lstrip("'").startswith(RISKY)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
