"""``patithin replan`` and ``diff`` on files, with the real optimizer."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from support.builders import on

from api.cli.happened import FORMS, changes_of, date_of
from models.faults import InvalidInput
from models.reading import read_plan, read_problem
from models.referee import violations
from optimizer.params import Params
from optimizer.replanning.changes import Absence, Departure, UrgentVisit
from optimizer.solving import solve
from optimizer.stopping import StepLimit

from .conftest import Run


def solved(problem: Path) -> None:
    """Write the best plan of a problem file to new.json."""
    made = solve(read_problem(problem), Params(deterministic=True, workers=1), StepLimit(500))
    Path("new.json").write_text(made.to_json(), encoding="utf-8")


KINDS = ("least-disruption", "balanced", "cheapest")


def test_an_absence_becomes_three_proposals_that_can_be_acted_on(run: Run, files: tuple[Path, Path]) -> None:
    said = run("replan", files[1], "--absent", "a:2012-08-01..2012-08-01", "--seconds", 0.2, "-o", "mended")
    assert said.code == 0, said.err
    assert "Least disruption" in said.out
    assert "Proven: 1 is the fewest moves there can be" in said.out
    for kind in KINDS:
        folder = Path("mended") / kind
        stated = read_problem(folder / "problem.json")
        made = read_plan(folder / "plan.json", stated)
        assert violations(stated, made) == []
        assert "a" not in {officer for tour in made.tours if tour.date == on(1) for officer in tour.crew}
        moves = json.loads((folder / "moves.json").read_text(encoding="utf-8"))
        assert moves["least_moves"] == 1
        assert [move["visit"] for move in moves["moves"]] == ["c1-1"]
        assert moves["moves"][0]["why"]["code"] == "officer-away"
        feed = (folder / "feeds" / "cooperatives" / "c1.ics").read_bytes()
        assert b"SEQUENCE:1" in feed
    again = run("replan", "mended/balanced/plan.json", "--closed", "c2:2012-08-03", "--seconds", 0.2, "-o", "again")
    assert again.code == 0, again.err
    assert json.loads(Path("again/cheapest/edition.json").read_text(encoding="utf-8")) == {"edition": 2}


def test_every_fault_of_the_options_is_told_at_once(run: Run, files: tuple[Path, Path]) -> None:
    said = run("replan", files[1], "--absent", "a", "--held", "c1-1:soon", "--today", "tomorrow", "--seconds", -1)
    assert said.code == 2
    for option in ("--absent", "--held", "--today", "--seconds"):
        assert option in said.err
    assert not Path("replan").exists()


def test_what_the_problem_does_not_know_is_bad_input(run: Run, files: tuple[Path, Path]) -> None:
    said = run("replan", files[1], "--absent", "nobody:2012-08-01..2012-08-02", "--pin", "c9-9")
    assert (said.code, "[id-unknown]" in said.err) == (2, True)
    assert not Path("replan").exists()


@pytest.mark.parametrize(
    ("arguments", "said_of"),
    [
        (("--urgent", "c1:30:2012-08-03:nosuch"), "--urgent c1:30:2012-08-03:nosuch  [id-unknown]"),
        (("--held", "c1-1:2011-08-01", "--today", "2012-08-02"), "--held c1-1:2011-08-01  [date-order]"),
        (("--absent", "a:2013-08-01..2013-08-05"), "--absent a:2013-08-01..2013-08-05  [date-order]"),
        (("--today", "2013-08-02"), "--today  [date-order]"),
        (("--pin", "c9-9", "--today", "2012-08-01"), "pins[0]  [id-unknown]"),
    ],
)
def test_what_is_readable_but_cannot_be_is_named_by_its_option(
    run: Run, files: tuple[Path, Path], arguments: tuple[str, ...], said_of: str
) -> None:
    said = run("replan", files[1], *arguments)
    assert said.code == 2
    assert said_of in said.err
    assert not Path("replan").exists()


def test_a_plan_without_its_problem_is_bad_input(run: Run, files: tuple[Path, Path]) -> None:
    files[0].unlink()
    assert "[file-missing]" in run("replan", files[1], "--absent", "a:2012-08-01").err


def test_two_plans_side_by_side(run: Run, files: tuple[Path, Path]) -> None:
    solved(files[0])
    same = run("diff", files[1], files[1])
    assert (same.code, "The two plans are the same" in same.out) == (0, True)
    text = run("diff", files[1], "new.json")
    assert "c2-1" in text.out
    assert "planned" in text.out
    assert run("diff", files[1], "new.json", "--format", "html", "-o", "changes.html").code == 0
    page = Path("changes.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "c2-1" in page
    data = json.loads(run("diff", files[1], "new.json", "--format", "json").out)
    assert data["counts"]["planned"] == 1
    assert data["cost"]["unplanned"] == {"before": 1000.0, "after": 0.0}


def test_names_in_a_comparison_never_become_markup(run: Run, files: tuple[Path, Path]) -> None:
    for file in files:
        file.write_text(file.read_text(encoding="utf-8").replace('"c2"', '"<b>c2"').replace("c2-1", "<i>c2-1"))
    solved(files[0])
    assert run("diff", files[1], "new.json", "--format", "html", "-o", "changes.html").code == 0
    page = Path("changes.html").read_text(encoding="utf-8")
    assert "<i>" not in page
    assert "&lt;i&gt;c2-1" in page


def test_options_say_what_happened() -> None:
    found = changes_of({"--absent": ["o:1:2012-08-01..2012-08-03"], "--urgent": ["c1:45:2012-08-03:debt+audit"]})
    assert isinstance(found[0], Absence)
    assert (found[0].officer, found[0].last.day) == ("o:1", 3)
    assert isinstance(found[1], UrgentVisit)
    assert (found[1].minutes, found[1].topics) == (45, ("debt", "audit"))


def test_dates_may_be_written_as_thai_offices_do() -> None:
    for written in ("2012-09-03", "2555-09-03", "3/9/2555", "3 ก.ย. 2555"):
        (found,) = changes_of({"--leaves": [f"o1:{written}"]})
        assert isinstance(found, Departure)
        assert found.first == dt.date(2012, 9, 3)
        assert date_of("--today", written) == dt.date(2012, 9, 3)


@pytest.mark.parametrize("option", FORMS)
@pytest.mark.parametrize(
    "value", ["", ":", "x:", ":2012-08-01", "x:2012-13-01", "x:1:2:3:4", "x:2012-08-01=..=", "x:nan"]
)
def test_no_text_crashes_an_option(option: str, value: str) -> None:
    try:
        changes_of({option: [value]})
    except InvalidInput as error:
        assert error.faults[0].where == option
