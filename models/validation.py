"""What pydantic found wrong with a value, as a planner would say it: never a word of the library's own."""

from __future__ import annotations

import reprlib
from typing import Any, Final

from models.saying import Said, named, said

_SHOW = reprlib.Repr()
_SHOW.maxlevel, _SHOW.maxstring, _SHOW.maxother = 2, 60, 60

MEND: Final = said("Mend the value.")

#: the library's type of error -> what must hold; values in braces are those that the library gives with it
_CAUSES: Final = {
    "greater_than_equal": "It must be {ge} or more (found {found}).",
    "greater_than": "It must be more than {gt} (found {found}).",
    "less_than_equal": "It must be {le} or less (found {found}).",
    "less_than": "It must be less than {lt} (found {found}).",
    "int_type": "It must be a whole number (found {found}).",
    "int_parsing": "It must be a whole number (found {found}).",
    "int_from_float": "It must be a whole number (found {found}).",
    "float_type": "It must be a number (found {found}).",
    "float_parsing": "It must be a number (found {found}).",
    "finite_number": "It must be a number (found {found}).",
    "string_type": "It must be text (found {found}).",
    "string_too_short": "It must not be empty (found {found}).",
    "string_too_long": "It must have {max_length} characters or fewer (found {found}).",
    "bool_type": "It must be true or false (found {found}).",
    "bool_parsing": "It must be true or false (found {found}).",
    "literal_error": "It must be {expected} (found {found}).",
    "tuple_type": "It must be a list (found {found}).",
    "list_type": "It must be a list (found {found}).",
    "dict_type": "It must be an object with keys and values (found {found}).",
    "model_type": "It must be an object with keys and values (found {found}).",
    "too_short": "The list is too short (found {found}).",
    "too_long": "The list is too long (found {found}).",
}


def cause_and_remedy(item: Any) -> tuple[Said | str, Said | str]:
    """Cause and remedy of one entry of ``ValidationError.errors()``; the entry must have its context.

    A validator of ours that raises an error with ``cause`` and ``remedy`` has its say.
    """
    found = printable(_SHOW.repr(item["input"]))
    context = item.get("ctx") or {}
    own = context.get("error")
    if own is not None and hasattr(own, "cause") and hasattr(own, "remedy"):
        return own.cause, own.remedy
    short, long = (
        ("string_too_short", "string_too_long") if isinstance(item["input"], str) else ("too_short", "too_long")
    )
    template = _CAUSES.get({"too_short": short, "too_long": long}.get(item["type"], item["type"]))
    if template is not None:
        values = {key: _value(value) for key, value in context.items()}
        return said(template, found=found, **values), MEND
    if item["type"] == "value_error":
        message = item["msg"].removeprefix("Value error, ")
        return printable(f"{message[:1].upper()}{message[1:]} (found {found})."), MEND
    return said("It is not what belongs there (found {found}).", found=found), MEND


def _value(value: Any) -> object:
    if isinstance(value, str) and " or " in value:  # the choices of a literal
        return named(value, value.replace(" or ", " หรือ "))
    return f"{value:,g}" if isinstance(value, float) else value


def printable(text: str) -> str:
    """Text that can be written out: lone surrogates are escaped."""
    return text.encode("utf-8", "backslashreplace").decode()
