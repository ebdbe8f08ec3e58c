"""What an explanation says, before it is put into words: a code and the facts that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement: its ``code`` (``api.language.findings`` has a sentence for each) and ``facts`` to fill in.

    Facts are ids, dates (ISO), clock times (``HH:MM``) and numbers, all as text.
    """

    code: str
    facts: dict[str, str] = field(default_factory=dict)


#: what forbids a visit on a day in every plan, whatever else is planned, in the order they are looked for
ABSOLUTE = (
    "history", "pinned-elsewhere", "no-workday", "before-earliest", "after-latest", "closed", "partner-away",
    "no-rhythm", "gap-history", "gap-pinned", "no-car-at-all", "too-heavy", "no-officer-at-all", "no-topic-at-all",
    "crew-too-large", "too-far",
)  # fmt: skip
#: what stands against a visit on a day as long as the rest of the plan stays as it is
RELATIVE = ("gap", "partner-full", "no-car", "no-officer", "no-topic", "no-time", "topics-clash")
