"""Files of the contract: ``problem.json``, ``plan.json``, ``office.json`` with names and places; and evaluations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from api.staging import write_text
from models.evaluation.figures import EVALUATION_FORMAT, Evaluation
from models.faults import Fault, InvalidInput
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from models.reading import faults_of_validation, load_json, read_plan, read_problem, read_text
from models.soundness import plan_faults

PROBLEM_FILE: Final = "problem.json"
PLAN_FILE: Final = "plan.json"
OFFICE_FILE: Final = "office.json"

T = TypeVar("T")


def write_office(path: Path, office: Office) -> Path:
    """Write the office's tables as JSON.

    Raises:
        InvalidInput: it cannot be written.
    """
    return write_text(path, office_text(office))


def office_text(office: Office) -> str:
    """The office's tables as the text of their file."""
    data = office.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_office_file(path: Path) -> Office:
    """The office's tables in a file that :func:`write_office` wrote.

    Raises:
        InvalidInput: with every fault found.
    """
    return _naming(path, lambda: _office(path))


def read_problem_file(path: Path) -> Problem:
    """The problem in a file; each fault names the file.

    Raises:
        InvalidInput: with every fault found.
    """
    return _naming(path, lambda: read_problem(path))


def read_plan_file(path: Path) -> Plan:
    """The plan in a file; each fault names the file.

    Raises:
        InvalidInput: with every fault found.
    """
    return _naming(path, lambda: read_plan(path))


def require_of(path: Path, plan: Plan, problem: Problem) -> None:
    """See that the plan read from ``path`` is one of ``problem``; each fault names the file.

    Raises:
        InvalidInput: it names what the problem does not know.
    """
    if faults := list(plan_faults(problem, plan)):
        raise InvalidInput(_named(path, faults))


def read_evaluation_file(path: Path) -> Evaluation:
    """The evaluation in a file that the command ``evaluate`` wrote; each fault names the file.

    Raises:
        InvalidInput: with every fault found.
    """
    return _naming(path, lambda: _evaluation(path))


def _evaluation(path: Path) -> Evaluation:
    data, repeated = load_json(path, EVALUATION_FORMAT)
    if repeated:
        raise InvalidInput(repeated)
    try:
        return Evaluation.model_validate(data)
    except ValidationError as error:
        raise InvalidInput(faults_of_validation(error)) from None


def _office(path: Path) -> Office:
    try:
        return Office.model_validate_json(read_text(path))
    except ValidationError as error:
        raise InvalidInput(faults_of_validation(error)) from None


def _naming(path: Path, read: Callable[[], T]) -> T:
    try:
        return read()
    except InvalidInput as error:
        raise InvalidInput(_named(path, error.faults)) from None


def _named(path: Path, faults: Iterable[Fault]) -> Iterator[Fault]:
    return (one if str(path) in one.where else replace(one, where=f"{path}, {one.where}") for one in faults)
