"""A draft made by hand, told: what it breaks, what it costs more or less, and what stands otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.language.teller import Teller
from api.language.verdicts import WHERE, line, title, verdict, whereabouts
from api.telling import differences as told
from models.plan import PAID_PARTS, WEIGHED_PARTS
from models.referee import Violation
from optimizer.moving.drafts import Draft


def as_json(draft: Draft, tell: Teller) -> dict[str, Any]:
    """The draft for programs; the plan itself is not in it."""
    cost, parts = draft.plan.cost, draft.parts
    return {
        "sound": draft.sound,
        "broken": [violation_json(each, tell) for each in draft.broken],
        "pins": list(draft.pins),
        "cost": cost.told().model_dump(mode="json"),
        "paid": round(cost.paid, 2),
        "weighed": round(cost.weighed, 2),
        "change": {
            "paid": round(sum(parts[part] for part in PAID_PARTS), 2),
            "weighed": round(sum(parts[part] for part in WEIGHED_PARTS), 2),
            "total": round(parts["total"], 2),
            "parts": {part: round(baht, 2) for part, baht in parts.items() if part != "total" and abs(baht) > 0.005},
        },
        "differences": {
            "counts": draft.differences.counts,
            "same": draft.differences.same,
            "visits": [told.visit_json(one) for one in draft.differences.visits],
            "leads": {
                cooperative: {"before": before, "after": after}
                for cooperative, (before, after) in draft.differences.leads.items()
            },
        },
    }


def broken_in_both(draft: Draft, tells: Iterable[Teller]) -> list[dict[str, Any]]:
    """Each broken rule as programs are told it, by language: what is kept of a draft, for whoever reads it later."""
    told = {str(tell.words.lang): [violation_json(each, tell) for each in draft.broken] for tell in tells}
    return [{lang: ones[number] for lang, ones in told.items()} for number in range(len(draft.broken))]


def violation_json(violation: Violation, tell: Teller) -> dict[str, Any]:
    """A broken rule for programs, with the thing and the day to mark."""
    found = WHERE.fullmatch(violation.where)
    about = {"kind": found["kind"], "id": found["id"], "date": found["date"]} if found and not found["state"] else None
    return {
        "rule": violation.rule,
        "title": title(violation, tell),
        "where": whereabouts(violation, tell),
        "what": verdict(violation, tell),
        "about": about,
    }


def report(draft: Draft, tell: Teller) -> Iterator[RenderableType]:
    """The draft for a terminal."""
    if draft.sound:
        yield Text(tell("draft_sound"), style="green")
    else:
        yield Text(tell("draft_broken", number=len(draft.broken)), style="bold red")
        for each in draft.broken:
            yield Text(f"  {line(each, tell)}", style="red")
    if draft.pins:
        yield Text(tell("draft_pins", visits=", ".join(draft.pins)))
    yield from told.text(draft.differences, tell)
