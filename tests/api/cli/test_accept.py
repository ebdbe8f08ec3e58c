"""A proposal becomes the plan that stands; nothing is overwritten unasked; and which plan stands need not be known."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import icalendar
import pytest
from support import tables
from support.builders import days, on, plan, problem, tour, visit

from models.reading import read_plan, read_problem
from models.referee import violations

from .conftest import Run

KALASIN = str(Path(__file__).parents[3] / "data" / "kalasin")


@pytest.fixture
def base() -> Path:
    """``a`` drives to c1 on the first day, ``b`` to c2 for all of the second; the plan lies in ``out``."""
    from api.exports import write_everything

    of = problem(visits=[visit("c1-1"), visit("c2-1", minutes=440)])
    made = plan(of, tour(of, on(1), "a", ["c1-1"], id_="t1"), tour(of, on(2), "b", ["c2-1"], id_="t2"))
    write_everything(made, of, None, Path("out"), "en")
    return Path("out/plan.json")


def sequences(feed: Path) -> dict[str, tuple[int, str]]:
    events = icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT")
    return {str(e["UID"]).split(".")[0]: (int(e["SEQUENCE"]), str(e["STATUS"])) for e in events}


def test_an_accepted_proposal_stands_with_every_output(run: Run, base: Path) -> None:
    run("accept", "out")
    said = run("replan", "--absent", "a:2012-08-01", "--seconds", 0.1)
    assert said.code == 0, said.err
    accepted = run("accept", "replan/balanced")
    assert accepted.code == 0, accepted.err
    folder = Path("out-2")
    assert "out-2 is the plan that stands, edition 2" in accepted.out
    assert {"calendar.html", "calendar.xlsx", "travel-requests.html", "plan.json", "changes.html", "moves.json"} <= {
        path.name for path in folder.iterdir()
    }
    stated = read_problem(folder / "problem.json")
    made = read_plan(folder / "plan.json", stated)
    proposed = read_plan(Path("replan/balanced/plan.json"))
    assert (made.tours, made.leads) == (proposed.tours, proposed.leads)
    assert violations(stated, made) == []
    assert sequences(folder / "ics" / "cooperatives" / "c1.ics") == {"c1-1": (1, "CONFIRMED")}
    assert sequences(folder / "ics" / "cooperatives" / "c2.ics") == {"c2-1": (0, "CONFIRMED")}
    assert sequences(folder / "ics" / "officers" / "a.ics") == {"c1-1": (1, "CANCELLED")}
    exported = run("export", "--format", "ics", "-o", "feeds")
    assert exported.code == 0, exported.err
    for feed in sorted(Path("feeds").rglob("*.ics")):
        assert feed.read_bytes() == (folder / "ics" / feed.relative_to("feeds")).read_bytes()
    again = run("replan", "--closed", "c2:2012-08-02", "--seconds", 0.1, "-o", "second")
    assert again.code == 0, again.err
    assert run("accept", "second/cheapest").code == 0
    assert json.loads(Path("out-3/edition.json").read_text())["edition"] == 2
    assert sequences(Path("out-3/ics/cooperatives/c1.ics"))["c1-1"][0] == 1
    assert sequences(Path("out-3/ics/cooperatives/c2.ics"))["c2-1"][0] == 2


@pytest.mark.parametrize(("date", "baht"), [("2012-07-20", 10), ("2012-07-30", 30), ("2026-11-29", 30)])
def test_what_is_known_long_before_is_no_short_notice(
    run: Run, monkeypatch: pytest.MonkeyPatch, date: str, baht: float
) -> None:
    """``a`` is away on 2 August. By a clock of today, and where that is beyond, as if it was told on that day."""
    from api.exports import write_everything

    monkeypatch.setattr("api.today.today", lambda: dt.date.fromisoformat(date))
    of = problem(prices={"km": 1, "unplanned": 1000, "moved": 10, "moved_soon": 30}, notice_days=7)
    made = plan(of, tour(of, on(2), "a", ["c1-1"], id_="t1"), tour(of, on(3), "b", ["c2-1"], id_="t2"))
    write_everything(made, of, None, Path("out"), "en")
    said = run("replan", "out", "--absent", "a:2012-08-02", "--seconds", 0.1)
    assert said.code == 0, said.err
    told = min(dt.date.fromisoformat(date), on(2))
    assert f"Short notice is counted from {told.day} {told:%b} {told.year}; --today names another day." in said.out
    least = json.loads(Path("replan/least-disruption/moves.json").read_text())
    assert [move["baht"] for move in least["moves"]] == [baht]
    proposed = read_problem(Path("replan/least-disruption/problem.json"))
    assert violations(proposed, read_plan(Path("replan/least-disruption/plan.json"), proposed)) == []
    again = run("replan", "replan/least-disruption", "--absent", "b:2012-08-03", "--seconds", 0.1, "-o", "again")
    assert again.code == 0, again.err
    for folder in ("replan/least-disruption", "again/least-disruption"):
        assert run("accept", folder, "-o", f"{folder}-stands", "--force").code == 0
        assert read_problem(Path(f"{folder}-stands/problem.json")).notice_days == 7


def test_the_plan_of_another_quarter_begins_anew(run: Run, base: Path) -> None:
    """``c1-1`` and ``c2-1`` stood on 1 and 2 August; the next quarter visits c1 alone, on its first day, the 15th."""
    from api.exports import write_everything

    assert run("accept", "out").code == 0
    stood = contents(Path("out"))
    of = problem(visits=[visit("c1-1")], workdays=days(*range(15, 20)))
    write_everything(plan(of, tour(of, on(15), "a", ["c1-1"], id_="t1")), of, None, Path("next-out"), "en")
    said = run("accept", "next-out")
    assert said.code == 0, said.err
    assert "next-out-1 is the plan that stands, edition 1" in said.out
    assert sequences(Path("next-out-1/ics/officers/a.ics")) == {"c1-1": (0, "CONFIRMED")}
    assert sequences(Path("next-out-1/ics/officers/b.ics")) == {}  # c2-1 is over, not cancelled
    assert contents(Path("out")) == stood
    assert run("replan", "--absent", "a:2012-08-15", "--seconds", 0.1).code == 0
    assert run("accept", "replan/balanced").code == 0
    assert json.loads(Path("next-out-2/edition.json").read_text())["edition"] == 1


def test_days_before_an_accepted_absence_are_open_again(run: Run) -> None:
    """``a`` is to visit c1 on the 1st, 7th and 14th, ``b`` c2 on the 8th; an absence from the 13th on is accepted, and
    then one on the 7th becomes known. Nothing but what is told to be past may bar that."""
    from api.exports import write_everything

    of = problem(
        workdays=days(1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15),
        visits=[visit("c1-1"), visit("c1-2"), visit("c1-3"), visit("c2-1")],
        prices={"km": 1, "officer_day": 100, "unplanned": 9000, "moved": 10},
    )
    tours = [tour(of, on(day), "a", [f"c1-{n}"], id_=f"t{day}") for n, day in ((1, 1), (2, 7), (3, 14))]
    write_everything(plan(of, *tours, tour(of, on(8), "b", ["c2-1"], id_="t8")), of, None, Path("out"), "en")
    run("accept", "out")
    assert run("replan", "--absent", "a:2012-08-13..2012-08-15", "--seconds", 1, "--deterministic").code == 0
    assert read_problem(Path("replan/balanced/problem.json")).today == on(13)
    drafted = run("move", "replan/balanced", "c1-3 at 09:30", "-o", "hand.json")  # of a proposal, by hand
    assert drafted.code == 0, drafted.err
    assert run("accept", "replan/balanced").code == 0
    assert sequences(Path("out-2/ics/cooperatives/c1.ics")) == {
        "c1-1": (0, "CONFIRMED"), "c1-2": (0, "CONFIRMED"), "c1-3": (1, "CONFIRMED"),
    }  # fmt: skip
    stated = read_problem(Path("out-2/problem.json"))
    assert stated.today is None
    told = run("explain", "c1-2")
    assert told.code == 0 and "stays as it is" not in told.out
    moved = run("move", "c1-2 to 2012-08-06", "-o", "draft.json")
    assert moved.code == 0, moved.err
    draft = read_plan(Path("draft.json"))
    assert draft.cost.moved == 10  # against what was accepted
    again = run("replan", "--absent", "a:2012-08-07", "--seconds", 1, "--deterministic", "-o", "second")
    assert again.code == 0, again.err
    told = json.loads(Path("second/least-disruption/moves.json").read_text(encoding="utf-8"))
    assert [move["visit"] for move in told["moves"]] == ["c1-2"]
    proposal = Path("second/least-disruption")
    assert violations(read_problem(proposal / "problem.json"), read_plan(proposal / "plan.json")) == []
    assert run("accept", proposal).code == 0
    assert sequences(Path("out-3/ics/cooperatives/c1.ics")) == {
        "c1-1": (0, "CONFIRMED"), "c1-2": (2, "CONFIRMED"), "c1-3": (1, "CONFIRMED"),
    }  # fmt: skip
    overtaken = run("accept", "hand.json")
    assert overtaken.code == 2 and "publish-overtaken" in overtaken.err


def test_what_was_past_when_a_plan_was_mended_stays_past(run: Run) -> None:
    """``--today`` is said once; a draft made of the proposal knows it as well."""
    from api.exports import write_everything

    of = problem(workdays=days(1, 2, 3, 6, 7, 8), visits=[visit("c1-1"), visit("c1-2"), visit("c2-1")])
    tours = [tour(of, on(1), "a", ["c1-1"]), tour(of, on(7), "a", ["c1-2"]), tour(of, on(6), "b", ["c2-1"])]
    write_everything(plan(of, *tours), of, None, Path("out"), "en")
    run("accept", "out")
    said = ["--today", "2012-08-03", "--begins", "2012-08-07"]
    assert run("replan", "--absent", "a:2012-08-07", *said, "--seconds", 0.1).code == 0
    assert read_problem(Path("replan/balanced/problem.json")).today == on(7)
    assert run("move", "replan/balanced", "pin c1-2", "-o", "draft.json").code == 0
    assert run("move", "draft.json", "unpin c1-2", "-o", "other.json").code == 0
    assert run("accept", "other.json").code == 0
    assert read_problem(Path("out-2/problem.json")).today == on(3)
    refused = run("move", "c1-1 to 2012-08-08", "-o", "no.json")
    assert refused.code == 2 and "before 2012-08-03 this plan stays as it is" in refused.err
    assert run("move", "c2-1 to 2012-08-03", "-o", "yes.json").code == 0  # between the two days
    early = run("replan", "--absent", "b:2012-08-06", "--begins", "2012-08-02", "--seconds", 0.1, "-o", "early")
    assert early.code == 2 and "--begins" in early.err and "days before 2012-08-03 are past" in early.err


def test_a_first_plan_keeps_its_problem_and_its_proof_and_a_draft_of_it_pays_for_moving(run: Run) -> None:
    from api.exports import write_everything

    of = problem(prices={"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 10})
    made = plan(of, tour(of, on(1), "a", ["c1-1"]), tour(of, on(2), "b", ["c2-1"]))
    made = made.model_copy(update={"lower_bound": 250.0})
    write_everything(made, of, None, Path("out"), "en")
    assert run("accept", "out").code == 0
    assert read_plan(Path("out-1/plan.json")) == made
    assert read_problem(Path("out-1/problem.json")) == of
    assert run("move", "c1-1 to 2012-08-03", "-o", "draft.json").code == 0
    assert read_plan(Path("draft.json")).cost.moved == 10
    assert run("move", "out", "c1-1 to 2012-08-03", "-o", "other/draft.json").code == 0  # of a plan nobody acts on
    assert read_plan(Path("other/draft.json")).cost.moved == 0
    assert run("accept", "draft.json").code == 0
    stated = read_problem(Path("out-2/problem.json"))
    assert violations(stated, read_plan(Path("out-2/plan.json"))) == []


def test_what_was_overtaken_is_not_accepted(run: Run, base: Path) -> None:
    run("accept", "out")
    run("replan", "--absent", "a:2012-08-01", "--seconds", 0.1, "-o", "one")
    run("replan", "--absent", "b:2012-08-02", "--seconds", 0.1, "-o", "two")
    assert run("accept", "one/balanced").code == 0
    said = run("accept", "two/balanced")
    assert said.code == 2
    assert "publish-overtaken" in said.err
    assert run("accept", "two/balanced", "--force").code == 0
    assert json.loads(Path("out-3/edition.json").read_text())["edition"] == 2


def test_an_accepted_change_is_not_undone_by_the_plan_before_it(run: Run, base: Path) -> None:
    """The first plan, and a draft made from it, know nothing of what was accepted since."""
    assert run("move", "out/plan.json", "pin c1-1", "-o", "draft.json").code == 0
    run("replan", "out", "--absent", "a:2012-08-01", "--seconds", 0.1)
    assert run("accept", "out").code == 0
    assert run("accept", "replan/balanced").code == 0
    for overtaken in ("out", "draft.json"):
        said = run("accept", overtaken)
        assert said.code == 2
        assert "publish-overtaken" in said.err
    assert json.loads(Path(".patithin.json").read_text())["standing"] == "out-2"
    assert run("accept", "out", "--force").code == 0


def test_a_draft_of_what_stands_is_accepted(run: Run, base: Path) -> None:
    run("accept", "out")
    assert run("move", "c1-1 at 10:00", "-o", "one.json").code == 0
    assert run("move", "one.json", "c1-1 at 10:15", "-o", "two.json").code == 0
    assert run("accept", "two.json").code == 0
    assert run("accept", "one.json").code == 2


def test_the_folder_of_the_proposals_is_no_proposal(run: Run, base: Path) -> None:
    run("accept", "out")
    run("replan", "--absent", "a:2012-08-01", "--seconds", 0.1)
    said = run("accept", "replan")
    assert said.code == 2
    assert "1 thing is wrong" in said.err
    assert "Choose one: replan/balanced, replan/cheapest, replan/least-disruption." in said.err


def test_a_plan_that_breaks_a_rule_is_not_accepted(run: Run, base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace('"crew": [\n    "b"\n   ]', '"crew": [\n    "b",\n    "b"\n   ]')
    Path("broken.json").write_text(text, encoding="utf-8")
    said = run("accept", "broken.json", "--problem", "out/problem.json")
    assert said.code == 2
    assert "plan-broken" in said.err


@pytest.mark.parametrize(
    "command",
    [
        ["plan", "office.xlsx", "--out", "out"],
        ["accept", "out", "--out", "out"],
        ["template", "out/calendar.xlsx"],
        ["replan", "out/plan.json", "--absent", "a:2012-08-01", "-o", "out"],
        ["export", "out/plan.json", "--format", "csv", "-o", "out/visits.csv"],
        ["export", "out/plan.json", "--format", "plan", "-o", "out/problem.json"],
        ["export", "out/plan.json", "--format", "xlsx", "-o", "out/calendar.xlsx"],
        ["move", "out/plan.json", "pin c1-1", "-o", "out/plan.json"],
        ["solve", "out/problem.json", "-o", "out/plan.json"],
        ["problem", KALASIN, "-o", "out/problem.json"],
        ["handbook", "out/plan.json", "-o", "out/calendar.xlsx"],
        ["explain", "out/plan.json", "--json", "out/plan.json"],
        ["diff", "out", "out", "--format", "json", "-o", "out/problem.json"],
        ["diff", "out", "out", "--format", "html", "-o", "out/calendar.html"],
        ["repeat", "out", "-o", "out/problem.json"],
        ["readiness", "out", "-o", "out/calendar.html"],
        ["evaluate", "out", "handbook.xlsx", "--before", "out/evaluation.json", "-o", "out"],
    ],
)
def test_nothing_is_overwritten_unasked(run: Run, base: Path, command: list[str]) -> None:
    Path("out/evaluation.json").touch()
    before = contents(Path("out"))
    said = run(*command)
    assert said.code == 2
    assert "[file-exists]" in said.err
    assert contents(Path("out")) == before


@pytest.mark.parametrize(
    "command",
    [
        ["explain", "out", "--json", "out/plan.json"],
        ["diff", "out", "out", "--format", "json", "-o", "out/problem.json"],
        ["repeat", "out", "-o", "out/plan.json"],
        ["move", "out", "pin c1-1", "-o", "out/problem.json"],
        ["handbook", "out", "-o", "out/plan.json"],
        ["handbook", "out", "--reports", "out/calendar.xlsx", "-o", "link.xlsx"],
        ["solve", "out/problem.json", "-o", "out/problem.json"],
        ["problem", "office", "-o", "office/office.toml"],
    ],
)
def test_what_a_command_reads_is_not_overwritten_by_force(run: Run, base: Path, command: list[str]) -> None:
    tables.folder(Path("office"))
    Path("link.xlsx").symlink_to("out/calendar.xlsx")
    before = contents(Path("out"), Path("office"))
    said = run(*command, "--force")
    assert said.code == 2
    assert "[file-exists]" in said.err
    assert "would be lost" in said.err
    assert contents(Path("out"), Path("office")) == before


def contents(*folders: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        ["plan", "office", "--out", "office", "--force"],
        ["export", "out", "--format", "all", "-o", "office"],
        ["accept", "out", "--out", "office"],
    ],
)
def test_no_plan_is_written_among_the_tables_of_an_office(run: Run, base: Path, command: list[str]) -> None:
    before = contents(tables.folder(Path("office")))
    said = run(*command)
    assert said.code == 2
    assert "It holds the tables of an office." in said.err
    assert contents(Path("office")) == before


def test_names_beside_a_problem_overwrite_neither_it_nor_those_of_another_office(run: Run) -> None:
    tables.folder(Path("one"))
    tables.folder(Path("two"), tables.tables(officers__0__name_th="อื่น"))
    assert run("problem", "one", "-o", "made/one.json").code == 0
    assert run("problem", "one", "-o", "made/again.json").code == 0
    said = run("problem", "two", "-o", "made/two.json")
    assert said.code == 0
    assert "made/two.office.json" in said.out
    assert run("problem", "two", "-o", "own/office.json").code == 0
    assert read_problem(Path("own/office.json")) == read_problem(Path("made/two.json"))
    assert {path.name for path in Path("made").iterdir()} == {
        "one.json", "again.json", "two.json", "office.json", "two.office.json"
    }  # fmt: skip
    assert "อื่น" not in Path("made/office.json").read_text(encoding="utf-8")


def test_where_no_plan_stands_it_is_said(run: Run) -> None:
    for command in (["replan", "--absent", "a:2012-08-01"], ["explain"], ["export"], ["move", "pin c1-1"]):
        said = run(*command)
        assert said.code == 2
        assert "No plan is named, and none stands here" in said.err


def test_a_note_that_cannot_be_read_is_said(run: Run, base: Path) -> None:
    Path(".patithin.json").write_text("{}", encoding="utf-8")
    said = run("export", "--format", "csv")
    assert said.code == 2
    assert "It does not say which plan stands" in said.err


def test_faults_are_in_thai_where_the_language_is_thai(run: Run, base: Path) -> None:
    said = run("replan", "out/plan.json", "--absent", "nobody:2012-08-01", "--lang", "th")
    assert said.code == 2
    assert "ข้อมูลผิด 1 แห่ง" in said.err
    assert "ไม่มีนักส่งเสริม 'nobody'" in said.err


def test_the_rest_planned_around_a_draft_is_accepted(run: Run, base: Path) -> None:
    run("accept", "out")
    assert run("move", "c1-1 at 10:00", "-o", "draft.json").code == 0
    assert run("replan", "draft.json", "--pin", "c1-1", "--absent", "b:2012-08-02", "--seconds", 0.1).code == 0
    said = run("accept", "replan/balanced")
    assert said.code == 0, said.err


@pytest.mark.parametrize(
    ("format", "file", "code"),
    [
        ("xlsx", "x.csv", 2), ("csv", "x.xlsx", 2), ("html", "x.pdf", 2), ("all", "x.xlsx", 2), ("ics", "x.csv", 2),
        ("json", "x.csv", 2), ("csv", "x.csv", 0), ("csv", "x", 0), ("ics", "x.ics", 0), ("ics", "of.2555", 0),
        ("geojson", "x.json", 0), ("html", "X.HTML", 0),
    ],
)  # fmt: skip
def test_no_file_bears_the_ending_of_another_kind(run: Run, base: Path, format: str, file: str, code: int) -> None:
    said = run("export", "out", "--format", format, "-o", file)
    assert said.code == code, said.err
    assert Path(file).exists() == (code == 0)


def test_a_visit_that_is_not_there_is_told_with_those_that_are(run: Run, base: Path) -> None:
    said = run("explain", "out", "c1-99")
    assert said.code == 2
    assert "Did you mean c1-1?" in said.err
    thai = run("explain", "out", "c1-99", "--lang", "th")
    assert "VISIT" not in thai.err and "การเข้าส่งเสริม  [id-unknown]" in thai.err
