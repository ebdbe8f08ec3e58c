"""Questions about a plan: why a visit stands where it does, what would mend it, and which day would suit.

The answers are worked out aside, by :mod:`api.telling.answers`, once for each plan and language: a plan never changes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from api.service.access import At, Door, Watcher
from api.service.documents import answered
from api.service.errors import documented, unknown
from api.service.loading import Texts
from api.service.queries import IsoDate, Whole
from api.service.speaking import Spoken
from api.service.standing import load_standing
from api.service.state import Service
from models.changes import Name, UrgentVisit
from models.faults import InvalidInput

router = APIRouter(prefix="/v1/plans", tags=["explaining"], route_class=Door)

JSON = "application/json"
#: seconds for an answer without a search, one more for so many visits, and the most for a search
AT_ONCE, VISITS_A_SECOND, MOST_SECONDS = 20.0, 200, 60.0

Visit = Annotated[str, Path(examples=["C001-1"])]


class Reason(BaseModel):
    """A finding: its code, the facts it is about, and a sentence in the language asked for."""

    code: str
    facts: dict[str, str]
    sentence: str


class SlotAnswer(BaseModel):
    """A place for a visit: the tour it joins (null: one of its own), and what the plan then costs more, by part."""

    joins: str | None
    start: str
    end: str
    crew: list[str]
    baht: float
    parts: dict[str, float]


class DayAnswer(BaseModel):
    """A workday: its slots, cheapest first, or the finding that keeps the visit from it, perhaps in every plan."""

    date: str
    slots: list[SlotAnswer]
    finding: Reason | None
    in_every_plan: bool


class FreeSlot(SlotAnswer):
    """A slot and its day."""

    date: str


class RemedyAnswer(BaseModel):
    """Changes that mend the visit, proven by planning with them applied; ``baht``: what that plan costs more."""

    changes: list[Reason]
    date: str
    baht: float
    by: str


class WhyAnswer(BaseModel):
    """All that is known of a visit's place. Where ``remedies_complete`` is false the time was up: there may be more.

    ``unpinned``: of a pinned visit, the cheapest slot that it would have without its pin while the rest stays; what it
    saves is what keeping the pin costs.
    """

    visit: str
    tour: str | None
    date: str | None
    late_workdays: int
    verdict: Reason
    proven: bool
    crew: list[Reason]
    days: list[DayAnswer]
    remedies: list[RemedyAnswer]
    remedies_complete: bool
    unpinned: FreeSlot | None


def _answers(model: Any) -> dict[int | str, dict[str, Any]]:
    return documented(401, 403, 404, 409, 422, 503) | {200: {"model": model, "description": "The answer"}}


@router.get("/{id}/visits/{visit:path}/why", response_class=Response, responses=_answers(WhyAnswer))
def why(
    id: str,
    visit: Visit,
    request: Request,
    at: At,
    token: Watcher,
    lang: Spoken,
    seconds: Annotated[
        float, Query(ge=0, le=MOST_SECONDS, allow_inf_nan=False, description="For the search for remedies.")
    ] = 5.0,
) -> Response:
    """Why this officer, this day, this crew; why late or left out, and what would mend it."""
    kept = load_standing(at.database, id)
    asked = partial(_asked, at, id, kept, visit, "why", seconds, lang.value, seconds=seconds)
    return answered(request, at.shelf.get(("why", id, _opens(kept), visit, seconds, lang), asked, elsewhere=True), JSON)


@router.get("/{id}/visits/{visit:path}/slots", response_class=Response, responses=_answers(list[DayAnswer]))
def slots(id: str, visit: Visit, request: Request, at: At, token: Watcher, lang: Spoken) -> Response:
    """Find a suitable day: every workday with its slots and what they cost, or what keeps the visit from it."""
    kept = load_standing(at.database, id)
    asked = partial(_asked, at, id, kept, visit, "slots", lang.value, seconds=0.0)
    return answered(request, at.shelf.get(("slots", id, _opens(kept), visit, lang), asked, elsewhere=True), JSON)


@router.get("/{id}/slots", response_class=Response, responses=_answers(list[DayAnswer]))
def new_slots(
    id: str,
    request: Request,
    at: At,
    token: Watcher,
    lang: Spoken,
    cooperative: Annotated[Name, Query(examples=["C001"])],
    minutes: Annotated[float, Query(gt=0, le=24 * 60, allow_inf_nan=False, examples=[60])],
    due: IsoDate | None = None,
    priority: Annotated[Whole, Query(ge=1, le=5)] = 5,
    topic: Annotated[tuple[Name, ...], Query(max_length=50, description="Once for each topic.")] = (),
    today: Annotated[IsoDate | None, Query(description="Not before this day.")] = None,
) -> Response:
    """Find a suitable day for a visit that the plan does not have yet."""
    kept = load_standing(at.database, id)
    wanted = UrgentVisit(cooperative=cooperative, minutes=minutes, due=due, priority=priority, topics=topic)
    asked = partial(at.aside.ask, id, "new_slots", kept.texts, wanted, today, lang.value, seconds=at_once(kept))
    key = ("new slots", id, _opens(kept), cooperative, minutes, due, priority, topic, today, lang)
    try:
        return answered(request, at.shelf.get(key, asked, elsewhere=True), JSON)
    except InvalidInput as error:  # the query has the keys of the change, and names each topic by its own
        raise InvalidInput(
            replace(fault, where=fault.where.removeprefix("changes[0].").replace("topics", "topic"))
            for fault in error.faults
        ) from None


def _opens(kept: Texts) -> tuple[dt.date | None, bool]:
    """What the answer to a question about a plan depends on beside the plan: from when on it may change, and whether
    moving is priced against itself."""
    problem = kept.stated.problem
    return problem.today, kept.stands


def at_once(kept: Texts) -> float:
    """Seconds that an answer about a plan may take without a search: larger offices take longer."""
    return AT_ONCE + len(kept.stated.problem.visits) / VISITS_A_SECOND


def _asked(at: Service, id: str, kept: Texts, visit: str, question: str, *arguments: Any, seconds: float) -> bytes:
    """The answer to a question about a visit, with so many ``seconds`` of search."""
    if visit not in kept.stated.problem.visit_by_id:
        raise unknown("visit")
    answer: bytes = at.aside.ask(id, question, kept.texts, visit, *arguments, seconds=at_once(kept) + seconds)
    return answer
