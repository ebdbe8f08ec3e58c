"""The formats of a calendar, and how a request says which it wants: ``?format=`` or the header Accept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from api.formats import Format, Part
from api.language.lang import Lang
from api.service.choosing import Chosen
from api.service.errors import Refused
from api.service.queries import liked
from api.storage.problems import Stated
from models.faults import Fault
from models.plan import Plan
from models.saying import both


def format_of(request: Request, wanted: Format | None) -> Format:
    """The format that ``?format=`` names, else the one that the header Accept likes best.

    Raises:
        Refused: Accept likes none of them.
    """
    if wanted is not None:
        return wanted
    accept = request.headers.get("accept", "*/*")
    best = max(Format, key=lambda format: _liking(accept, format.media))  # the first among equals
    if _liking(accept, best.media) <= 0:
        kinds = ", ".join(dict.fromkeys(format.media for format in Format))
        cause = both("None of the formats fits.", "ไม่มีรูปแบบที่ตรงกับที่ขอ")
        remedy = both(f"Accept one of {kinds}.", f"เลือกหนึ่งใน {kinds}")
        raise Refused(406, Fault("format-unavailable", "Accept", cause, remedy))
    return best


def _liking(accept: str, media: str) -> float:
    """How much ``accept`` likes the media type, 0 to 1; the most specific range counts."""
    kind = media.partition("/")[0]
    found: tuple[int, float] = (-1, 0.0)
    for name, quality in liked(accept):
        rank = {media: 2, f"{kind}/*": 1, "*/*": 0}.get(name, -1)
        if rank > found[0]:
            found = rank, quality
    return found[1]


@dataclass(frozen=True, slots=True)
class Stand:
    """A plan with all that its calendar is drawn from; ``head`` goes into its JSON, ``by_hand`` are visits that a
    planner moved to their day."""

    plan: Plan
    stated: Stated
    head: Mapping[str, Any]
    by_hand: frozenset[str] = frozenset()


def draw(stand: Stand, chosen: Chosen, format: Format, lang: Lang) -> bytes:
    """The calendar, or the part of it that is ``chosen``, in one format."""
    from api.exports.calendar import Calendar  # only now: it takes its time to load
    from api.exports.editions import Edition

    stated = stand.stated
    part = Part(
        calendar=Calendar(chosen.tours(stand.plan, stated), stated.problem, stated.office, lang.value, stand.by_hand),
        edition=Edition(stand.head["version"] or 0),
        visits=frozenset(visit.id for visit in stated.problem.visits if chosen.only(visit.id, stated)),
        officer=chosen.officer,
        cooperative=chosen.cooperative,
        head=stand.head,
    )
    return format.draw(part)
