"""The plan as rows: one for each planned visit, as a pandas frame or as CSV for any program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.exports.calendar import Calendar
from api.exports.views import StopView, TourView
from api.formats import Part
from models.clock import format_clock
from models.formulas import harmless
from models.office import Office
from models.plan import Plan
from models.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

#: column -> pandas dtype, in order; the names are the same in every language
COLUMNS = {
    "date": "datetime64[s]",
    "weekday": "str",
    "iso_week": "int64",
    "office": "str",
    "tour": "str",
    "car": "int64",
    "vehicle": "str",
    "depart": "str",
    "stop": "int64",
    "arrive": "str",
    "start": "str",
    "end": "str",
    "return": "str",
    "visit": "str",
    "cooperative": "str",
    "cooperative_name": "str",
    "district": "str",
    "lead": "str",
    "lead_name": "str",
    "stand_in": "bool",
    "crew": "str",
    "crew_names": "str",
    "topics": "str",
    "agenda": "str",
    "partner": "str",
    "priority": "int64",
    "due": "datetime64[s]",
    "late_workdays": "int64",
    "minutes": "float64",
    "drive_minutes": "float64",
    "km": "float64",
    "illustrative": "boolean",
    "travel_estimated": "boolean",
}


def table(plan: Plan, problem: Problem, office: Office | None, lang: str = "th") -> pd.DataFrame:
    """One row for each planned visit, by date and time; the columns of :data:`COLUMNS`.

    Several officers or topics in one cell are joined by "; ". ``km`` and ``drive_minutes`` are from the stop before;
    ``due`` is empty (NaT) where there is none; ``illustrative`` and ``travel_estimated`` are (NA) where no office says
    it. Names are in ``lang``; column names and ids are not translated.
    """
    return _table(Calendar(plan, problem, office, lang))


def table_of(part: Part) -> pd.DataFrame:
    """The rows of the visits wanted; distances are those of the whole tour."""
    frame = _table(part.calendar)
    return frame if part.visits is None else frame[frame["visit"].isin(part.visits)]


def draw(part: Part) -> bytes:
    """The rows of the visits wanted as CSV."""
    return csv_of(table_of(part))


def _table(calendar: Calendar) -> pd.DataFrame:
    import pandas as pd  # here: it takes longer to load than all other outputs, and they do without

    rows = [_row(calendar, tour, stop) for tour in calendar.tours for stop in tour.stops]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def csv(plan: Plan, problem: Problem, office: Office | None, lang: str = "th") -> bytes:
    """The table as CSV; see :func:`csv_of`."""
    return csv_of(table(plan, problem, office, lang))


def csv_of(rows: pd.DataFrame) -> bytes:
    """Rows of a table as UTF-8 CSV with a byte order mark, so that spreadsheets show Thai.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    frame = rows.copy()
    for name, kind in COLUMNS.items():
        if kind == "str":
            frame[name] = frame[name].map(harmless)
    return frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n").encode("utf-8-sig")


def _row(calendar: Calendar, tour: TourView, stop: StopView) -> dict[str, object]:
    words, visit, lead = calendar.words, stop.visit, stop.destination.lead
    return {
        "date": tour.date,
        "weekday": words.weekday(tour.date.weekday()),
        "iso_week": tour.date.isocalendar().week,
        "office": tour.tour.office,
        "tour": tour.tour.id,
        "car": tour.car,
        "vehicle": tour.vehicle,
        "depart": format_clock(tour.tour.depart),
        "stop": stop.order,
        "arrive": format_clock(stop.arrive),
        "start": format_clock(stop.start),
        "end": format_clock(stop.end),
        "return": format_clock(tour.tour.return_),
        "visit": visit.id,
        "cooperative": stop.destination.id,
        "cooperative_name": stop.destination.name,
        "district": stop.destination.district,
        "lead": lead.id if lead else "",
        "lead_name": lead.name if lead else "",
        "stand_in": stop.stand_in,
        "crew": "; ".join(person.id for person in tour.crew),
        "crew_names": "; ".join(person.name for person in tour.crew),
        "topics": "; ".join(stop.topics),
        "agenda": "; ".join(item.title for item in stop.agenda) or words("routine"),
        "partner": stop.partner,
        "priority": visit.priority,
        "due": visit.due,
        "late_workdays": stop.late_days,
        "minutes": visit.minutes,
        "drive_minutes": stop.drive,
        "km": stop.km,
        "illustrative": calendar.illustrative,
        "travel_estimated": calendar.estimated,
    }
