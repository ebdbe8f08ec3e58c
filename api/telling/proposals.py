"""Proposals after a change: a table to choose from, the moves of each, and the same for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.language.teller import Teller
from api.telling.entries import entry
from models.apportion import apportioned
from models.clock import format_clock
from models.costing import is_soon
from models.plan import Cost
from optimizer.replanning.moves import Move
from optimizer.replanning.notices import anew, in_place, notices, whom_to_tell
from optimizer.replanning.places import Place
from optimizer.replanning.proposals import Proposal

if TYPE_CHECKING:
    from optimizer.replanning.frontier import Point

#: moves that are listed on the terminal; the files list all
LISTED = 25


def choice(proposals: Sequence[Proposal], stood: Cost, tell: Teller) -> Table:
    """One row for each proposal: what it moves and what it costs, the price of the moving apart.

    The first row is what the plan before would cost, had it ``stood``: what happened saves nothing by itself.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(tell("proposal"))
    for key in ("moved", "soon", "new_leads", "left_out", "paid", "weighed_else", "moving"):
        table.add_column(tell(key), justify="right")
    number = tell.words.number
    table.add_row(tell("had_it_stood"), *[""] * 4, *map(number, apportioned([stood.paid, stood.weighed])))
    for proposal in proposals:
        cost = proposal.plan.cost
        moving = cost.total - proposal.running
        table.add_row(
            tell(proposal.kind),
            str(len(proposal.moves)),
            str(_soon(proposal, tell)),
            str(len(_new_leads(proposal, tell))),
            str(len(proposal.plan.unplanned)),
            *map(number, apportioned([cost.paid, proposal.running - cost.paid, moving])),
        )
    return table


def proof(proposal: Proposal, tell: Teller) -> Text:
    """What is proven of the fewest moves."""
    key = "fewest_unproven" if proposal.least else "fewest_unknown"
    if proposal.proven:
        key = "fewest_proven" if proposal.least else "none_proven"
    return Text(tell(key, least=proposal.least), style="green" if proposal.proven else "")


def listed(proposal: Proposal, tell: Teller) -> Group:
    """The moves of a proposal: from where to where, why, who is told, and the price of the move.

    Then the visits that had no place and have one now, and those that only change their hour, crew or car: neither
    counts as a move.
    """
    title = Text(tell("moves_of", proposal=tell(proposal.kind)), style="bold")
    staying, new = in_place(tell.problem, proposal.plan), anew(tell.problem, proposal.plan)
    if not proposal.moves and not staying and not new:
        return Group(title, Text(f"  {tell('no_moves')}"))
    rows: list[tuple[str, Place | None, Place | None, str, str, str]] = [
        (move.visit, move.before, move.after, tell.sentence(move.why), names_to_tell(move, tell), _price(move, tell))
        for move in proposal.moves
    ]
    rows += [
        (visit, None, after, tell("placed_anew"), _whom(whom_to_tell(tell.problem, visit, None, after), tell), "")
        for visit, after in new
    ]
    rows += [
        (visit, before, after, tell("no_move"), _whom(whom_to_tell(tell.problem, visit, before, after), tell), "")
        for visit, before, after in staying
    ]
    parts: list[RenderableType] = [title]
    for visit, before, after, why, people, baht in rows[:LISTED]:
        stood, stands = tell.places(before, after)
        said = {"from": stood, "to": stands, "why": why, "told": people, "price": baht}
        parts.append(entry(tell.visit(visit), [(tell(key), text) for key, text in said.items()]))
    if len(rows) > LISTED:
        parts.append(Text(f"  +{len(rows) - LISTED}"))
    return Group(*parts)


def _price(move: Move, tell: Teller) -> str:
    return f"{tell.words.number(move.baht)} {tell.words('baht')}"


def _whom(people: Sequence[tuple[str, str]], tell: Teller) -> str:
    return ", ".join(tell.whom(id_) for _, id_ in people)


def notices_of(proposal: Proposal, tell: Teller) -> Iterator[tuple[str, str]]:
    """Everybody who must be told of a proposal: name, and the visits that it is about."""
    for notice in notices(tell.problem, proposal.plan):
        yield tell.whom(notice.who), ", ".join(tell.visit(visit) for visit in notice.visits)


def to_tell(proposal: Proposal, tell: Teller) -> Group:
    """Everybody who must be told, also of new visits and of those that only change their hour, crew or car."""
    rows = list(notices_of(proposal, tell))
    people = [entry(name, [("", visits)]) for name, visits in rows[:LISTED]]
    more = [Text(f"  +{len(rows) - LISTED}")] if len(rows) > LISTED else []
    return Group(Text(tell("told_of", proposal=tell(proposal.kind)), style="bold"), *people, *more)


