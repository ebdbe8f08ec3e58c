"""``patithin move``: how moves are written, and the draft that comes of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.builders import office, on, plan, problem, tour, visit

from api.cli.moves import moves_of
from api.language.moveforms import FORMS
from api.naming import AsWritten
from models.clock import format_clock
from models.faults import InvalidInput
from models.moves import LeaveOut, Move, Pin, Place, SetCar, SetCrew, SetLead, Unpin
from models.reading import read_plan, read_problem

from .conftest import Run


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("c013-2 to 2012-09-04", Place(visit="c013-2", date=on(35))),
        ("c013-2 to 4/9/2555 at 9.30", Place(visit="c013-2", date=on(35), start=570)),
        ("c013-2 to tour 20120904-1", Place(visit="c013-2", tour="20120904-1")),
        ("c013-2 to tour 20120904-1 position 2", Place(visit="c013-2", tour="20120904-1", position=2)),
        ("c013-2 to 2012-09-04 tour t1 at 13:00", Place(visit="c013-2", date=on(35), tour="t1", start=780)),
        ("c013-2 at 10:15", Place(visit="c013-2", start=615)),
        ("c013-2 position 1", Place(visit="c013-2", position=1)),
        ("c013-2 to 2012-09-04 alone", Place(visit="c013-2", date=on(35), new_tour=True)),
        (
            "c013-2 to 2012-09-04 at 09:00 alone with o1 + o2 in van",
            Place(visit="c013-2", date=on(35), start=540, new_tour=True, crew=("o1", "o2"), car="van"),
        ),
        ("tour t1 with o1 + o2", SetCrew(tour="t1", officers=("o1", "o2"))),
        ("tour t1 in van", SetCar(tour="t1", car="van")),
        ("c013 led by o5", SetLead(cooperative="c013", officer="o5")),
        ("leave out c013-2", LeaveOut(visit="c013-2")),
        ("pin c013-2", Pin(visit="c013-2")),
        ("unpin c013-2", Unpin(visit="c013-2")),
        ("ค013-2 ไป 4 ก.ย. 2555 เวลา 9.30", Place(visit="ค013-2", date=on(35), start=570)),
        ("ค013-2 ไป เที่ยว 20120904-1 ลำดับ 2", Place(visit="ค013-2", tour="20120904-1", position=2)),
        (
            "ค013-2 ไป 4/9/2555 เที่ยวใหม่ กับ น1 + น2 ด้วยรถ รถตู้",
            Place(visit="ค013-2", date=on(35), new_tour=True, crew=("น1", "น2"), car="รถตู้"),
        ),
        ("เที่ยว t1 กับ น1 + น2", SetCrew(tour="t1", officers=("น1", "น2"))),
        ("ค013 รับผิดชอบโดย น5", SetLead(cooperative="ค013", officer="น5")),
        ("ไม่จัด ค013-2", LeaveOut(visit="ค013-2")),
        ("ตรึง ค013-2", Pin(visit="ค013-2")),
        ("เลิกตรึง ค013-2", Unpin(visit="ค013-2")),
    ],
)
def test_moves_are_read(written: str, meant: Move) -> None:
    assert moves_of([written], AsWritten()) == [meant]


#: what stands where a form of a move names something, in both languages, and what a planner writes there
NAMED = {
    "VISIT": "c013-2", "DATE": "2012-09-04", "TOUR": "20120904-1", "HH:MM": "09:30", "N": "2", "OFFICER": "o1",
    "CAR": "van", "COOPERATIVE": "c013", "การเข้าส่งเสริม": "c013-2", "วันที่": "2012-09-04", "รหัสเที่ยว": "20120904-1",
    "นักส่งเสริม": "o1", "รถ": "van", "สหกรณ์": "c013",
}  # fmt: skip


def as_written(form: str) -> Iterator[str]:
    """A form filled in: without what may be left out, with the first of its choices, with the last."""
    bare = re.sub(r" \[[^]]*\]", "", form)
    for filled in (bare, re.sub(r"\[([^]|]*)[^]]*\]", r"\1", form), re.sub(r"\[(?:[^]]*\| )?([^]]*)\]", r"\1", form)):
        yield " ".join(NAMED.get(word, word) for word in filled.split())


@pytest.mark.parametrize(("english", "thai"), FORMS)
def test_every_form_that_the_help_names_is_read_alike_in_both_languages(run: Run, english: str, thai: str) -> None:
    read = moves_of([*as_written(english)], AsWritten())
    assert read == moves_of([*as_written(thai)], AsWritten())
    for form, lang in ((english, "en"), (thai, "th")):
        told = run("move", "--help", "--lang", lang).out
        assert form in " ".join(told.replace("│", " ").split())


@pytest.mark.parametrize(
    "written", ["", "c1-1", "c1-1 to", "c1-1 to soon", "c1-1 at 25", "pin", "tour t with", "to to to"]
)
def test_what_cannot_be_read_is_said(written: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        moves_of([written, "fly"], AsWritten())
    assert len(caught.value.faults) == 2
    assert {fault.code for fault in caught.value.faults} <= {"option-value", "command-usage"}


@pytest.fixture
def base() -> Path:
    of = problem(visits=[visit("c1-1"), visit("c2-1", latest=on(2))])
    made = plan(of, tour(of, on(1), "a", ["c1-1"], id_="t1"), tour(of, on(2), "b", ["c2-1"], id_="t2"))
    Path("out").mkdir()
    Path("out/plan.json").write_text(made.to_json(), encoding="utf-8")
    Path("out/problem.json").write_text(of.to_json(), encoding="utf-8")
    return Path("out/plan.json")


def test_a_draft_is_written_and_can_be_accepted(run: Run, base: Path) -> None:
    said = run("move", base, "c2-1 to 2012-08-01", "pin c2-1", "-o", "draft.json")
    assert said.code == 0, said.err
    assert "The draft keeps every rule" in said.out
    assert "Pinned: c2-1" in said.out
    made = read_plan(Path("draft.json"), read_problem(Path("problem.json")))
    assert len(made.tours) == 1
    assert run("accept", "draft.json").code == 0


def test_a_shift_within_half_an_hour_is_told_and_no_plan_like_the_other(run: Run, base: Path) -> None:
    (stop,) = (stop for each in read_plan(base).tours for stop in each.stops if stop.visit == "c1-1")
    said = run("move", base, f"c1-1 at {format_clock(stop.start + 20)}")
    assert said.code == 0, said.err
    assert "1 shifted by half an hour at most; 0 count as moves;" in said.out
    thai = run("move", base, f"c1-1 at {format_clock(stop.start + 20)}", "-o", "thai.json", "--lang", "th")
    assert "เลื่อนไม่เกินครึ่งชั่วโมง 1 · นับเป็นการย้าย 0 ครั้ง · คงเดิม " in thai.out


def test_another_car_is_told(run: Run) -> None:
    of = problem(
        offices=[office(cars=[{"id": "ร1", "seats": 2}, {"id": "ร2", "seats": 2}], seats=None)], visits=[visit("c1-1")]
    )
    made = plan(of, tour(of, on(1), "a", ["c1-1"], id_="t1", car="ร1"))
    Path("plan.json").write_text(made.to_json(), encoding="utf-8")
    Path("problem.json").write_text(of.to_json(), encoding="utf-8")
    said = run("move", "plan.json", "tour t1 in ร2")
    assert said.code == 0, said.err
    assert "1 in another car" in said.out and ", a, ร1" in said.out and ", a, ร2" in said.out


def test_a_broken_draft_is_written_all_the_same(run: Run, base: Path) -> None:
    said = run("move", base, "c2-1 to 2012-08-03")
    assert said.code == 1
    assert "Rules broken by the draft" in said.out
    assert "lies after 2012-08-02" in said.out
    assert Path("draft.json").exists()
    refused = run("accept", "draft.json")
    assert refused.code == 2
    assert "plan-broken" in refused.err


def test_what_is_not_there_is_said_by_the_move_as_it_was_written(run: Run, base: Path) -> None:
    said = run("move", base, "c2-1 to 2012-08-09", "tour nowhere with a")
    assert said.code == 2
    assert "c2-1 to 2012-08-09  [date-order]" in said.err
    assert "tour nowhere with a  [id-unknown]" in said.err
    assert not Path("draft.json").exists()


def test_names_that_nobody_bears_are_told_beside_values_that_cannot_be(run: Run, base: Path) -> None:
    said = run("move", base, "c9-1 to 2012-13-01 alone with x + y", "pin c8-1", "-o", "draft.txt")
    assert said.code == 2
    for cause in ("'c9-1'", "2012-13-01", "'x'", "'y'", "'c8-1'", "draft.txt"):
        assert cause in said.err, cause


@pytest.mark.usefixtures("run")
def test_the_draft_is_there_where_nobody_reads_to_the_end() -> None:
    """As in ``patithin move … | head -1``: the reader goes after the first line, or before it."""
    of = problem()
    made = plan(of, tour(of, on(1), "a", ["c1-1"]), tour(of, on(2), "b", ["c2-1"]))
    Path("problem.json").write_text(of.to_json(), encoding="utf-8")
    Path("plan.json").write_text(made.to_json(), encoding="utf-8")
    for name, lines in (("one.json", 1), ("none.json", 0)):
        command = [sys.executable, "-m", "api.cli", "move", "plan.json", "c1-1 to 2012-08-03", "-o", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None and process.stderr is not None
            for _ in range(lines):
                assert process.stdout.readline()
            process.stdout.close()
            assert "Traceback" not in process.stderr.read()
        assert on(3) in [each.date for each in read_plan(Path(name)).tours]
        assert read_plan(Path(f"{name.removesuffix('.json')}.before.json")).tours == made.tours
