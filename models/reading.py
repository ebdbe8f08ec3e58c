"""From JSON text to a sound :class:`Problem` or :class:`Plan`, with every fault at once.

A fault in one item must not hide the faults of the others: what is wrong in itself is reported, a harmless stand-in
takes its place (see :mod:`models.remainder`), and the whole is still checked for how its parts fit together.
"""

from __future__ import annotations

import json
import reprlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.clock import FROM_FILE
from models.faults import Fault, InvalidInput
from models.hours import SHAPES
from models.plan import PLAN_FORMAT, Plan
from models.problem import PROBLEM_FORMAT, Problem
from models.remainder import faults_of_the_remainder
from models.soundness import plan_faults

#: digits beyond which a whole number is read as a float: no key of the format holds so many
_MOST_DIGITS = 400

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
        raise InvalidInput([Fault("file-missing", str(path), "There is no such file.", "Check the path.")]) from None
    except (OSError, ValueError) as error:
        cause = f"It cannot be read as UTF-8 text: {error}."
        raise InvalidInput([Fault("file-unreadable", _printable(str(path)), cause, "Save it as UTF-8.")]) from None


def _load(source: Path | str | bytes | dict[str, Any], expected: str) -> tuple[dict[str, Any], list[Fault]]:
    """The JSON object in ``source``, and the faults that do not hinder reading on."""
    name = str(source) if isinstance(source, Path) else "input"
    faults: list[Fault] = []
    if isinstance(source, Path):
        source = read_text(source)
    data = source if isinstance(source, dict) else _parse(source, name, faults)
    if not isinstance(data, dict):
        fault = Fault("json-shape", name, "The JSON is not an object.", f"Write an object with format {expected!r}.")
        raise InvalidInput([*faults, fault])
    if data.get("format") != expected:
        cause = f"It is {_SHOW.repr(data['format'])}." if "format" in data else "It is not there."
        raise InvalidInput([*faults, Fault("format-unknown", f"{name}, format", cause, f"Write {expected!r}.")])
    return data, faults


def _parse(source: str | bytes, name: str, faults: list[Fault]) -> Any:
    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            for key in sorted({key for key in keys if keys.count(key) > 1}):
                cause = f"One object has the key {_SHOW.repr(key)} {keys.count(key)} times."
                faults.append(Fault("key-repeated", name, cause, "Keep the one that is meant."))
        return found

    def as_whole(digits: str) -> int | float:
        return int(digits) if len(digits) < _MOST_DIGITS else float(digits)

    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=as_object, parse_int=as_whole)
    except json.JSONDecodeError as error:
        where = f"{name}, line {error.lineno}, column {error.colno}"
        fault = Fault("json-syntax", where, f"It is not JSON: {error.msg}.", "Mend the text there.")
    except UnicodeDecodeError as error:
        fault = Fault("json-syntax", name, f"It is not UTF-8: {error.reason} at byte {error.start}.", "Write UTF-8.")
    except RecursionError:
        fault = Fault("json-syntax", name, "It is nested too deeply.", "Write the keys of the format only.")
    raise InvalidInput([*faults, fault])


def _printable(text: str) -> str:
    """Text that can be written out: lone surrogates are escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


def _where(location: Iterable[int | str]) -> str:
    text = ""
    for part in location:
        if part in SHAPES:
            continue
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return _printable(text) or "input"


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
            message = item["msg"].removeprefix("Value error, ")
            cause = f"{message[:1].upper()}{message[1:]} (found {_SHOW.repr(item['input'])})."
            faults.append(Fault("field-value", where, _printable(cause), "Mend the value."))
    return faults
