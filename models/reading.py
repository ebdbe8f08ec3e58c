"""From JSON text to a sound :class:`Problem` or :class:`Plan`, with every fault at once.

A fault in one item must not hide the faults of the others: items that are wrong in themselves are reported and set
aside, and the rest is still checked for how its parts fit together.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.faults import Fault, InvalidInput
from models.plan import PLAN_FORMAT, Plan
from models.problem import PROBLEM_FORMAT, Problem
from models.soundness import plan_faults

#: references to set-aside items are not reported again: (list, code) pairs that such items cause
_ECHOES = {"id-unknown", "plan-foreign", "rhythm-length", "pin-unpublished"}


def read_problem(source: Path | str | bytes | dict[str, Any]) -> Problem:
    """The problem in a file (``Path``), in JSON text, or in an object already parsed.

    Raises:
        InvalidInput: with every fault found.
    """
    data, _ = _load(source, PROBLEM_FORMAT)
    try:
        return Problem.model_validate(data)
    except ValidationError as error:
        faults = faults_of_validation(error)
        raise InvalidInput(faults + _faults_of_the_rest(data, error)) from None


def read_plan(source: Path | str | bytes | dict[str, Any], problem: Problem | None = None) -> Plan:
    """The plan in a file (``Path``), in JSON text, or in an object already parsed.

    With ``problem``, names that the problem does not know are faults too.

    Raises:
        InvalidInput: with every fault found.
    """
    data, _ = _load(source, PLAN_FORMAT)
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        raise InvalidInput(faults_of_validation(error)) from None
    if problem is not None:
        faults = list(plan_faults(problem, plan))
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
        raise InvalidInput([Fault("file-missing", str(path), "There is no such file.", "Check the path.")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            [Fault("file-unreadable", str(path), f"It cannot be read as UTF-8 text: {error}.", "Save it as UTF-8.")]
        ) from None


def _load(source: Path | str | bytes | dict[str, Any], expected: str) -> tuple[dict[str, Any], str]:
    name = str(source) if isinstance(source, Path) else "input"
    if isinstance(source, Path):
        source = read_text(source)
    if isinstance(source, dict):
        data: Any = source
    else:
        try:
            data = json.loads(source)
        except json.JSONDecodeError as error:
            where = f"{name}, line {error.lineno}, column {error.colno}"
            fault = Fault("json-syntax", where, f"It is not JSON: {error.msg}.", "Mend the text there.")
            raise InvalidInput([fault]) from None
        except (UnicodeDecodeError, RecursionError, ValueError) as error:
            fault = Fault("json-syntax", name, f"It is not JSON: {error}.", "Write UTF-8 JSON.")
            raise InvalidInput([fault]) from None
    if not isinstance(data, dict):
        fault = Fault("json-shape", name, "The JSON is not an object.", f"Write an object with format {expected!r}.")
        raise InvalidInput([fault])
    if data.get("format") != expected:
        fault = Fault("format-unknown", f"{name}, format", f"It is {data.get('format')!r}.", f"Write {expected!r}.")
        raise InvalidInput([fault])
    return data, name


def _where(location: tuple[int | str, ...]) -> str:
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "input"


def faults_of_validation(error: ValidationError) -> list[Fault]:
    """The faults in a pydantic error, each with the path of its key."""
    faults = []
    for item in error.errors(include_url=False, include_context=False):
        where = _where(item["loc"])
        if item["type"] == "missing":
            faults.append(Fault("field-missing", where, "This key is not there.", "Add it."))
        elif item["type"] == "extra_forbidden":
            faults.append(Fault("field-unknown", where, "The format has no such key.", "Remove it or mend its name."))
        else:
            shown = repr(item["input"])
            shown = shown if len(shown) <= 60 else shown[:57] + "..."
            faults.append(Fault("field-value", where, f"{item['msg']} (found {shown}).", "Mend the value."))
    return faults


def _faults_of_the_rest(data: dict[str, Any], error: ValidationError) -> list[Fault]:
    """Faults between the items that are sound in themselves; none where too little is left to tell."""
    faulty: dict[str, set[int]] = {}
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        location = item["loc"]
        if len(location) < 2 or not isinstance(location[1], int):
            return []
        faulty.setdefault(str(location[0]), set()).add(location[1])
    rest = dict(data)
    for key, indices in faulty.items():
        if key not in ("offices", "officers", "partners", "cooperatives", "visits"):
            return []
        rest[key] = [item for index, item in enumerate(data[key]) if index not in indices]
    try:
        Problem.model_validate(rest)
    except InvalidInput as caught:
        return [_renumbered(fault, faulty) for fault in caught.faults if fault.code not in _ECHOES]
    except ValidationError:
        return []
    return []


def _renumbered(fault: Fault, faulty: dict[str, set[int]]) -> Fault:
    """The fault with its item's index as in the input, before faulty items were set aside."""
    kind, bracket, tail = fault.where.partition("[")
    if not bracket or kind not in faulty:
        return fault
    number, _, after = tail.partition("]")
    index = int(number)
    for aside in sorted(faulty[kind]):
        index += aside <= index
    return Fault(fault.code, f"{kind}[{index}]{after}", fault.cause, fault.remedy)