def names_to_tell(move: Move, tell: Teller) -> str:
    """The names of those who must be told of a move."""
    return ", ".join(tell.whom(id_) for id_ in move.told)


def steps(points: Sequence[Point], tell: Teller) -> Group:
    """The frontier as a table, with what is impossible and what was only not found."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("k", justify="right")
    for key in ("running", "paid", "weighed"):
        table.add_column(tell(key), justify="right")
    for point in points:
        proposal = point.proposal
        sums = (proposal.running, proposal.plan.cost.paid, proposal.plan.cost.weighed)
        table.add_row(str(point.most), *map(tell.words.number, sums))
    least = points[0].proposal.least if points else 0
    return Group(Text(tell("frontier"), style="bold"), table, Text(tell("frontier_note", least=least)))


def as_json(proposal: Proposal, tell: Teller, stood: Cost) -> dict[str, Any]:
    """The proposal for programs: moves, proof, its cost, and what the plan before would cost, had it ``stood``."""
    return {
        "kind": proposal.kind,
        "least_moves": proposal.least,
        "proven": proposal.proven,
        "left_out_anew": list(proposal.lost),
        "new_leads": _new_leads(proposal, tell),
        "running_baht": round(proposal.running, 2),
        **_sums(proposal.plan.cost),
        "stood": _sums(stood),
        "moves": [_move(move, tell) for move in proposal.moves],
        "placed_anew": [
            {"visit": visit, "to": place_json(place)} for visit, place in anew(tell.problem, proposal.plan)
        ],
        "told": [
            {"kind": each.kind, "who": each.who, "visits": list(each.visits)}
            for each in notices(tell.problem, proposal.plan)
        ],
    }


def _sums(cost: Cost) -> dict[str, Any]:
    return {
        "cost": cost.told().model_dump(mode="json"),
        "paid": round(cost.paid, 2),
        "weighed": round(cost.weighed, 2),
    }


def place_json(place: Place | None) -> dict[str, Any] | None:
    """Where a visit stands, for programs."""
    if place is None:
        return None
    return {
        "date": place.date.isoformat(),
        "start": format_clock(place.start),
        "crew": list(place.crew),
        "lead": place.lead,
        "car": place.car,
    }


def _move(move: Move, tell: Teller) -> dict[str, Any]:
    return {
        "visit": move.visit,
        "from": place_json(move.before),
        "to": place_json(move.after),
        "why": {"code": move.why.code, "sentence": tell.sentence(move.why)},
        "told": list(move.told),
        "baht": round(move.baht, 2),
    }


def _soon(proposal: Proposal, tell: Teller) -> int:
    """Moves of visits whose published date lies within the notice."""
    return sum(is_soon(tell.problem, move.before.date) for move in proposal.moves)


def _new_leads(proposal: Proposal, tell: Teller) -> dict[str, str]:
    published = tell.problem.published
    before = published.leads if published else {}
    return {
        cooperative: lead
        for cooperative, lead in proposal.plan.leads.items()
        if cooperative in before and before[cooperative] != lead
    }


def _same(one: Proposal, other: Proposal, tell: Teller) -> bool:
    """Whether two proposals would be listed alike, and not as empty."""
    first, second = (
        (each.moves, in_place(tell.problem, each.plan), anew(tell.problem, each.plan)) for each in (one, other)
    )
    return first == second and any(first)


def report(
    proposals: Sequence[Proposal], stood: Cost, tell: Teller, noticed: dt.date | None, points: Sequence[Point] = ()
) -> Iterator[RenderableType]:
    """All that a planner needs to choose.

    ``stood``: what the plan before would cost by the same account. ``noticed``: from when short notice is counted.
    """
    yield choice(proposals, stood, tell)
    if noticed is not None and tell.problem.notice_days is not None:
        yield Text(tell("noticed", date=tell.words.date(noticed)))
    least = next((one for one in proposals if one.kind == "least-disruption"), None)
    if least is not None:
        yield proof(least, tell)
    seen: list[Proposal] = []
    for one in proposals:
        yield Text()
        twin = next((other for other in seen if _same(other, one, tell)), None)
        if twin is None:
            yield listed(one, tell)
            if notices(tell.problem, one.plan):
                yield to_tell(one, tell)
        else:
            title, same = tell("moves_of", proposal=tell(one.kind)), tell("same_moves", proposal=tell(twin.kind))
            yield Text.assemble((title, "bold"), f"\n  {same}")
        seen.append(one)
    if points:
        yield Text()
        yield steps(points, tell)
    for mark in tell.marks:
        yield Text(mark, style="yellow")
