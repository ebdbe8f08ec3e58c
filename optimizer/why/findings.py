"""Which findings hold in every plan, and which as long as the rest of a plan stays."""

from __future__ import annotations

from models.rules import Finding as Finding

#: what forbids a visit on a day in every plan, whatever else is planned, in the order they are looked for
ABSOLUTE = (
    "history", "pinned-elsewhere", "no-workday", "before-earliest", "after-latest", "not-its-date", "closed",
    "shut-weekday", "no-hours", "partner-away", "no-rhythm", "gap-history", "gap-pinned", "no-lead", "no-car-at-all",
    "too-heavy", "no-officer-at-all", "no-topic-at-all", "crew-too-large", "too-few-officers-at-all", "too-far",
    "all-busy",
)  # fmt: skip
#: what stands against a visit on a day as long as the rest of the plan stays as it is
RELATIVE = (
    "gap", "partner-full", "no-car", "no-officer", "no-topic", "too-few-officers", "no-time", "topics-clash",
)  # fmt: skip
#: what stands against a visit on a tour whose crew, car and times are given
ON_TOUR = (
    "pinned-crew", "pinned-start", "outside-hours", "other-office", "car-unknown", "car-away", "car-taken", "no-seat",
    "over-capacity", "officer-elsewhere", "officer-absent", "officer-busy", "officer-on-tour", "week-full",
    "lacks-topic", "crew-too-small", "officer-barred", "leaves-early", "back-late", "too-long",
)  # fmt: skip
