"""The sample's illustrative reports: a plan that fits the tables, and reports that fit the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.simulation import simulate
from models.intake import read_office
from models.plan import Plan
from models.reading import read_plan
from models.referee import violations

SAMPLE = Path(__file__).parents[2] / "data" / "khonkaen"
REPORTS = SAMPLE / "reports"
#: what to do where a test here fails after the tables were changed
AGAIN = "the sample's tables have changed: run python data/khonkaen/reports/make.py"


@pytest.fixture(scope="module")
def context() -> Context:
    book = read_office(SAMPLE)
    return Context(Plan.model_validate_json((REPORTS / "plan.json").read_text("utf-8")), book.problem, book.office)


def test_the_plan_is_one_of_the_sample(context: Context) -> None:
    assert read_plan(REPORTS / "plan.json", context.problem) == context.plan
    assert not violations(context.problem, context.plan), AGAIN


def test_the_reports_are_those_that_the_script_makes(context: Context) -> None:
    handbook = read_handbook(REPORTS / "handbook.json", context)
    assert handbook.illustrative
    through = max(report.date for report in handbook.reports if report.date)
    assert (through - context.problem.workdays[0]).days > 35, "less than six weeks"
    assert handbook == simulate(context, 2555, through), AGAIN
