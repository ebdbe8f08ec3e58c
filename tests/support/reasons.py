"""One reason of each form, about the places, people and topics of the builders' problems."""

from __future__ import annotations

import datetime as dt
from typing import Final

from models.reasons import DaySpan, Reason, Share
from support.builders import on

_ONE, _EVERY, _SOME = DaySpan(on(9), on(9)), DaySpan(on(6), on(10)), DaySpan(on(6), on(15), 3)
_DAYS: Final = {"first": on(6), "last": on(10)}

#: form -> a reason of that form; the spans are of all three kinds
EXAMPLES: Final = {
    reason.form: reason
    for reason in (
        Reason("no-day-with-partner", {**_DAYS, "cooperative": "c5", "partner": "cad"}),
        Reason("no-day", {**_DAYS, "cooperative": "c5"}),
        Reason("no-day-left", {"first": on(10), "last": on(6)}),
        Reason("no-rhythm"),
        Reason("no-officer-at-all", {"office": "kk"}),
        Reason("all-barred", {"office": "kk", "cooperative": "c5"}),
        Reason("no-topic-anywhere", {"topic": "z"}),
        Reason("too-few-officers", {"number": 3, "office": "kk"}),
        Reason("no-topic-at-all", {"office": "kk", "topic": "z"}),
        Reason("crew-too-large", {"number": 2}),
        Reason("too-heavy"),
        Reason("no-time"),
        Reason("not-there-in-time", {"arrive": dt.time(9, 44), "until": dt.time(9, 30)}),
        Reason("not-back-in-time", {"begin": dt.time(15), "until": dt.time(14, 1)}),
        Reason("gap", {"span": _ONE}),
        Reason("partner-full", {"partner": "cad", "span": _EVERY}),
        Reason("no-car", {"span": _SOME}),
        Reason("no-car-untried", {"span": _EVERY}),
        Reason("no-crew", {"span": _EVERY}),
        Reason("no-car-there", {"span": _EVERY}),
        Reason("no-car-takes-it", {"span": _SOME}),
        Reason("no-officer-there", {"span": _SOME}),
        Reason("all-busy", {"span": _ONE}),
        Reason("no-topic-there", {"topic": "x", "span": _EVERY}),
        Reason("no-crew-there", {"span": _EVERY}),
        Reason("no-lead", {"span": _EVERY}),
        Reason("no-topic-untried", {"topic": "x", "span": _ONE}),
        Reason("no-officer-untried", {"span": _SOME}),
        Reason("no-crew-untried", {"span": _EVERY}),
        Reason("no-time-left", {"span": _ONE}),
        Reason("not-looked-into"),
        Reason("dear-untried", {"span": _SOME}),
        Reason("no-topic", {"topic": "x", "span": _EVERY}),
        Reason("no-officer", {"span": _SOME}),
        Reason("by-hand"),
        Reason("not-held"),
        Reason("dear", {"span": _ONE}),
        Reason(
            "no-room",
            {
                **_DAYS,
                "number": 5,
                "shares": (
                    Share("gap", 1),
                    Share("partner-full", 1, {"partner": "cad"}),
                    Share("no-car", 1),
                    Share("no-topic", 1, {"topic": "x"}),
                    Share("no-officer", 1),
                    Share("no-car-untried", 1),
                    Share("no-crew", 1),
                    Share("no-car-there", 1),
                    Share("no-car-takes-it", 1),
                    Share("no-officer-there", 1),
                    Share("all-busy", 1),
                    Share("no-topic-there", 1, {"topic": "x"}),
                    Share("no-crew-there", 1),
                    Share("no-lead", 1),
                    Share("no-topic-untried", 1, {"topic": "x"}),
                    Share("no-officer-untried", 1),
                    Share("no-crew-untried", 1),
                    Share("no-time-left", 1),
                    Share("dear-untried", 1),
                    Share("dear", 12),
                ),
            },
        ),
    )
}
