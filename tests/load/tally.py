"""What became of many requests: how long answers took, what was refused for the moment, and each kind of wrong answer.

A refusal that says when to come back (429 or 503 with ``Retry-After``) is the service's word that it is too busy: it is
counted apart from what is wrong. Every kind is kept with its number and its first example, however many there are.
"""

from __future__ import annotations

import collections
import re
from dataclasses import dataclass, field
from typing import Any

import httpx2

#: characters kept of an example
SHOWN = 400
#: statuses by which a service that is too busy asks for another try
BUSY = (429, 503)


@dataclass
class Kind:
    """Answers of one kind: how many, and the first of them."""

    count: int = 0
    example: str = ""

    def note(self, example: str) -> None:
        """One more."""
        self.example = self.example or example[:SHOWN]
        self.count += 1


def _kinds() -> dict[str, Kind]:
    return collections.defaultdict(Kind)


@dataclass
class Tally:
    """What was asked for, by kind."""

    #: seconds until each answer came
    taken: dict[str, list[float]] = field(default_factory=lambda: collections.defaultdict(list))
    #: too busy, and said so
    refused: dict[str, Kind] = field(default_factory=_kinds)
    #: anything else that was not as it should be
    wrong: dict[str, Kind] = field(default_factory=_kinds)
    #: connections that ended before their answer, and were asked again upon another as browsers do
    again: dict[str, Kind] = field(default_factory=_kinds)
    #: requests that nobody made, since too many others still waited for their answers
    held_back: int = 0

    def answered(self, what: str, answer: httpx2.Response, good: tuple[int, ...], seconds: float) -> None:
        """Note an answer, which should have one of the ``good`` statuses."""
        self.taken[what].append(seconds)
        if answer.status_code in good:
            return
        busy = answer.status_code in BUSY and "Retry-After" in answer.headers
        kinds = self.refused if busy else self.wrong
        kinds[f"{what}: {answer.status_code} {' '.join(codes_of(answer))}".strip()].note(
            f"{answer.request.method} {answer.request.url.raw_path.decode()}: {answer.text}"
        )

    def failed(self, what: str, error: httpx2.TransportError) -> None:
        """Note a request without an answer."""
        self.wrong[f"{what}: {type(error).__name__}"].note(str(error))

    @property
    def errors(self) -> int:
        """Requests that were not answered as they should be."""
        return sum(kind.count for kind in self.wrong.values())

    @property
    def refusals(self) -> int:
        """Requests that were refused for the moment."""
        return sum(kind.count for kind in self.refused.values())


def codes_of(answer: httpx2.Response) -> list[str]:
    """The codes of the faults in an answer, each once."""
    try:
        told: Any = answer.json()
    except ValueError:
        return []
    faults = told.get("errors") if isinstance(told, dict) else None
    return sorted({str(re.sub(r"[^\w-]", "", fault["code"])) for fault in faults or ()})
