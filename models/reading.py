"""From JSON text to a sound :class:`Problem` or :class:`Plan`, with every fault at once.

A fault in one item must not hide the faults of the others: what is wrong in itself is reported, a harmless stand-in
takes its place (see :mod:`models.remainder`), and the whole is still checked for how its parts fit together.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.clock import FROM_FILE
from models.faults import Fault, InvalidInput
from models.hours import SHAPES
from models.jsontext import parse_json
from models.plan import PLAN_FORMAT, Plan
from models.problem import PROBLEM_FORMAT, Problem
from models.remainder import faults_of_the_remainder
from models.saying import said
from models.soundness import plan_faults
from models.validation import cause_and_remedy, printable

#: what a workbook's name ends with
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")

#: bytes that a file may have: those of the travel between 5,000 places, twice; and that are read at a time
LARGEST_FILE, _PIECE = 500_000_000, 1_000_000

_SHOW = reprlib.Repr()
_SHOW.maxlevel, _SHOW.maxstring, _SHOW.maxother = 2, 60, 60


def read_problem(source: Path | str | bytes | dict[str, Any]) -> Problem:
    """The problem in a file (``Path``), in JSON text, or in an object already parsed.

    Raises:
        InvalidInput: with every fault found.
    """
    data, faults = load_json(source, PROBLEM_FORMAT)
    try:
        problem = Problem.model_validate(data, context=FROM_FILE)
    except ValidationError as error:
        faults += faults_of_validation(error) + faults_of_the_remainder(data, error)
    except InvalidInput as unsound:
        faults += unsound.faults
    if faults:
        raise InvalidInput(faults)
    return problem


def read_plan(source: Path | str | bytes | dict[str, Any], problem: Problem | None = None) -> Plan:
    """The plan in a file (``Path``), in JSON text, or in an object already parsed.

    With ``problem``, names that the problem does not know are faults too.

    Raises:
        InvalidInput: with every fault found.
    """
    data, faults = load_json(source, PLAN_FORMAT)
    try:
        plan = Plan.model_validate(data, context=FROM_FILE)
    except ValidationError as error:
        raise InvalidInput(faults + faults_of_validation(error)) from None
    if problem is not None:
        faults += plan_faults(problem, plan)
    if faults:
        raise InvalidInput(faults)
    return plan


def read_text(path: Path) -> str:
    """The UTF-8 text of ``path``; of a pipe or a device, what comes out of it until it ends.

    Raises:
        InvalidInput: the file is not there, cannot be opened, is too large, or is not UTF-8 text.
    """
    code = "file-unreadable"
    try:
        return _bytes(path).decode("utf-8-sig")
    except FileNotFoundError:
        code, cause, remedy = "file-missing", said("There is no such file."), said("Check the path.")
    except IsADirectoryError:
        cause, remedy = said("It is a folder."), said("Name a file in it.")
    except OSError:
        cause, remedy = said("It cannot be opened."), said("Check that it is a file that you may read.")
    except ValueError:
        cause, remedy = said("It cannot be read as UTF-8 text."), said("Save it as UTF-8.")
    raise InvalidInput([Fault(code, printable(str(path)), cause, remedy)])


def _bytes(path: Path) -> bytes:
    pieces, size = [], 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_FILE:
                cause = said("It is refused: it has more than {size} MB.", size=LARGEST_FILE // 1_000_000)
                remedy = said("Check that it is the file that is meant.")
                raise InvalidInput([Fault("file-too-large", printable(str(path)), cause, remedy)])
    return b"".join(pieces)


def _mistaken(path: Path, expected: str) -> list[Fault]:
    """The fault of an office where a file of format ``expected`` belongs."""
    if not (path.is_dir() or path.suffix.lower() in WORKBOOK_SUFFIXES):
        return []
    cause = said("It is a folder or a workbook, not a JSON file.")
    remedy = said("Name a file of the format {expected}.", expected=repr(expected))
    if expected == PLAN_FORMAT:
        remedy = said("Name the file of the plan, as plan.json.")
    elif expected == PROBLEM_FORMAT:
        remedy = said("Name a problem file; the command problem makes one of an office.")
    return [Fault("file-unreadable", printable(str(path)), cause, remedy)]


def _another_format(name: str, data: dict[str, Any], expected: str) -> Fault:
    """The fault of an object that has another format than ``expected``, or none."""
    cause = said("It is {value}.", value=_SHOW.repr(data["format"])) if "format" in data else said("It is not there.")
    remedy = said("Write {value}.", value=repr(expected))
    if (data.get("format"), expected) == (PLAN_FORMAT, PROBLEM_FORMAT):
        cause, remedy = said("It is a plan, not a problem."), said("Name the file of the problem, as problem.json.")
    elif (data.get("format"), expected) == (PROBLEM_FORMAT, PLAN_FORMAT):
        cause, remedy = said("It is a problem, not a plan."), said("Name the file of the plan, as plan.json.")
    return Fault("format-unknown", f"{name}, format", cause, remedy)


def load_json(source: Path | str | bytes | dict[str, Any], expected: str) -> tuple[dict[str, Any], list[Fault]]:
    """The JSON object of the format ``expected`` in ``source``, and the faults that do not hinder reading on.

    Raises:
        InvalidInput: it is no JSON object, or one of another format.
    """
    name = str(source) if isinstance(source, Path) else "input"
    faults: list[Fault] = []
    if isinstance(source, Path):
        if mistaken := _mistaken(source, expected):
            raise InvalidInput(mistaken)
        source = read_text(source)
    elif isinstance(source, str) and source.rstrip().lower().endswith(".json"):  # no JSON ends so; a path as text does
        cause = said("It is the name of a file, not its text.")
        raise InvalidInput([Fault("json-syntax", name, cause, said('Give a file as a path: Path("plan.json").'))])
    data, found = (source, []) if isinstance(source, dict) else parse_json(source, name)
    faults += found
    if not isinstance(data, dict):
        fault = Fault(
            "json-shape",
            name,
            said("The JSON is not an object."),
            said("Write an object with format {expected}.", expected=repr(expected)),
        )
        raise InvalidInput([*faults, fault])
    if data.get("format") != expected:
        raise InvalidInput([*faults, _another_format(name, data, expected)])
    return data, faults


def _where(location: Iterable[int | str]) -> str:
    text = ""
    for part in location:
        if part in SHAPES:
            continue
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return printable(text) or "input"


def faults_of_validation(error: ValidationError) -> list[Fault]:
    """The faults in a pydantic error, each with the path of its key."""
    faults = []
    for item in error.errors(include_url=False):
        where = _where(item["loc"])
        if item["type"] == "missing":
            faults.append(Fault("field-missing", where, said("This key is not there."), said("Add it.")))
        elif item["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
            faults.append(
                Fault("field-unknown", where, said("The format has no such key."), said("Remove it or mend its name."))
            )
        else:
            faults.append(Fault("field-value", where, *cause_and_remedy(item)))
    return faults
