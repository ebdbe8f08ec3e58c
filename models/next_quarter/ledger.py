"""The ledger: what each officer owes or is owed from quarter to quarter, and whose turn it is to be on duty."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from models.costing import lead_changes
from models.evaluation.evaluating import evaluate
from models.handbook.records import Records
from models.office import LedgerRow


def ledger_after(records: Records, duty_before: Mapping[str, int]) -> tuple[LedgerRow, ...]:
    """Every officer's row after this quarter: what was brought along, and this quarter on top.

    Hours above the fair share of all hours done are added, those below taken off, so that a quarter's hours add up to
    nothing. ``duty_before``: days on duty in this quarter, by officer.
    """
    context = records.context
    brought = {row.officer: row for row in context.office.ledger} if context.office else {}
    figures = {one.id: one for one in evaluate(records).officers}
    taken = Counter(context.plan.leads[id_] for id_ in lead_changes(context.problem, context.plan))
    rows = []
    for officer in context.problem.officers:
        old = brought.get(officer.id, LedgerRow(officer=officer.id))
        rows.append(
            LedgerRow(
                officer=officer.id,
                hours=round(old.hours + figures[officer.id].balance, 2),
                stand_ins=old.stand_ins + figures[officer.id].stood_in,
                leads_taken=old.leads_taken + taken[officer.id],
                duty=old.duty + duty_before.get(officer.id, 0),
            )
        )
    return tuple(rows)


def duty_roster(
    ledger: Sequence[LedgerRow], days: Sequence[dt.date], per_day: int, away: Mapping[str, frozenset[dt.date]]
) -> list[tuple[dt.date, str]]:
    """Who is on duty on each of ``days``: those with fewest days so far, in the order of the ledger where equal.

    Nobody is on duty on a day ``away``. Days lack somebody where everyone is away.
    """
    counts = {row.officer: row.duty for row in ledger}
    order = {row.officer: number for number, row in enumerate(ledger)}
    roster = []
    for day in days:
        free = [id_ for id_ in counts if day not in away.get(id_, frozenset())]
        for id_ in sorted(free, key=lambda id_: (counts[id_], order[id_]))[:per_day]:
            counts[id_] += 1
            roster.append((day, id_))
    return roster
