"""The formats of a plan, each once: command line, HTTP, docs and tests all read this one list.

A format is a module with a function ``draw(part: Part) -> bytes``, and a line in :class:`Format`; see the page
*Adding a format*. Nothing is imported here before it is drawn, so that ``patithin --help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from api.exports.calendar import Calendar
    from api.exports.editions import Edition


#: the media type of workbooks
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Format(StrEnum):
    """A format by its name, with its media type, the file (or folder) it is written to, and what it is for."""

    media: str
    file: str
    module: str
    about: str

    def __new__(cls, name: str, media: str, file: str, module: str, about: str) -> Format:
        """A member: ``module`` below ``api.exports`` draws it."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.media, member.file, member.module, member.about = media, file, module, about
        return member

    json = "json", "application/json", "visits.json", "records", "the planned visits and those left out, for programs"
    board = (
        "board", "application/vnd.patithin.board+json", "board.json", "boardfile",
        "all that is needed to draw the plan in one language",
    )  # fmt: skip
    plan = "plan", "application/vnd.patithin.plan+json", "plan.json", "planfile", "the plan file of the contract"
    html = "html", "text/html", "calendar.html", "webpage", "the calendar to look at and to print"
    xlsx = "xlsx", XLSX, "calendar.xlsx", "spreadsheet", "the same as tables, to sort, filter and work on"
    ics = "ics", "text/calendar", "ics", "feedfiles", "appointments for phones and mail programs"
    csv = "csv", "text/csv", "visits.csv", "rows", "a row for each planned visit, for any program"
    geojson = "geojson", "application/geo+json", "tours.geojson", "places", "offices, cooperatives and tours on a map"
    requests = "requests", "text/html", "travel-requests.html", "requests", "an A4 sheet for each tour, ready to sign"

    @property
    def attached(self) -> bool:
        """Whether a browser keeps it as a file instead of showing it."""
        return not self.media.endswith(("json", "html"))

    def draw(self, part: Part) -> bytes:
        """The part in this format, as one document."""
        draw: Callable[[Part], bytes] = _module(self).draw
        return draw(part)

    def write(self, part: Part, place: Path) -> None:
        """Write the part to ``place``: a file, or the folder of a format that has many."""
        spread: Callable[[Part, Path], None] | None = getattr(_module(self), "spread", None)
        if spread is not None and place.suffix != f".{self}":
            spread(part, place)
        else:
            place.write_bytes(self.draw(part))


@dataclass(frozen=True, slots=True)
class Part:
    """What is drawn: a calendar, or a part of one.

    ``calendar`` has the tours wanted, whole: a tour is one drive, whoever asks. ``visits``: the stops wanted among
    theirs (None: all). ``officer``, ``cooperative``: whose feed it is. ``head`` goes into the JSON.
    """

    calendar: Calendar
    edition: Edition
    visits: frozenset[str] | None = None
    officer: str | None = None
    cooperative: str | None = None
    head: Mapping[str, Any] = field(default_factory=dict)


def _module(format: Format) -> Any:
    return import_module(f"api.exports.{format.module}")
