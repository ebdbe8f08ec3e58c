"""``patithin replan`` and ``diff`` on files, with the real optimizer."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path

import icalendar
import pytest
from rich.console import Console
from support.builders import cooperative, days, officer, on, plan, problem, tour, visit

from api.language.teller import Teller
from api.telling.proposals import as_json, listed
from models.changes import Absence, UrgentVisit
from models.reading import read_plan, read_problem
from models.referee import cost, violations
from optimizer.comparing.differences import as_stood
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.proposing import Mending
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
        cost = json.loads((folder / "changes.json").read_text(encoding="utf-8"))["cost"]
        before = moves["stood"]["cost"] | {"paid": moves["stood"]["paid"], "weighed": moves["stood"]["weighed"]}
        assert {part: pair["before"] for part, pair in cost.items()} == before
        stood = next(line for line in said.out.splitlines() if line.lstrip().startswith("Had"))  # the plan before stood
        assert stood.split()[-2:] == [f"{round(moves['stood'][kind]):,}" for kind in ("paid", "weighed")]
        feed = (folder / "feeds" / "cooperatives" / "c1.ics").read_bytes()
        assert b"SEQUENCE:1" in feed
    again = run("replan", "mended/balanced/plan.json", "--closed", "c2:2012-08-03", "--seconds", 0.2, "-o", "again")
    assert again.code == 0, again.err
    edition = json.loads(Path("again/cheapest/edition.json").read_text(encoding="utf-8"))
    assert edition["edition"] == 2
    assert edition["changed"]["c1-1"] == 1  # c2 alone moves this time


@pytest.mark.parametrize("id_", ["../../../x", "/etc/x", "a\\b", "..", "con", "x" * 300])
def test_no_id_leads_out_of_the_folder(run: Run, tmp_path: Path, id_: str) -> None:
    """The officer who falls ill and the cooperative bear an id that would be a path, or no file name at all."""
    stated = problem(
        officers=[officer(id_), officer("b")],
        cooperatives=[cooperative(id_, 1)],
        visits=[visit("v", cooperative=id_)],
    )
    Path("problem.json").write_text(stated.to_json(), encoding="utf-8")
    made = plan(stated, tour(stated, on(1), [id_], ["v"]))
    Path("plan.json").write_text(made.to_json(), encoding="utf-8")
    said = run("replan", "plan.json", "--absent", f"{id_}:2012-08-01", "--seconds", 0.1, "-o", "deep/er/mended")
    assert said.code == 0, said.err
    assert {path.name for path in tmp_path.iterdir()} == {"problem.json", "plan.json", "deep"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["er"]
    feeds = sorted((tmp_path / "deep").rglob("*.ics"))
    assert len(feeds) >= 6  # of the officer and the cooperative, in each of three proposals
    assert {path.parent.parent.name for path in feeds} == {"feeds"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"edition": -1}', '{"edition": "2"}', '{"changed": {}}', "\xff"])
def test_an_edition_that_cannot_be_read_is_not_the_first(run: Run, files: tuple[Path, Path], text: str) -> None:
    Path("edition.json").write_text(text, encoding="latin-1")
    for command in (
        ["replan", files[1], "--absent", "a:2012-08-01", "-o", "mended"],
        ["export", files[1], "-o", "all"],
    ):
        said = run(*command)
        assert said.code == 2
        assert "edition.json  [file-unreadable]" in said.err
        told = run(*command, "--lang", "th").err.split("[file-unreadable]")[1].splitlines()[1]
        assert "ไม่ใช่บันทึกฉบับของแผน" in told or "UTF-8" in told
        assert not re.search("[a-z]{3}", told.replace("edition", "").replace("json", "")), told  # names of keys only
    assert not Path("mended").exists()
    assert not Path("all").exists()


def events(path: Path) -> dict[str, icalendar.Event]:
    """The events of a feed by UID; none where there is no feed."""
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT") if path.exists() else []
    return {str(event["UID"]): event for event in found}


def seen(event: icalendar.Event) -> dict[str, bytes]:
    """All that a calendar shows of an event."""
    return {
        str(name): value.to_ical() if hasattr(value, "to_ical") else repr(value).encode()
        for name, value in event.items()
        if name not in ("SEQUENCE", "DTSTAMP")
    }


def follow(held: Path, feeds: Path) -> Counter[str]:
    """Take feeds in beside those that a phone holds already, and count what happens to each event."""
    counts: Counter[str] = Counter()
    for path in sorted(feeds.glob("*/*.ics")):
        mine = held / path.relative_to(feeds)
        old, new = events(mine), events(path)
        assert not {uid for uid in old if uid not in new and old[uid]["STATUS"] != "CANCELLED"}
        for uid, event in new.items():
            number = int(event["SEQUENCE"])
            if uid not in old:
                counts["new"] += 1
            elif event["STATUS"] == "CANCELLED":
                assert number > int(old[uid]["SEQUENCE"])
                counts["cancelled"] += 1
            elif seen(event) == seen(old[uid]):
                assert number == int(old[uid]["SEQUENCE"])
                counts["untouched"] += 1
            else:
                assert number > int(old[uid]["SEQUENCE"])
                counts["updated"] += 1
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_bytes(path.read_bytes())
    return counts


def test_feeds_cancel_and_update_exactly_what_changed(run: Run, tmp_path: Path) -> None:
    """``a`` leads c1 with four visits, ``b`` c2 with three; ``a`` falls ill on the first day, and then c2 closes."""
    stated = problem(
        workdays=days(1, 2, 3, 6, 7, 8, 9, 10),
        visits=[visit(f"c1-{n}") for n in (1, 2, 3, 4)] + [visit(f"c2-{n}") for n in (1, 2, 3)],
        cooperatives=[cooperative("c1", 1, lead="a", min_gap_days=2), cooperative("c2", 2, lead="b", min_gap_days=2)],
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "stand_in": 900, "moved": 50},
    )
    Path("problem.json").write_text(stated.to_json(), encoding="utf-8")
    solved(Path("problem.json"))
    before = read_plan(Path("new.json"), stated)
    first = next(each.date for each in before.tours if "a" in each.crew)
    assert run("export", "new.json", "--format", "ics", "-o", "held").code == 0
    assert run("replan", "new.json", "--absent", f"a:{first}", "-s", 0.2, "--deterministic", "-o", "one").code == 0
    counts = follow(Path("held"), Path("one/least-disruption/feeds"))
    assert counts["untouched"] >= 2
    assert counts.total() - counts["untouched"] >= 2  # the visit of that day, in the feeds of a and of c1
    now = read_plan(Path("one/least-disruption/plan.json"), read_problem(Path("one/least-disruption/problem.json")))
    last = next(each.date for each in reversed(now.tours) if any(stop.visit == "c2-3" for stop in each.stops))
    mended = "one/least-disruption/plan.json"
    said = run("replan", mended, "--closed", f"c2:{last}", "-s", 0.2, "--deterministic", "-o", "two")
    assert said.code == 0
    again = follow(Path("held"), Path("two/least-disruption/feeds"))
    assert again["untouched"] >= 2
    assert again.total() - again["untouched"] >= 2


def test_a_later_run_leaves_no_feeds_of_an_earlier_one(run: Run, files: tuple[Path, Path]) -> None:
    assert run("replan", files[1], "--absent", "a:2012-08-01", "-s", 0.2, "-o", "mended").code == 0
    assert list(Path("mended").glob("*/feeds/cooperatives/c1.ics"))
    mine = Path("mended/least-disruption/feeds/notes.txt")
    mine.write_text("mine", encoding="utf-8")
    assert run("replan", files[1], "--closed", "c2:2012-08-03", "-s", 0.2, "-o", "mended").code == 0
    assert not Path("mended/least-disruption/feeds/cooperatives/c1.ics").exists()
    assert mine.exists()


def test_a_run_into_the_folder_of_all_leaves_what_is_not_a_proposal(run: Run, files: tuple[Path, Path]) -> None:
    """``--out .`` beside the folders of other plans: their names and feeds are theirs."""
    theirs = [Path("july/office.json"), Path("july/feeds/officers/a.ics")]
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("theirs", encoding="utf-8")
    august = Path("august")
    august.mkdir()
    moved = [file.rename(august / file.name) for file in files]
    assert run("replan", moved[1], "--absent", "a:2012-08-01", "-s", 0.2, "-o", ".").code == 0
    assert Path("balanced/plan.json").exists()
    assert all(path.exists() for path in theirs)


def test_every_fault_of_the_options_is_told_at_once(run: Run, files: tuple[Path, Path]) -> None:
    said = run("replan", files[1], "--absent", "a", "--held", "c1-1:soon", "--today", "tomorrow", "--seconds", -1)
    assert said.code == 2
    for option in ("--absent", "--held", "--today", "--seconds"):
        assert option in said.err
    assert not Path("replan").exists()


def test_names_that_nobody_bears_are_told_beside_values_that_cannot_be(run: Run, files: tuple[Path, Path]) -> None:
    wrong = "nowhere:30:2012-13-01:nosuch:priority=9:partner=nobody"
    said = run("replan", files[1], "--urgent", wrong, "--absent", "x:soon", "--pin", "c9-9", "--seconds", -1)
    assert said.code == 2
    for cause in (
        "'nowhere'",
        "'nosuch'",
        "'nobody'",
        "2012-13-01",
        "5 or less",
        "'x'",
        "'soon'",
        "'c9-9'",
        "--seconds",
    ):
        assert cause in said.err, cause


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
        (("--begins", "2013-08-02"), "--begins  [date-order]"),
        (("--pin", "c2-1", "--today", "2012-08-01"), "--pin c2-1  [pin-unpublished]"),
        (("--pin", "c9-9", "--today", "2012-08-01"), "--pin  [id-unknown]"),
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


def test_a_cost_reckoned_anew_is_told(run: Run, files: tuple[Path, Path]) -> None:
    """A mended plan pays for new leads from its own; the plan before is reckoned so, too, and what it told is said."""
    solved(files[0])
    assert "by its own it was" not in run("diff", files[1], "new.json").out
    dear = json.loads(files[0].read_text(encoding="utf-8"))
    dear["prices"]["unplanned"] += 500
    later = files[0].parent / "later"
    later.mkdir()
    (later / "problem.json").write_text(json.dumps(dear), encoding="utf-8")
    (later / "plan.json").write_text(files[1].read_text(encoding="utf-8"), encoding="utf-8")
    own = read_plan(files[1]).cost.together  # in whole baht as the tables add up
    for view, made in (("text", "changes.txt"), ("html", "changes.html")):
        assert run("diff", files[1], later / "plan.json", "--format", view, "-o", made).code == 0
        assert f"by its own it was {own:,.0f} baht" in " ".join(Path(made).read_text(encoding="utf-8").split())


def test_plans_of_two_offices_are_not_compared(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in files:
        text = path.read_text(encoding="utf-8").replace('"c1-1"', '"d1-1"').replace('"c2-1"', '"d2-1"')
        (other / path.name).write_text(text, encoding="utf-8")
    ended = run("diff", files[1], other / "plan.json")
    assert ended.code == 2 and "no visit in common" in ended.err
    empty = problem(visits=[])
    (other / "problem.json").write_text(empty.to_json(), encoding="utf-8")
    (other / "plan.json").write_text(plan(empty).to_json(), encoding="utf-8")
    assert run("diff", other / "plan.json", other / "plan.json").code == 0  # nothing differs from nothing


def test_names_in_a_comparison_never_become_markup(run: Run, files: tuple[Path, Path]) -> None:
    for file in files:
        file.write_text(file.read_text(encoding="utf-8").replace('"c2"', '"<b>c2"').replace("c2-1", "<i>c2-1"))
    solved(files[0])
    assert run("diff", files[1], "new.json", "--format", "html", "-o", "changes.html").code == 0
    page = Path("changes.html").read_text(encoding="utf-8")
    assert "<i>" not in page
    assert "&lt;i&gt;c2-1" in page


def test_a_visit_that_only_changes_its_crew_is_listed() -> None:
    """``b`` rides along for the topic d and is away; ``c`` takes the seat: no move, and yet another crew."""
    stated = problem(
        workdays=days(1, 2, 3),
        officers=[officer("a", "x"), officer("b", "xd"), officer("c", "d")],
        visits=[visit("c1-1", topics=["x", "d"])],
    )
    made = plan(stated, tour(stated, on(2), "ab", ["c1-1"]), leads={"c1": "a"})
    mending = Mending(disturbed(stated, made, [Absence("b", on(2), on(3))]), Params(deterministic=True, workers=1))
    least = mending.least_disruption(0.01)
    assert least.moves == ()
    page = io.StringIO()
    Console(file=page, width=60).print(listed(least, Teller(mending.problem, None, "en")))
    said = [line.strip() for line in page.getvalue().splitlines()]
    said = said[said.index("c1-1") :]
    assert said[1].startswith("From") and said[1].endswith("a + b")
    assert said[2].startswith("To") and said[2].endswith("a + c")
    assert "counts as no move" in said[3] and said[4].startswith("Who is told")


def test_a_visit_that_is_new_or_to_be_made_up_for_is_listed_with_its_day() -> None:
    """An urgent visit finds a place: no move, and the planner sees where it went."""
    stated = problem(workdays=days(1, 2, 3), officers=[officer("a")], visits=[visit("c1-1")])
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"]), leads={"c1": "a"})
    state = disturbed(stated, made, [UrgentVisit("c2", 30)], today=on(2))
    mending = Mending(state, Params(deterministic=True, workers=1))
    least = mending.least_disruption(0.01)
    page = io.StringIO()
    Console(file=page, width=60).print(listed(least, Teller(mending.problem, None, "en")))
    said = page.getvalue().partition("c2-urgent-1\n")[2]
    assert "—" in said and "Aug" in said and "counts as no move" in said
    had = as_stood(made, mending.problem, stated).cost
    (new,) = as_json(least, Teller(mending.problem, None, "en"), had)["placed_anew"]
    assert new["visit"] == "c2-urgent-1" and new["to"]["date"] in ("2012-08-02", "2012-08-03")


def test_two_plans_alike_cost_the_same_by_one_account(run: Run, tmp_path: Path) -> None:
    """Mended plans count changes of lead from the published ones: the base, too, beside one of them."""
    stated = problem(cooperatives=[cooperative("c1", 1, current_lead="b"), cooperative("c2", 2)],
                     officers=[officer("a"), officer("b")])  # fmt: skip
    made = plan(stated, tour(stated, on(1), "a", ["c1-1"], id_="t1"), leads={"c1": "a", "c2": "b"})
    for folder, of in (("base", stated), ("mended", disturbed(stated, made, [], today=on(3)).problem)):
        Path(folder).mkdir()
        own = made.model_copy(update={"cost": cost(of, made)})
        Path(folder, "problem.json").write_text(of.to_json(), encoding="utf-8")
        Path(folder, "plan.json").write_text(own.to_json(), encoding="utf-8")
    said = run("diff", "base/plan.json", "mended/plan.json", "--format", "json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told["visits"] == [] and all(part["before"] == part["after"] for part in told["cost"].values())
