"""The Content-Security-Policy of what the service answers: a page says itself what it may do, the rest is here."""

from __future__ import annotations

from typing import Final

#: of whatever is answered: no page of others frames it, and it sends nobody and no form elsewhere
_APART: Final = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def apart(policy: str) -> str:
    """The ``policy`` of a document, kept apart from the pages of others as well."""
    return f"{policy}; {_APART}"
