"""A small office for the page's tests: six cooperatives in two districts, four officers, two cars, six weeks."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from support.publishing import little_plan
from support.tables import TOML, folder

from models.intake import read_office
from models.intake.book import OfficeBook
from models.plan import Plan, Unplanned
from models.referee import cost

TOML_HERE = TOML.replace("last = 2012-10-31", "last = 2012-09-14").replace(
    'name_en = "Test office"', 'name_en = "Test office"\nillustrative = true'
)

_PLACES = [
    ("สหกรณ์หนึ่ง", "Cooperative One", "ชุมแพ", "Chum Phae", 16.54, 102.10),
    ("สหกรณ์สอง", "Cooperative Two", "ชุมแพ", "Chum Phae", 16.55, 102.12),
    ("สหกรณ์สาม", "Cooperative Three", "ชุมแพ", "Chum Phae", 16.52, 102.08),
    ("สหกรณ์สี่", "Cooperative Four", "เมืองขอนแก่น", "Mueang Khon Kaen", 16.45, 102.82),
    ("สหกรณ์ห้า", "Cooperative Five", "เมืองขอนแก่น", "Mueang Khon Kaen", 16.43, 102.85),
    ("สหกรณ์หก", "Cooperative Six", "เมืองขอนแก่น", "Mueang Khon Kaen", 16.41, 102.80),
]


def tables() -> dict[str, list[dict[str, Any]]]:
    """The tables of the office."""
    cooperatives = [
        {
            "id": f"c{i}", "name_th": th, "name_en": en, "kind": "agricultural", "district_th": district,
            "district_en": english, "lat": str(lat), "lon": str(lon), "standard": "good", "open": "08:30-16:30",
            "current_lead": f"o{1 + i % 4}",
        }
        for i, (th, en, district, english, lat, lon) in enumerate(_PLACES, 1)
    ]  # fmt: skip
    officers = [
        {"id": f"o{i}", "name_th": name, "name_en": english, "topics": topics}
        for i, (name, english, topics) in enumerate(
            [("สมชาย", "Somchai", "accounts; debt"), ("ปรีชา", "Preecha", "accounts"), ("มาลี", "Malee", "debt"),
             ("วันดี", "Wandee", "accounts; debt")], 1
        )
    ]  # fmt: skip
    issues = [
        {
            "id": f"i{i}", "cooperative": f"c{i}", "topic": "debt" if i % 2 else "accounts", "severity": str(1 + i % 5),
            "sessions": "1", "audience": "management", "due": f"2012-08-{14 + i}",
        } | ({"readiness": "draft", "content_ready": "2012-08-06"} if i == 1 else {})
        for i in range(1, 7)
    ]  # fmt: skip
    return {
        "cooperatives": cooperatives, "officers": officers, "issues": issues,
        "absences": [
            {"officer": "o2", "from": "2012-08-20", "to": "2012-08-22", "reason": "leave"},
            {"officer": "o2", "from": "2012-08-23", "to": "2012-08-23", "hours": "13:00-16:30", "reason": "training"},
        ],
        "partners": [],
    }  # fmt: skip


def office_in(path: Path) -> Path:
    """The office as a folder."""
    return folder(path, tables(), TOML_HERE)


def planned(path: Path, seed: int = 1) -> tuple[OfficeBook, Plan]:
    """The office with a plan that keeps every rule; good it is not, and the visit of its last tour is left out."""
    book = read_office(office_in(path))
    whole = little_plan(book.problem, Random(seed))
    *tours, last = whole.tours
    left = tuple(Unplanned(visit=stop.visit, reason="by-hand: it was left out by hand") for stop in last.stops)
    leads = {book.problem.visit_by_id[stop.visit].cooperative for tour in tours for stop in tour.stops}
    bare = Plan(
        leads={id_: lead for id_, lead in whole.leads.items() if id_ in leads}, tours=tuple(tours), unplanned=left
    )
    return book, bare.model_copy(update={"cost": cost(book.problem, bare)})
