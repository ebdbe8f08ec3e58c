"""Two plans side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Generic, Literal, TypeVar

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.service.access import At, Door, Watcher
from api.service.errors import Refused, documented
from api.service.loading import load_planned
from api.service.replanning import PlaceAnswer, WhomAnswer
from models.faults import Fault
from models.saying import both
from optimizer.comparing.differences import Kind, differences

router = APIRouter(prefix="/v1/plans", tags=["comparing"], route_class=Door)

T = TypeVar("T")


class DifferenceAnswer(BaseModel):
    """A visit that stands otherwise: all kinds of difference that apply, where it stood and stands, and who is told."""

    visit: str
    cooperative: str
    kinds: list[Kind]
    before: PlaceAnswer | None
    after: PlaceAnswer | None
    told: list[WhomAnswer]


class Pair(BaseModel, Generic[T]):
    """How it was, and how it is."""

    before: T
    after: T


class DifferencesAnswer(BaseModel):
    """Visits that stand otherwise, how many stand the same, leads that change, and each part of the cost.

    Both costs are by the account of the later plan's problem. ``own_total``: what the plan before costs by its own
    account, baht, with ``own_paid`` and ``own_weighed`` of it; where the problem has changed since, it is another
    figure than that of ``cost``.
    """

    format: Literal["visit-differences/1"]
    counts: dict[Kind, int]
    same: int
    visits: list[DifferenceAnswer]
    leads: dict[str, Pair[str | None]]
    cost: dict[str, Pair[float]]
    own_total: float
    own_paid: float
    own_weighed: float


@router.get(
    "/{id}/differences",
    response_class=Response,
    responses=documented(401, 403, 404, 409, 422) | {200: {"model": DifferencesAnswer, "description": "What differs"}},
)
def plan_differences(
    id: str,
    at: At,
    token: Watcher,
    from_: Annotated[
        str, Query(alias="from", min_length=1, max_length=100, description="The plan it is held against.")
    ],
) -> Response:
    """What a plan has otherwise than another: visits moved, new leads, new crews, left out; the cost by part, of both
    by the account of the plan's own problem: of a proposal, what the plan before would cost, had it stood."""
    from api.telling.differences import as_json  # only now: it takes its time to load

    _, stated, after = load_planned(at.database, id)
    try:
        _, former, before = load_planned(at.database, from_)
    except Refused as refused:
        cause = both(f"There is no plan {from_!r}.", f"ไม่มีแผน {from_!r}")
        unknown = Fault("id-unknown", "from", cause, both("Name a plan.", "ระบุแผนที่มี"))
        fault = unknown if refused.status_code == 404 else replace(refused.fault, where="from")
        raise Refused(refused.status_code, fault) from None
    found = differences(before, after, stated.problem, former.problem)
    return Response(as_json(found), media_type="application/json")
