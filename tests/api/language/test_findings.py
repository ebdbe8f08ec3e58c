"""What stands against a visit, in words: names for ids, both languages, every code of every rule."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from api.language.findings import FINDINGS
from api.language.teller import Teller
from models.intake import OfficeBook, read_office
from models.problem import Problem
from models.rules import RULES, Finding

CODES = [code for rule in RULES for code in (*rule.of_day, *rule.of_tour)]


@pytest.fixture(scope="module")
def book() -> OfficeBook:
    return read_office(Path(__file__).parents[3] / "data" / "khonkaen")


def facts(problem: Problem) -> dict[str, str]:
    """A value for every figure that a finding may have, ids where things are named."""
    visit = problem.visits[0]
    days = ", ".join(day.isoformat() for day in problem.workdays[:2])
    return {
        "officer": "o09", "officers": "o09, o10", "cooperative": visit.cooperative, "partner": "cad", "office": "kk",
        "topic": "registers", "topics": "registers, accounts", "car": "car1", "other": visit.id, "date": "2012-08-01",
        "dates": days,
        "earliest": "2012-08-01", "latest": "2012-08-02", "from": "08:30", "to": "09:30", "hours": "08:30-12:00",
        "windows": "08:30-12:00", "minutes": "60", "most": "300", "days": "7", "crew": "3", "there": "2", "seats": "4",
        "load": "3", "capacity": "2", "out": "60", "back": "60",
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_finding_of_every_rule_names_people_places_and_cars(book: OfficeBook, code: str, lang: str) -> None:
    tell = Teller(book.problem, book.office, lang)
    figures = facts(book.problem)
    used = {name for _, name, _, _ in Formatter().parse(FINDINGS[code][lang == "en"]) if name}
    said = tell.sentence(Finding(code, figures))
    assert "{" not in said
    for key in used & {"officer", "officers", "cooperative", "partner", "office", "topic", "topics", "car"}:
        for id_ in figures[key].split(", "):
            assert id_ not in said.replace("-", " ").replace("(", " ").split(), (key, said)


def test_a_car_is_told_with_its_number_plate(book: OfficeBook) -> None:
    row = book.office.cars[0]
    said = Teller(book.problem, book.office, "th").sentence(Finding("car-away", {"car": row.id, "date": "2012-08-01"}))
    assert row.name_th in said
    assert row.plate in said
    assert "1 ส.ค. 2555" in said


def test_visits_and_cooperatives_beside_it_are_named(book: OfficeBook) -> None:
    tell = Teller(book.problem, book.office, "en")
    one = book.problem.visits[0]
    name = tell.names.short_cooperative(one.cooperative)
    gap = Finding("gap", {"other": one.id, "date": "2012-08-01", "days": "7"})
    assert tell.sentence(gap).startswith(f"{one.id} {name} is on 1 Aug 2012")
    led = tell.sentence(Finding("leads-others", {"officer": "o09", "others": one.cooperative}))
    assert f"leads {name} on the same tour" in led
