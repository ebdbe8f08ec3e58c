"""The formats of a calendar, and how a request says which it wants: ``?format=`` or the header Accept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fastapi import Request

from api.service.choosing import Choice
from api.service.errors import Refused
from api.storage.problems import Stated
from models.faults import Fault
from models.plan import Plan

if TYPE_CHECKING:
    from pandas import DataFrame


class Format(StrEnum):
    """The formats, by the name used in ``?format=``."""

    json = "json"
    board = "board"
    plan = "plan"
    html = "html"
    xlsx = "xlsx"
    ics = "ics"
    csv = "csv"
    geojson = "geojson"


class Lang(StrEnum):
    """The languages of what people read."""

    th = "th"
    en = "en"


MEDIA_TYPES = {
    Format.json: "application/json",
    Format.board: "application/vnd.patithin.board+json",
    Format.plan: "application/vnd.patithin.plan+json",
    Format.html: "text/html",
    Format.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ics: "text/calendar",
    Format.csv: "text/csv",
    Format.geojson: "application/geo+json",
}


def format_of(request: Request, wanted: Format | None) -> Format:
    """The format that ``?format=`` names, else the one that the header Accept likes best.

    Raises:
        Refused: Accept likes none of them.
    """
    if wanted is not None:
        return wanted
    accept = request.headers.get("accept", "*/*")
    liking = [(_liking(accept, media), -rank, name) for rank, (name, media) in enumerate(MEDIA_TYPES.items())]
    best, _, name = max(liking)
    if best <= 0:
        fault = Fault(
            "format-unavailable",
            "Accept",
            "None of the formats fits.",
            f"Accept one of {', '.join(MEDIA_TYPES.values())}.",
        )
        raise Refused(406, fault)
    return name


def _liking(accept: str, media: str) -> float:
    """How much ``accept`` likes the media type, 0 to 1; the most specific range counts."""
    kind = media.partition("/")[0]
    found: tuple[int, float] = (-1, 0.0)
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        rank = {media: 2, f"{kind}/*": 1, "*/*": 0}.get(name, -1)
        if rank > found[0]:
            found = rank, _quality(parameters)
    return found[1]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan with all that its calendar is drawn from; ``head`` goes into its JSON."""

    plan: Plan
    stated: Stated
    head: Mapping[str, Any]


def draw(edition: Edition, chosen: Choice, format: Format, lang: Lang) -> bytes:
    """The calendar, or the part of it that is ``chosen``, in one format."""
    stated = edition.stated
    tours = chosen.tours(edition.plan, stated)
    of = (tours, stated.problem, stated.office)
    match format:
        case Format.json:
            return _json(edition, tours, _rows(tours, stated, chosen, lang))
        case Format.board:
            from api.page.board import board

            return _dumped(board(*of, lang.value, edition.head, part=chosen != Choice()))
        case Format.plan:
            return tours.to_json().encode()
        case Format.html:
            from api.exports.webpage import page

            return page(*of, lang.value).encode()
        case Format.xlsx:
            from api.exports.spreadsheet import workbook

            return workbook(*of, lang.value)
        case Format.csv:
            from api.exports.rows import csv_of

            return csv_of(_rows(tours, stated, chosen, lang))
        case Format.geojson:
            from api.exports.places import geojson

            return _dumped(geojson(*of, lang.value))
        case Format.ics:
            return _events(edition, chosen, lang)


def _rows(tours: Plan, stated: Stated, chosen: Choice, lang: Lang) -> DataFrame:
    """One row for each visit wanted; distances are those of the whole tour."""
    from api.exports.rows import table

    frame = table(tours, stated.problem, stated.office, lang.value)
    wanted = [visit.id for visit in stated.problem.visits if chosen.only(visit.id, stated)]
    return frame[frame["visit"].isin(wanted)]


def _json(edition: Edition, tours: Plan, rows: DataFrame) -> bytes:
    dates = {name: rows[name].dt.strftime("%Y-%m-%d") for name in ("date", "due")}
    visits = json.loads(rows.assign(**dates).to_json(orient="records"))
    left = [item.model_dump(mode="json") for item in tours.unplanned]
    return _dumped({**edition.head, "visits": visits, "unplanned": left})


def _events(edition: Edition, chosen: Choice, lang: Lang) -> bytes:
    from api.exports.feeds import feed

    stated = edition.stated
    plan = chosen.stops(edition.plan, stated)
    officer = chosen.officer if chosen.cooperative is None else None
    return feed(
        plan, stated.problem, stated.office, officer=officer, cooperative=chosen.cooperative, lang=lang.value,
        sequence=edition.head["version"] or 0,
    )  # fmt: skip


def _dumped(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
