"""A sample office begins with its plan published and its made-up reports filed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.circle import little_context, little_handbook

from api.service.first import report_first
from api.storage.database import Database
from api.storage.problems import Stated, keep_problem
from api.storage.publications import publication
from api.storage.reports import newest_reports

CONTEXT = little_context()
STATED = Stated(CONTEXT.problem, CONTEXT.office)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / "plan.json").write_text(CONTEXT.plan.to_json(), encoding="utf-8")
    (tmp_path / "handbook.json").write_text(little_handbook().to_json(), encoding="utf-8")
    return tmp_path


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(f"sqlite:///{tmp_path}/patithin.db")
    made.migrate()
    return made


def begun(database: Database, stated: Stated, folder: Path) -> bool:
    return report_first(database, keep_problem(database, stated)[0].id, stated, folder)


def test_the_plan_is_published_and_the_reports_are_filed_once(database: Database, reports: Path) -> None:
    assert begun(database, STATED, reports)
    with database.read() as session:
        made = publication(session)
        filed = newest_reports(session, CONTEXT.problem.workdays[0])
    assert made is not None and made.version == 1
    assert [row.visit for row in filed] == ["c1-1", "c1-2", "c2-1", "c2-2"]
    assert not begun(database, STATED, reports)


def test_a_true_office_begins_with_nothing(database: Database, reports: Path) -> None:
    assert CONTEXT.office is not None
    true = Stated(CONTEXT.problem, CONTEXT.office.model_copy(update={"illustrative": False}))
    assert not begun(database, true, reports)


@pytest.mark.parametrize("file", ["plan.json", "handbook.json"])
def test_what_does_not_fit_is_left_out(database: Database, reports: Path, file: str) -> None:
    (reports / file).write_text((reports / file).read_text(encoding="utf-8").replace("c1-1", "c7-1"), encoding="utf-8")
    assert not begun(database, STATED, reports)
    (reports / file).unlink()
    assert not begun(database, STATED, reports)


def test_a_plan_that_breaks_a_rule_is_left_out(database: Database, reports: Path) -> None:
    text = (reports / "plan.json").read_text(encoding="utf-8").replace('"depart": "08:30"', '"depart": "08:00"')
    (reports / "plan.json").write_text(text, encoding="utf-8")
    assert not begun(database, STATED, reports)
