"""Two plans side by side, as text, as one HTML page, and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from api.language.teller import Teller
from api.rendering import Templates
from api.telling.entries import entry
from api.telling.proposals import names_to_tell, notices_of, place_json, proof
from models.apportion import apportioned
from models.plan import PAID_PARTS, WEIGHED_PARTS
from optimizer.comparing.differences import Difference, Differences
from optimizer.replanning.moves import Move
from optimizer.replanning.proposals import Proposal

_TEMPLATES: Final = Templates("api.telling")


def text(found: Differences, tell: Teller) -> Iterator[RenderableType]:
    """The differences for a terminal."""
    yield Text(tell("differences"), style="bold")
    yield Text(headline(found, tell))
    if found.visits:
        for one in found.visits:
            said = {"kind": kinds(one, tell)} | _stood(one, tell)
            name = f"{one.visit} {tell.names.short_cooperative(one.cooperative)}"
            yield entry(name, [(tell(key), words) for key, words in said.items()])
    if found.leads:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
        for key in ("new_leads", "before", "after"):
            table.add_column(tell(key))
        for cooperative, before, after in leads(found, tell):
            table.add_row(Text(cooperative), Text(before), Text(after))
        yield table
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(tell("cost_by_part"))
    for key in ("before", "after", "change"):
        table.add_column(tell(key), justify="right")
    for row in parts(found, tell):
        table.add_row(*map(Text, row))
    yield table
    if anew := reckoned(found, tell):
        yield Text(anew)
    for mark in tell.marks:
        yield Text(mark, style="yellow")


def plain(found: Differences, tell: Teller) -> str:
    """The differences as text for a file."""
    console = Console(width=160, record=True, file=io.StringIO(), color_system=None)
    for part in text(found, tell):
        console.print(part)
    return console.export_text()


def html(found: Differences, tell: Teller, proposal: Proposal | None = None) -> str:
    """The differences as one page that needs nothing else; of a ``proposal`` also why, who is told and the price."""
    moves = {move.visit: move for move in proposal.moves} if proposal else {}
    rows = [
        {
            "visit": one.visit,
            "cooperative": tell.names.cooperative(one.cooperative),
            "kinds": [tell(f"kind_{kind}") for kind in one.kinds],
            "first": one.kinds[0],
            "move": _told(moves[one.visit], tell) if one.visit in moves else None,
            "told": ", ".join(tell.whom(id_) for _, id_ in one.told),
            **_stood(one, tell),
        }
        for one in found.visits
    ]
    return _TEMPLATES.render(
        "differences.html.j2", lang=tell.words.lang, tell=tell, headline=headline(found, tell), rows=rows,
        leads=list(leads(found, tell)), parts=list(parts(found, tell)), reckoned=reckoned(found, tell),
        marks=tell.marks, title=tell(proposal.kind) if proposal else "",
        proof=proof(proposal, tell).plain if proposal and proposal.kind == "least-disruption" else "",
        notices=list(notices_of(proposal, tell)) if proposal else [],
    )  # fmt: skip


def visit_json(one: Difference) -> dict[str, Any]:
    """A visit that stands otherwise, for programs."""
    return {
        "visit": one.visit,
        "cooperative": one.cooperative,
        "kinds": list(one.kinds),
        "before": place_json(one.before),
        "after": place_json(one.after),
        "told": [{"kind": kind, "who": who} for kind, who in one.told],
    }


def _stood(one: Difference, tell: Teller) -> dict[str, str]:
    before, after = tell.places(one.before, one.after)
    return {"before": before, "after": after}


def _told(move: Move, tell: Teller) -> dict[str, str]:
    """Why a visit moves, who is told, and the price of the move."""
    return {"why": tell.sentence(move.why), "told": names_to_tell(move, tell), "baht": tell.words.number(move.baht)}


def as_json(found: Differences) -> str:
    """The differences for programs."""
    data: dict[str, Any] = {
        "format": "visit-differences/1",
        "counts": found.counts,
        "same": found.same,
        "visits": [visit_json(one) for one in found.visits],
        "leads": {
            cooperative: {"before": before, "after": after} for cooperative, (before, after) in found.leads.items()
        },
        "cost": {part: {"before": before, "after": after} for part, (before, after) in sums(found, 2).items()},
        "own_total": round(found.own.total, 2),
        "own_paid": round(found.own.paid, 2),
        "own_weighed": round(found.own.weighed, 2),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def headline(found: Differences, tell: Teller) -> str:
    """How many visits differ, by kind."""
    if not found.visits and not found.leads:
        return tell("nothing")
    counts = [tell("counted", number=number, kind=tell(f"kind_{kind}")) for kind, number in found.counts.items()]
    moves = sum(one.moves for one in found.visits)
    return tell("between_counts").join(
        [*counts, tell("count_as_moves", number=moves), tell("unchanged", number=found.same)]
    )


def kinds(one: Difference, tell: Teller) -> str:
    """What changes of a visit, in words."""
    return ", ".join(tell(f"kind_{kind}") for kind in one.kinds)


def leads(found: Differences, tell: Teller) -> Iterator[tuple[str, str, str]]:
    """Cooperatives with another lead: name, before, after."""
    for cooperative, (before, after) in found.leads.items():
        names = [tell.names.officer(id_) if id_ else tell("nowhere") for id_ in (before, after)]
        yield tell.names.cooperative(cooperative), names[0], names[1]


def parts(found: Differences, tell: Teller) -> Iterator[tuple[str, str, str, str]]:
    """The cost by part in whole baht that add up: name, before, after, change; without those of nought in both."""
    number = tell.words.number
    for part, (before, after) in sums(found).items():
        if before or after:
            name = tell(part) if part in ("paid", "weighed", "total") else tell.words.head(f"part_{part}")
            change = after - before
            yield name, number(before), number(after), ("+" if change > 0 else "") + number(change)


def reckoned(found: Differences, tell: Teller) -> str:
    """That the cost before is not what that plan told of itself, where it is not."""
    return tell("reckoned_anew", baht=tell.words.number(found.own.together)) if found.reckoned_anew else ""


def sums(found: Differences, digits: int = 0) -> dict[str, tuple[float, float]]:
    """Each part of the cost before and after, those that are paid, their sum, those that are weighed, and theirs: in
    whole baht, or with so many ``digits``, and so that all adds up on either side."""
    told: dict[str, tuple[float, float]] = {}
    for name, parts in (("paid", PAID_PARTS), ("weighed", WEIGHED_PARTS)):
        sides = [apportioned([found.parts[part][side] for part in parts], digits) for side in (0, 1)]
        told |= dict(zip(parts, zip(*sides, strict=True), strict=True))
        told[name] = (round(sum(sides[0]), digits), round(sum(sides[1]), digits))
    before, after = (round(told["paid"][side] + told["weighed"][side], digits) for side in (0, 1))
    return told | {"total": (before, after)}
