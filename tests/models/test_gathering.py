"""Equal faults of a column are told once, with all their rows."""

from __future__ import annotations

from models.faults import Fault
from models.gathering import gathered
from models.saying import both, place


def fault(row: int, column: str = "due", thai: str = "ผิด") -> Fault:
    where = place(file="office.xlsx", sheet="issues", row=row, column=column)
    return Fault("cell-value", where, both("It is wrong.", thai), both("Mend it.", "แก้ไข"))


def test_equal_faults_of_a_column_are_one_with_their_rows() -> None:
    one, other = gathered([fault(5), fault(2, "topic"), fault(6), fault(7), fault(9), fault(10), fault(7)])
    assert (one.where, other.where) == (
        "office.xlsx, sheet issues, column due, row 5-7, 9, 10",
        "office.xlsx, sheet issues, row 2, column topic",
    )
    assert one.in_language("th").where == "office.xlsx, แผ่นงาน issues, คอลัมน์ due, แถว 5-7, 9, 10"


def test_what_differs_in_one_language_alone_stays_apart() -> None:
    assert len(gathered([fault(2), fault(3, thai="ผิดอีกอย่าง")])) == 2


def test_what_has_no_row_stays_as_it_is() -> None:
    bare = Fault("file-missing", "a.csv", "It is not there.", "Add it.")
    assert gathered([bare, fault(2)]) == [bare, fault(2)]
