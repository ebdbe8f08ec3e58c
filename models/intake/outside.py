"""Days of the tables that lie outside of what is planned: they change nothing, and a year may be mistaken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from models.faults import Fault
from models.intake.doubting import LONGEST, doubt, finder
from models.intake.rows import Rows, Stretch
from models.intake.settings import Settings
from models.intake.sources import Sources
from models.intake.tables import Row
from models.saying import Place, both, said


def outside(sources: Sources, settings: Settings, rows: Rows) -> Iterator[Fault]:
    """A warning for each row whose days all lie outside the horizon, and outside the days of the preparation."""
    horizon, preparation = settings.horizon, settings.preparation
    spans = [(horizon.first, horizon.last)]
    if preparation.first is not None and preparation.last is not None:
        spans.append((preparation.first, preparation.last))

    def missed(first: dt.date, last: dt.date) -> bool:
        return all(last < begin or end < first for begin, end in spans)

    found = [(row.where("from"), each.first, each.last) for row, each in _stretches(sources, rows)]
    found += [(where, min(days), max(days)) for where, days in _days(sources, rows) if days]
    for where, first, last in found:
        if missed(first, last):
            cause = said("{day} lies outside the horizon, {first} to {last}, and changes nothing.",
                         day=first, first=horizon.first, last=horizon.last)  # fmt: skip
            yield Fault("value-doubtful", where, cause, said("Check the year and the month, or remove it."))
    for where, day in _far(sources, rows, settings):
        cause = both("{day} lies more than a year from the horizon, {first} to {last}.",
                     "{day} ห่างจากช่วงแผน {first} ถึง {last} เกินหนึ่งปี",
                     day=day, first=horizon.first, last=horizon.last)  # fmt: skip
        yield doubt(where, cause, both("Check the year.", "ตรวจปี"))


def _far(sources: Sources, rows: Rows, settings: Settings) -> Iterator[tuple[Place, dt.date]]:
    """Ends of stretches into the horizon that lie more than a year from it: a year may be mistaken."""
    first, last = settings.horizon.first, settings.horizon.last
    for row, each in _stretches(sources, rows):
        if each.first <= last and each.last - last > LONGEST:
            yield row.where("to"), each.last
        if each.last >= first and first - each.first > LONGEST:
            yield row.where("from"), each.first


def _stretches(sources: Sources, rows: Rows) -> Iterator[tuple[Row, Stretch]]:
    """Each stretch of days with its row; none of a table with a row that could not be read."""
    tables: dict[str, Sequence[Stretch]] = {"absences": rows.absences, "cars_on": rows.cars_on}
    for name, stretches in tables.items():
        table = sources.tables.get(name)
        if table is not None and len(table.rows) == len(stretches):
            yield from zip(table.rows, stretches, strict=True)


def _days(sources: Sources, rows: Rows) -> Iterator[tuple[Place, Iterable[dt.date]]]:
    """Where single days stand, by cell."""
    where = {name: finder(sources, name) for name in ("cooperatives", "cars", "partners")}
    for cooperative in rows.cooperatives:
        yield where["cooperatives"](cooperative.id, "closed"), cooperative.closed
    for car in rows.cars:
        yield where["cars"](car.id, "repair"), car.repair
    for agency in rows.agencies:
        yield where["partners"](agency.id, "also_on"), agency.also_on
        yield where["partners"](agency.id, "not_on"), agency.not_on
