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

_SHOW = reprlib.Repr()
_SHOW.maxlevel, _SHOW.maxstring, _SHOW.maxother = 2, 60, 60


def read_problem(source: Path | str | bytes | dict[str, Any]) -> Problem:
    """The problem in a file (``Path``), in JSON text, or in an object already parsed.

    Raises:
        InvalidInput: with every fault found.
    """
    data, faults = _load(source, PROBLEM_FORMAT)
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
    data, faults = _load(source, PLAN_FORMAT)
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
    """The UTF-8 text of ``path``.

    Raises:
        InvalidInput: the file is not there, or is not UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidInput(
            [Fault("file-missing", str(path), said("There is no such file."), said("Check the path."))]
        ) from None
    except (OSError, ValueError):
        cause = said("It cannot be read as UTF-8 text.")
        raise InvalidInput([Fault("file-unreadable", printable(str(path)), cause, said("Save it as UTF-8."))]) from None


def _load(source: Path | str | bytes | dict[str, Any], expected: str) -> tuple[dict[str, Any], list[Fault]]:
    """The JSON object in ``source``, and the faults that do not hinder reading on."""
    name = str(source) if isinstance(source, Path) else "input"
    faults: list[Fault] = []
    if isinstance(source, Path):
        source = read_text(source)
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
        found_format = "format" in data
        cause = said("It is {value}.", value=_SHOW.repr(data["format"])) if found_format else said("It is not there.")
        raise InvalidInput(
            [*faults, Fault("format-unknown", f"{name}, format", cause, said("Write {value}.", value=repr(expected)))]
        )
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
