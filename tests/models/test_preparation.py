"""Preparatory visits and the readiness of content."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.builders import on, plan, problem, tour, visit
from support.tables import TOML, folder, tables

from models.faults import InvalidInput
from models.intake import read_office
from models.office import IssueRow
from models.preparation import readiness

from support.circle import little_office  # isort: skip

JULY = (
    TOML + '[preparation]\nfirst = 2012-07-02\nlast = 2012-07-31\naudiences = ["management", "board"]\nminutes = 40\n'
)


def test_a_visit_for_each_audience_before_the_calendar_begins(tmp_path: Path) -> None:
    made = tables(cooperatives__1__board_meeting="day 9, 13:30")
    of = read_office(folder(tmp_path / "office", made, JULY), "preparation").problem
    assert (of.workdays[0], of.workdays[-1]) == (dt.date(2012, 7, 2), dt.date(2012, 7, 31))
    assert [one.id for one in of.visits] == ["c1-p1", "c1-p2", "c2-p1", "c2-p2"]
    management, board = of.visits_of["c1"]
    assert (management.minutes, management.priority, management.latest) == (40, 4, dt.date(2012, 7, 31))
    assert management.issues == ("i1",)
    # the board of c1 meets on the third Thursday at ten: 19 July 2012
    assert board.dates == (dt.date(2012, 7, 19),)
    assert board.window is not None and board.window[0][0] == 600


def test_content_that_is_ready_needs_no_visit(tmp_path: Path) -> None:
    of = read_office(folder(tmp_path / "office", tables(issues__0__readiness="ready"), JULY.replace(
        '"management", "board"', '"management"'
    )), "preparation").problem  # fmt: skip
    assert [one.id for one in of.visits] == ["c2-p1"]


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        (TOML, "field-missing"),
        (JULY.replace("2012-07-31", "2012-06-30"), "date-order"),
        (JULY, "meeting-missing"),  # of c2 nobody knows when the board meets
        (JULY.replace("2012-07-02", "2012-07-20").replace('"management", ', ""), "meetings-too-few"),
        (JULY.replace('"board"', '"friends"'), "field-value"),
    ],
)
def test_what_keeps_a_preparation_from_being_planned_is_told(toml: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path / "office", toml=toml), "preparation")
    assert code in {fault.code for fault in caught.value.faults}


def test_the_calendar_itself_is_as_before(tmp_path: Path) -> None:
    assert read_office(folder(tmp_path / "a", toml=JULY)).problem == read_office(folder(tmp_path / "b")).problem


def issue(id_: str, **more: object) -> IssueRow:
    return IssueRow.model_validate(
        {"id": id_, "cooperative": "c1", "topic": "x", "severity": 1, "sessions": 1, "audience": "management"} | more
    )


def test_how_far_content_is() -> None:
    of = problem(visits=[visit("c1-1", issues=["late", "done", "fine", "slow"]), visit("c2-1")])
    made = plan(of, tour(of, on(2), "a", ["c1-1"]))
    office = little_office().model_copy(update={"issues": (
        issue("late", readiness="management", content_ready=on(3)),  # ready on the 3rd, its first visit is on the 2nd
        issue("done", readiness="ready", content_ready=on(1)),
        issue("fine", readiness="board", content_ready=on(2)),
        issue("slow", readiness="draft", content_ready=dt.date(2012, 7, 30)),  # should have been ready the day before
        issue("free"),
    )})  # fmt: skip
    found = readiness(office, of, made, on(1) - dt.timedelta(days=1))
    assert [(one.issue.id, one.state, one.next_step, one.too_late, one.overdue) for one in found] == [
        ("late", "management", "board", True, False),
        ("slow", "draft", "management", False, True),
        ("done", "ready", None, False, False),
        ("fine", "board", "members", False, False),
    ]
    assert {one.first_visit for one in found} == {on(2)}
    # on the day of the visit whatever is not ready comes too late
    assert [one.issue.id for one in readiness(office, of, made, on(2)) if one.too_late] == ["slow", "late", "fine"]
