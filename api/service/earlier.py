"""What was told of a plan before: changes that the office's tables do not have, and that hold on under new tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from api.happened import settled_of
from api.service.standing import begun_of
from api.storage.plans import REPLANS, TABLES
from models.changes import Change, HeldOn, NotHeld, UrgentVisit
from models.plan import Plan
from models.problem import Problem
from optimizer.replanning.mistakes import mistakes


def told_before(session: Session, id: str) -> list[Change]:
    """What a plan was mended after, and the plans before it, the newest first.

    Urgent visits and what became of others are in the plan itself, and not told again.
    """
    found: list[Change] = []
    _, run = begun_of(session, id)
    while run is not None:
        found += [one for one in settled_of(run.request).changes if not isinstance(one, HeldOn | NotHeld | UrgentVisit)]
        if TABLES in run.request:  # its changes have those before it that held on
            break
        _, run = begun_of(session, run.request[REPLANS])
    return found


def still_holding(
    problem: Problem, plan: Plan, before: Iterable[Change], told: Sequence[Change], day: dt.date
) -> list[Change]:
    """Those of the changes ``before`` that fit the ``problem`` from a ``day`` on, beside those that are ``told`` now.

    The others are past, or the tables say so already, or otherwise.
    """
    holding: list[Change] = []
    for change in before:
        if change not in (*told, *holding) and not mistakes(problem, plan, [*told, *holding, change], day, today=day):
            holding.append(change)
    return holding
