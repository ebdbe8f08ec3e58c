"""Faults in Thai: every code, every sentence that intake says, places, and names with their own Thai."""

from __future__ import annotations

import ast
import copy
import datetime as dt
import pickle
import re
from pathlib import Path

import pytest
from support.tables import folder, tables

from models.faults import CODES, Fault, InvalidInput
from models.intake import read_office
from models.saying import Said, both, named, place, said
from models.thai import MEANINGS, SENTENCES, thai_date
from models.validation import _CAUSES, _ONE_OF, _REMEDIES

ROOT = Path(__file__).parents[2]
THAI = re.compile("[ก-๙]")
FIELD = re.compile(r"{(\w*)[^}]*}")


def sentences() -> dict[str, str]:
    """Every template that is given to ``said``, on the ground floor and by runs, with the file it stands in."""
    found = dict.fromkeys((*_CAUSES.values(), *_REMEDIES.values(), _ONE_OF), "validation.py")
    rooms = (ROOT / "models", ROOT / "api/runs", ROOT / "api/storage")
    for path in sorted(path for room in rooms for path in room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said" and node.args:
                texts = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                found |= {text: path.name for text in texts if isinstance(text, str)}
    return found


def test_every_code_has_thai() -> None:
    assert set(MEANINGS) == set(CODES)
    assert all(THAI.search(text) for pair in MEANINGS.values() for text in pair)


def test_every_sentence_has_thai_with_the_same_values() -> None:
    found = sentences()
    assert len(found) > 150
    assert {text: where for text, where in found.items() if text not in SENTENCES} == {}
    for english, thai in SENTENCES.items():
        assert THAI.search(thai) and set(FIELD.findall(english)) == set(FIELD.findall(thai)), english


def _plain(node: ast.AST) -> bool:
    """Whether a fault is made here of text that has no Thai."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault"):
        return False
    return any(isinstance(text, ast.Constant | ast.JoinedStr) for text in node.args[2:4])


#: what only programs and their writers meet: Python's own doors
_FOR_PROGRAMS = ("api/what_if/", "optimizer/comparing/")


def test_no_fault_that_a_planner_meets_is_made_of_plain_text() -> None:
    files = [path for floor in ("models", "optimizer", "api") for path in sorted((ROOT / floor).rglob("*.py"))]
    names = {path: path.relative_to(ROOT).as_posix() for path in files}
    found = [
        f"{names[path]}:{node.lineno}"
        for path in files
        if not names[path].startswith(_FOR_PROGRAMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _plain(node) and isinstance(node, ast.Call)
    ]
    assert found == []


def test_dates_are_thai_in_thai() -> None:
    day = dt.date(2012, 9, 3)
    assert said("{last} lies before {first}.", last=day, first=dt.date(2012, 10, 31)).in_language("th") == (
        "3 ก.ย. 2555 มาก่อน 31 ต.ค. 2555"
    )
    told = both("It is {day}.", "คือ {day}", day=day)
    assert (str(told), told.in_language("th")) == ("It is 2012-09-03.", "คือ 3 ก.ย. 2555")
    assert thai_date(dt.date(2013, 1, 31)) == "31 ม.ค. 2556"


def test_a_sentence_with_names_of_its_own() -> None:
    told = said("There is no {value} among the {table}.", value="'x'", table=named("topics", "ด้าน"))
    assert told == "There is no 'x' among the topics."
    assert told.in_language("th") == "ไม่มี 'x' ในด้าน"
    assert told.in_language("en") == str(told)


def test_a_place_in_both_languages() -> None:
    where = place(file="a.xlsx", sheet="ประเด็น").at(row=3).at(column="กำหนดเสร็จ", letter="G")
    assert where == "a.xlsx, sheet ประเด็น, row 3, column กำหนดเสร็จ"
    assert where.in_language("th") == "a.xlsx, แผ่นงาน ประเด็น, แถว 3, คอลัมน์ กำหนดเสร็จ"
    told = said("{value} is already the id in {place}.", value="'c9'", place=place(sheet="สหกรณ์", row=8))
    assert told.in_language("th") == "รหัส 'c9' มีแล้วที่ แผ่นงาน สหกรณ์, แถว 8"
    assert where.parts["letter"] == "G"


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_faults_keep_their_thai_when_they_are_copied(copied: object) -> None:
    fault = Fault("cell-missing", place(file="a.csv", row=2), said("The cell is empty."), said("Fill it in."))
    assert callable(copied)
    again = copied(fault)
    assert again == fault and again.in_language("th") == fault.in_language("th")
    assert isinstance(again.cause, Said) and again.in_language("th").cause == "ช่องนี้ว่างอยู่"


def test_a_fault_of_plain_text_is_told_by_its_code() -> None:
    fault = Fault("run-failed", "run", "It stopped.", "Try again.").in_language("th")
    assert fault.cause == "การคำนวณหยุดเพราะข้อผิดพลาด (It stopped.)" and THAI.search(fault.remedy)


def test_the_faults_of_an_office_are_all_thai_and_name_the_thai_choices(tmp_path: Path) -> None:
    made = tables(
        issues__0__due="soon", issues__1__topic="magic", cooperatives__0__kind="bank", officers__0__fair_hours="1e12",
        absences__0__to="2012-08-01", partners__0__per_day="", cooperatives__1__board_meeting="sometimes",
        issues__0__severity="6",
    )  # fmt: skip
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path / "office", made))
    told = [fault.in_language("th") for fault in caught.value.faults]
    assert len(told) == 8
    assert all(THAI.search(fault.cause) and THAI.search(fault.remedy) for fault in told)
    assert not [fault for fault in told if "(" in fault.cause and re.search(r"\([A-Z]", fault.cause)]
    assert any("การเกษตร, นิคม" in fault.remedy for fault in told)
