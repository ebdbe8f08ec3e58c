"""Questions about a plan, answered as JSON from the texts of the contract: for a process that keeps nothing else.

What searches or draws is loaded by the question that needs it, and ahead by :func:`hold`: suitable days need little,
and whoever asks for them first waits for no solver.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

from api.language.teller import Teller
from api.telling import explanations as told
from models.changes import UrgentVisit
from models.isoweeks import week_name
from models.moves import MOVES
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from models.rules import Finding
from models.saying import LANGUAGES
from optimizer.replanning.disturbing import disturbed
from optimizer.why.slots import DaySlots, Slots

#: seconds of search at most for each single change that might mend a visit
EACH = 1.0


#: what some questions need, and takes its time to load
_LATE = ("optimizer.why.explaining", "optimizer.why.risk", "optimizer.moving.drafts", "api.telling.drafts")

#: the JSON texts of a problem, of its office where it has one, and of a plan
Texts = tuple[str, str | None, str]


def hold(texts: Texts) -> None:
    """Have at hand what questions about a plan need, and what answers them."""
    _at_hand(texts)
    for module in _LATE:
        import_module(module)


def why(texts: Texts, visit: str, seconds: float, lang: str) -> bytes:
    """Why a visit stands where it does, and what would mend it: remedies are sought for at most so many seconds."""
    from optimizer.stopping import Cancel
    from optimizer.why.explaining import explain

    problem, office, plan, slots = _at_hand(texts)
    cancel = Cancel()
    timer = threading.Timer(seconds, cancel.cancel)
    timer.daemon = True
    if seconds > 0:
        timer.start()
    else:
        cancel.cancel()
    try:
        found = explain(
            problem, plan, problem.visit_by_id[visit], slots=slots, seconds=min(EACH, seconds), cancel=cancel
        )
    finally:
        timer.cancel()
    return _json(told.as_json(found, Teller(problem, office, lang)))


def tried(texts: Texts, visit: str, changes: Sequence[tuple[str, dict[str, str]]], lang: str) -> bytes:
    """What the changes of a remedy make: the problem, the plan where they open a slot (else null), and their name."""
    from optimizer.why.remedies import applied

    problem, office, plan, _ = _at_hand(texts)
    findings = [Finding(code, facts) for code, facts in changes]
    changed, mended = applied(problem, plan, problem.visit_by_id[visit], findings)
    tell = Teller(problem, office, lang)
    return _json(
        {
            "problem": changed.to_json(),
            "plan": None if mended is None else mended.to_json(indent=None),
            "name": " + ".join(tell.sentence(finding) for finding in findings),
        }
    )


def slots(texts: Texts, visit: str, lang: str) -> bytes:
    """The days of a visit, each with its slots or with what keeps the visit from it."""
    problem, office, _, slots = _at_hand(texts)
    return _days(slots.days(problem.visit_by_id[visit]), Teller(problem, office, lang))


def risk(texts: Texts, officer: str) -> bytes:
    """What each week without an officer would cost, mended with the least disruption; the dearest first."""
    from optimizer.why.risk import risks

    problem, _, plan, _ = _at_hand(texts)
    return _json([
        {
            "week": week_name(one.week), "moved": one.moved, "lost": one.lost, "late": one.late,
            "km": round(one.km, 1), "baht": round(one.baht, 2),
        }
        for one in risks(problem, plan, [officer])
    ])  # fmt: skip


def new_slots(texts: Texts, wanted: UrgentVisit, today: dt.date | None, lang: str) -> bytes:
    """The days of a visit that the plan does not have yet, from ``today`` on, at what it costs there.

    Raises:
        InvalidInput: what is wanted does not fit the problem.
    """
    of, office, plan, _ = _at_hand(texts)
    since = max(today, of.today or today) if today else None  # what is past stays past
    state = disturbed(of, plan, [wanted], today=since)
    problem = state.problem
    found = Slots(problem, told.repriced(problem, problem.published or Plan()))
    views = [told.as_addition(view) for view in found.days(problem.visit_by_id[state.added[0]])]
    return _days(views, Teller(problem, office, lang))


def moved(texts: Texts, moves: str, pins: Sequence[str], lang: str) -> bytes:
    """The draft that moves by hand (JSON) make of the plan: what is told of it, its plan, and its problem's pins.

    What it breaks is told in every language as well, to be kept.
    """
    from api.telling.drafts import as_json, broken_in_both
    from optimizer.moving.drafts import apply

    problem, office, plan, slots = _at_hand(texts)
    draft = apply(problem, plan, MOVES.validate_json(moves), pins=pins, slots=slots)
    return _json(
        {
            "told": as_json(draft, Teller(draft.problem, office, lang)),
            "plan": draft.plan.to_json(indent=None),
            "pins": draft.problem.pins,
            "broken": broken_in_both(draft, [Teller(draft.problem, office, each) for each in LANGUAGES]),
        }
    )


def drafted(parent: Texts, texts: Texts, pins: Sequence[str], lang: str) -> bytes:
    """What is told of a draft that is kept, made by hand from the plan ``parent``."""
    from api.telling.drafts import as_json
    from optimizer.moving.drafts import drafted as drafted_from

    problem, office, plan, _ = _at_hand(texts)
    draft = drafted_from(problem, Plan.model_validate_json(parent[2]), plan, pins)
    return _json(as_json(draft, Teller(problem, office, lang)))


@lru_cache(maxsize=8)
def _at_hand(texts: Texts) -> tuple[Problem, Office | None, Plan, Slots]:
    """What the texts say, with what serves every question about the plan."""
    base = _of_problem(texts[0])
    plan = Plan.model_validate_json(texts[2])
    return base.problem, _office(texts[1]), plan, base.of(plan)


@lru_cache(maxsize=4)
def _of_problem(text: str) -> Slots:
    """The slots of an empty plan: what is worked out of the problem alone serves each of its plans."""
    return Slots(Problem.model_validate_json(text), Plan())


def _office(text: str | None) -> Office | None:
    return None if text is None else Office.model_validate_json(text)


def _days(views: Sequence[DaySlots], tell: Teller) -> bytes:
    return _json([told.day_json(view, tell) for view in views])


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
