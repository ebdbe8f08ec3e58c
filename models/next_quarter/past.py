"""Cells whose days are all past by the next quarter: closed days, repairs, days of partners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.intake.sources import Sources
from models.intake.values import blank, dates, text
from models.intake.writing import written
from models.next_quarter.changes import Change


def past_days(sources: Sources, first: dt.date) -> Iterator[Change]:
    """A line for each cell of days that all lie before ``first``, in tables without faults: it is emptied."""
    for name, table in sources.tables.items():
        columns = [column.key for column in table.form.columns if column.parse is dates]
        for row in table.rows:
            for key in columns:
                cell = row.cells.get(key)
                days = () if blank(cell) else dates(cell)  # a cell of nothing but separators has none either
                if days and days[-1] < first:
                    yield Change(name, text(row.cells.get("id")), key, written(cell), "", "past")
