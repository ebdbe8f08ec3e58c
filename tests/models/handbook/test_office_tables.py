"""What the circle adds to the office's tables: aspects, ledger, last visits, visits owed, policies."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from support.tables import TOML, faults, folder, tables

from models.handbook.context import Context
from models.handbook.reports import ASPECTS
from models.intake import read_office
from models.plan import Plan


def test_the_first_visit_keeps_its_distance_across_the_border(tmp_path: Path) -> None:
    # the horizon begins on Wednesday 1 August; the gap is 7 days, so the first visit is not before Monday the 6th
    free = read_office(folder(tmp_path / "free")).problem
    kept = read_office(folder(tmp_path / "kept", tables(cooperatives__1__last_visit="2012-07-30"))).problem
    assert min(visit.earliest or dt.date.min for visit in free.visits_of["c2"]) == dt.date(2012, 8, 1)
    assert min(visit.earliest or dt.date.min for visit in kept.visits_of["c2"]) == dt.date(2012, 8, 6)


def test_visits_owed_come_with_priority(tmp_path: Path) -> None:
    plain = read_office(folder(tmp_path / "plain")).problem
    owed = read_office(folder(tmp_path / "owed", tables(cooperatives__1__owed_visits="1"))).problem
    assert [visit.priority for visit in plain.visits_of["c2"]] == [2, 1] or plain.visits_of["c2"][0].priority < 4
    assert owed.visits_of["c2"][0].priority == 4
    assert owed.visits_of["c2"][1:] == plain.visits_of["c2"][1:]


def test_an_office_may_have_its_own_aspects(tmp_path: Path) -> None:
    book = read_office(folder(tmp_path / "plain"))
    assert Context(Plan(), book.problem, book.office).aspects == ASPECTS
    own = read_office(folder(tmp_path / "own", toml=TOML + '[[aspects]]\nid = "shares"\nname_th = "หุ้น"\n'))
    assert [aspect.id for aspect in Context(Plan(), own.problem, own.office).aspects] == ["shares"]


def test_the_ledger_is_read_and_names_each_officer_once(tmp_path: Path) -> None:
    made = tables() | {"ledger": [{"officer": "o1", "hours": "-2.5", "stand_ins": "3"}]}
    (row,) = read_office(folder(tmp_path / "sound", made)).office.ledger
    assert (row.officer, row.hours, row.stand_ins, row.duty) == ("o1", -2.5, 3, 0)
    made["ledger"] += [{"officer": "o1"}, {"officer": "nobody"}]
    assert faults(folder(tmp_path / "broken", made)) == [
        ("id-repeated", "ledger.csv, row 3, column officer"),
        ("id-unknown", "ledger.csv, row 4, column officer"),
    ]


def test_policies_are_settings(tmp_path: Path) -> None:
    toml = TOML + "[urgency]\npoor = 7\n[next]\nrepay = 0.5\n"
    office = read_office(folder(tmp_path / "own", toml=toml)).office
    assert (office.urgency.poor, office.urgency.very_poor, office.next_quarter.repay) == (7, 10, 0.5)
    assert faults(folder(tmp_path / "broken", toml=TOML + "[next]\nrepay = 2\n")) == [
        ("field-value", "office.toml, next.repay")
    ]
