"""The readers of cells, under one name: ``values.date``, ``values.text`` and so on."""

from models.eras import BUDDHIST_ERA
from models.intake.cells import (
    Broken,
    Cell,
    CellError,
    Figure,
    blank,
    choice,
    clean,
    integer,
    number,
    one_ended,
    open_range,
    parts,
    shown,
    text,
    texts,
)
from models.intake.dates import date, date_given, date_range, dates, span_given
from models.intake.hours import Hours, clock, clocks, hours, weekdays

__all__ = [
    "BUDDHIST_ERA", "Broken", "Cell", "CellError", "Figure", "Hours", "blank", "choice", "clean", "clock", "clocks",
    "date", "date_given", "date_range", "dates", "hours", "integer", "number", "one_ended",
    "open_range", "parts", "shown", "span_given", "text", "texts", "weekdays",
]  # fmt: skip
