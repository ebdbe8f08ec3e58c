"""Duty at the office goes round by what the ledger says of earlier quarters."""

from __future__ import annotations

import datetime as dt

from models.next_quarter.ledger import duty_roster
from models.office import LedgerRow


def test_duty_goes_to_those_who_had_least() -> None:
    days = [dt.date(2012, 11, day) for day in (5, 6, 7)]
    ledger = (LedgerRow(officer="a", duty=2), LedgerRow(officer="b"), LedgerRow(officer="c", duty=1))
    away = {"b": frozenset([days[0]])}
    # the 5th: b is away, c has 1, a has 2; the 6th: b has 0; the 7th: b has 1, c and a have 2, b comes first
    assert duty_roster(ledger, days, 1, away) == [(days[0], "c"), (days[1], "b"), (days[2], "b")]
