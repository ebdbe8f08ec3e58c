"""Why a run failed or waits again, as the database keeps it: codes and values, told in the language of whoever reads.

A text is kept as its template with the values put in, and a date, a name or a place within it as what it is. Plain
text is kept as it is; so are the rows of versions before 0008, which kept English only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from models.faults import Fault
from models.saying import LANGUAGES, Place, Said, said

_LOST: Final = said("What is kept about the reason cannot be read.")
#: what reading a damaged row raises: parts are missing, of another kind, or unknown to this version
_UNREADABLE: Final = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


def rows_of(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """The faults as JSON."""
    return [row_of(fault) for fault in faults]


def row_of(fault: Fault) -> dict[str, Any]:
    """The fault as JSON."""
    return {
        "code": fault.code, "where": kept(fault.where), "cause": kept(fault.cause), "remedy": kept(fault.remedy),
    }  # fmt: skip


def fault_of(row: Any) -> Fault:
    """The fault that was kept as ``row``; where that cannot be read, that it cannot: the run is told all the same."""
    try:
        where = row["where"] if isinstance(row["where"], str) else said_of(row["where"])
        fault = Fault(row["code"], where, said_of(row["cause"]), said_of(row["remedy"]))
        if all(_is_text(text) for text in (fault.where, fault.cause, fault.remedy)):
            return fault
    except _UNREADABLE:
        pass
    return Fault("run-failed", "plan", _LOST, said("Run it again."))


def kept(text: object) -> Any:
    """A text, or a value within one, as JSON."""
    if isinstance(text, Place):
        return {"place": dict(text.parts)}
    if isinstance(text, Said):
        made: dict[str, Any] = {"template": text.template, "values": {key: kept(of) for key, of in text.values.items()}}
        return made if text.thai is None else made | {"thai": text.thai}
    if isinstance(text, dt.date):
        return {"date": text.isoformat()}
    return text if text is None or isinstance(text, bool | int | float | str) else str(text)


def said_of(data: Any) -> Any:
    """The text that was kept as ``data``; a plain one is a sentence without values, which may have its Thai."""
    return Said(data) if isinstance(data, str) else _value_of(data)


def _value_of(data: Any) -> Any:
    match data:
        case {"template": template, "values": values}:
            return Said(template, {key: _value_of(of) for key, of in values.items()}, data.get("thai"))
        case {"place": parts}:
            return Place(parts)
        case {"date": day}:
            return dt.date.fromisoformat(day)
    return data


def text_in(data: Any, lang: str) -> str:
    """The text that was kept as ``data`` in ``lang``, "en" or "th"; in English where it has no Thai.

    Where it cannot be read, that it cannot.
    """
    try:
        text = said_of(data)
        if _is_text(text):
            return text.in_language(lang) or str(text)
    except _UNREADABLE:
        pass
    return _LOST.in_language(lang) or str(_LOST)


def _is_text(text: object) -> bool:
    """Whether it can be told in every language; raises one of ``_UNREADABLE`` where its values do not fit."""
    return isinstance(text, str) and all(
        isinstance(text.in_language(lang), str | None) for lang in LANGUAGES if isinstance(text, Said | Place)
    )
