"""Control characters and marks of direction in any id of any file: each is a fault where it stands, in plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError
from support.awkward import WILD, office_of_paths, with_wild
from support.tables import TABLES, faults, folder, tables

from models.changes import CHANGES
from models.faults import InvalidInput
from models.intake import read_office
from models.moves import MOVES
from models.reading import read_plan, read_problem

TOLD = [
    {"kind": "absent", "officer": "a", "first": "2012-08-01", "last": "2012-08-02"},
    {"kind": "closed", "cooperative": "c1", "first": "2012-08-01", "last": "2012-08-02"},
    {"kind": "cars", "office": "kk", "first": "2012-08-01", "last": "2012-08-02", "cars": 1},
    {"kind": "car-away", "car": "v", "first": "2012-08-01", "last": "2012-08-02"},
    {"kind": "urgent", "cooperative": "c1", "minutes": 60.0, "id": "u", "partner": "p"},
    {"kind": "missed", "visit": "c1-1"},
    {"kind": "held", "visit": "c1-1", "date": "2012-08-01"},
    {"kind": "meeting", "cooperative": "c1", "date": "2012-08-01"},
]
DONE = [
    {"kind": "place", "visit": "c1-1", "tour": "t1"},
    {"kind": "place", "visit": "c1-1", "date": "2012-08-01", "new_tour": True, "crew": ["a"], "car": "v"},
    {"kind": "crew", "tour": "t1", "officers": ["a"]},
    {"kind": "lead", "cooperative": "c1", "officer": "a"},
    {"kind": "pin", "visit": "c1-1"},
]


def is_plain(text: str) -> bool:
    return all(char.isprintable() for char in text)


@pytest.mark.parametrize("id_", WILD)
def test_in_a_problem_and_in_a_plan(id_: str) -> None:
    of, made = office_of_paths()
    seen = 0
    for read, data in (
        (read_problem, of.to_dict()),
        (lambda source: read_plan(source, of), json.loads(made.to_json())),
    ):
        for where, changed in with_wild(data, id_):
            with pytest.raises(InvalidInput) as caught:
                read(changed)
            assert all(is_plain(str(fault)) for fault in caught.value.faults), where
            assert any(fault.code == "field-value" for fault in caught.value.faults), where
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("id_", WILD)
@pytest.mark.parametrize(("adapter", "items"), [(CHANGES, TOLD), (MOVES, DONE)], ids=["changes", "moves"])
def test_in_changes_and_moves(adapter: TypeAdapter[object], items: list[dict[str, object]], id_: str) -> None:
    adapter.validate_python(items)
    for item in items:
        for where, changed in with_wild(item, id_):
            with pytest.raises(ValidationError, match=r"cannot be kept|unicode string"):
                adapter.validate_python([changed])
            assert where


@pytest.mark.parametrize("id_", WILD)
def test_in_the_tables_of_an_office(id_: str, tmp_path: Path) -> None:
    """An id is refused, or what nobody can see is left out of it (a line break is a space); none keeps such a thing."""
    if id_.endswith("\ud800b"):
        return  # no file can carry it
    for table, column in (("cooperatives", "id"), ("officers", "id"), ("issues", "id"), ("partners", "id")):
        path = folder(tmp_path / f"{table}", tables(**{f"{table}__0__{column}": id_}))
        if not faults(path):
            book = read_office(path)
            assert all(
                is_plain(one.id) for one in (*book.office.cooperatives, *book.office.officers, *book.office.issues)
            )
            assert book.warnings or id_ in ("a\nb", "a\x85b", "a\u2028b")


def test_ids_that_would_be_paths_are_ids(tmp_path: Path) -> None:
    of, made = office_of_paths()
    assert read_plan(json.loads(made.to_json()), read_problem(of.to_dict())).tours == made.tours
    rows = [row | {"id": "../../x"} if row["id"] == "c1" else row for row in TABLES["cooperatives"]]
    issues = [row | {"cooperative": "../../x"} if row["cooperative"] == "c1" else row for row in TABLES["issues"]]
    book = read_office(folder(tmp_path / "office", tables() | {"cooperatives": rows, "issues": issues}))
    assert "../../x" in book.problem.cooperative_by_id
