"""What pydantic found wrong with a value, as a planner would say it: never a word of the library's own."""

from __future__ import annotations

import re
import reprlib
from typing import Any, Final

from models.likeness import perhaps
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
    "enum": "It must be {expected} (found {found}).",
    "union_tag_invalid": "There is no such {discriminator} (found {found}).",
    "union_tag_not_found": "It does not say of which {discriminator} it is (found {found}).",
    "tuple_type": "It must be a list (found {found}).",
    "list_type": "It must be a list (found {found}).",
    "dict_type": "It must be an object with keys and values (found {found}).",
    "model_type": "It must be an object with keys and values (found {found}).",
    "dataclass_type": "It must be an object with keys and values (found {found}).",
    "model_attributes_type": "It must be an object with keys and values (found {found}).",
    "too_short": "The list is too short (found {found}).",
    "too_long": "The list is too long (found {found}).",
}

_LIST: Final = "Write a list in square brackets."
_OBJECT: Final = "Write keys and values in braces."
_DIGITS: Final = "Write digits only, such as 3."
_FIGURE: Final = "Write digits only, such as 17.5."
_UNQUOTED: Final = "Write a number without quotes, such as 1.5."
_TEXT: Final = "Write it in quotes."
_TRUTH: Final = "Write true or false."
_ONE_OF: Final = "Write one of {choices}."

#: the library's type of error -> what to write; where none is here, the cause says it as well as can be
_REMEDIES: Final = {
    "int_type": _DIGITS, "int_parsing": _DIGITS, "int_from_float": _DIGITS, "float_type": _FIGURE,
    "float_parsing": _FIGURE, "finite_number": _FIGURE, "string_type": _TEXT, "bool_type": _TRUTH,
    "bool_parsing": _TRUTH, "tuple_type": _LIST, "list_type": _LIST, "dict_type": _OBJECT, "model_type": _OBJECT,
    "dataclass_type": _OBJECT, "model_attributes_type": _OBJECT, "union_tag_not_found": "Write its {discriminator}.",
    "string_too_short": "Write it out.", "string_too_long": "Make it shorter.", "too_short": "Add more to it.",
    "too_long": "Take some out of it.", "greater_than_equal": "Write {ge} or more.",
    "greater_than": "Write more than {gt}.", "less_than_equal": "Write {le} or less.",
    "less_than": "Write less than {lt}.",
}  # fmt: skip


def cause_and_remedy(item: Any) -> tuple[Said | str, Said | str]:
    """Cause and remedy of one entry of ``ValidationError.errors()``; the entry must have its context.

    A validator of ours that raises an error with ``cause`` and ``remedy`` has its say.
    """
    found = _found(item["input"])
    context = item.get("ctx") or {}
    own = context.get("error")
    if own is not None and hasattr(own, "cause") and hasattr(own, "remedy"):
        return own.cause, own.remedy
    short, long = (
        ("string_too_short", "string_too_long") if isinstance(item["input"], str) else ("too_short", "too_long")
    )
    kind = {"too_short": short, "too_long": long}.get(item["type"], item["type"])
    if kind.startswith("union_tag"):
        found, context = _tags(found, context)
    template = _CAUSES.get(kind)
    if template is not None:
        values = {key: _value(value) for key, value in context.items()}
        return said(template, found=found, **values), _remedy(kind, item["input"], values)
    if item["type"] == "value_error":
        message = item["msg"].removeprefix("Value error, ")
        return printable(f"{message[:1].upper()}{message[1:]} (found {found})."), MEND
    return said("It is not what belongs there (found {found}).", found=found), MEND


def _found(value: Any) -> str:
    """What was found, as it is written: a whole number without decimals that it was not given."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e10:
        value = int(value)
    return printable(_SHOW.repr(value))


def _tags(found: str, context: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What was found, and what it may be, where a key says of which kind an object is."""
    kinds = {"discriminator": context["discriminator"].strip("'")}
    if "tag" not in context:
        return found, kinds
    return printable(_SHOW.repr(context["tag"])), kinds | {"tag": context["tag"], "expected": context["expected_tags"]}


def _remedy(kind: str, found: Any, values: dict[str, Any]) -> Said:
    """What to write instead: one of the choices where there are some, with what the value may have been meant for."""
    choices = re.findall(r"'([^']*)'", str(values.get("expected", "")))
    if choices:
        word = values.get("tag", found)
        return perhaps(said(_ONE_OF, choices=", ".join(choices)), word if isinstance(word, str) else "", choices)
    template = _UNQUOTED if kind == "float_type" and _is_figure(found) else _REMEDIES.get(kind)
    return MEND if template is None else said(template, **values)


def _is_figure(found: Any) -> bool:
    """Whether what was found is text that is a number, so that the quotes alone are wrong."""
    return isinstance(found, str) and re.fullmatch(r"\s*[+-]?\d+(?:\.\d*)?\s*", found) is not None


def _value(value: Any) -> object:
    if isinstance(value, str) and " or " in value:  # the choices of a literal
        return named(value, value.replace(" or ", " หรือ "))
    return _figure(value) if isinstance(value, float) else value


def _figure(value: float) -> str:
    """A number as people write it: 5,000 and 1,000,000,000, neither 5000.0 nor 1e+09."""
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,g}"


def printable(text: str) -> str:
    """Text that can be written out: lone surrogates are escaped."""
    return text.encode("utf-8", "backslashreplace").decode()
