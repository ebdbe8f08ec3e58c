"""Explanations in words: a verdict, the crew, the days, and what would mend it; for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from api.language.teller import Teller
from models.clock import format_clock
from models.plan import Plan, Unplanned
from models.problem import Problem
from models.referee import cost
from models.rules.finding import Finding
from optimizer.why.slots import DaySlots, Slot

if TYPE_CHECKING:  # what finds them takes its time to load, and has done so where there is one
    from optimizer.why.explaining import Explanation
    from optimizer.why.remedies import Remedy


def report(found: Explanation, tell: Teller) -> Iterator[RenderableType]:
    """All that is known of a visit's place."""
    yield Text(tell.visit(found.visit), style="bold")
    yield Text(f"  {headline(found, tell)}")
    for line in crew(found, tell):
        yield Text(f"  {line}")
    yield Text()
    yield days(found.days, tell, found.tour.date.isoformat() if found.tour else "")
    if found.tour is None or found.late:
        yield Text(tell("remedies") if found.remedies else tell("no_remedy"), style="bold")
        for remedy in found.remedies:
            yield Text(f"  {said(remedy, tell)}")
        yield Text()


def headline(found: Explanation, tell: Teller) -> str:
    """Where the visit stands, and the verdict."""
    verdict = tell.sentence(found.verdict)
    if found.tour is None or found.stop is None:
        return f"{tell('left_out')}: {verdict}"
    crew = " + ".join(tell.names.short_officer(id_) for id_ in found.tour.crew)
    where = f"{tell.words.short_date(found.tour.date)} {tell.words.clock(found.stop.start)}, {crew}"
    late = f" ({tell('late_by', days=found.late)})" if found.late else ""
    return f"{where}{late}: {verdict}"


def crew(found: Explanation, tell: Teller) -> list[str]:
    """What each officer is there for."""
    return [tell.sentence(finding) for finding in found.crew]


def said(remedy: Remedy, tell: Teller) -> str:
    """``widen ... : -8,950 baht against this plan, on 22 Aug 2012 (the rest of the plan stays)``."""
    what = " + ".join(tell.sentence(change) for change in remedy.changes)
    baht = ("+" if remedy.baht > 0 else "") + tell.words.number(remedy.baht)
    how = tell("by_slot" if remedy.by == "slot" else "by_solving")
    return f"{what}: {tell.words.short_date(remedy.date)}, {tell('remedy_cost', baht=baht)} ({how})"


def days(views: Sequence[DaySlots], tell: Teller, stands: str = "") -> Table:
    """Day by day: the price that speaks against it or the rule that forbids it; days alike stand in one row."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(tell("days"))
    table.add_column(tell("baht"), justify="right")
    table.add_column(tell("why"), overflow="fold")

    def alike(view: DaySlots) -> str:
        if view.finding is not None:
            return tell.sentence(view.finding)
        return stands if view.date.isoformat() == stands else offered(view.slots[0], tell)

    for _, group in groupby(views, key=alike):
        run = list(group)
        span = tell.words.short_date(run[0].date)
        if len(run) > 1:
            span = f"{span} – {tell.words.short_date(run[-1].date)}"
        view = run[0]
        if view.finding is not None:
            table.add_row(span, "", Text(tell.sentence(view.finding)))
        else:
            here = stands in {one.date.isoformat() for one in run}
            table.add_row(span, _signed(view.slots[0].baht, tell), Text(offered(view.slots[0], tell, here)))
    return table


def offered(slot: Slot, tell: Teller, stands: bool = False) -> str:
    """A slot in words: how, when, with whom, and what changes in the cost."""
    how = tell("joins", tour=slot.joins) if slot.joins else tell("own_tour")
    people = " + ".join(tell.names.short_officer(id_) for id_ in slot.crew)
    where = f"{how}, {tell.words.clock(slot.start)}, {people}"
    if stands:
        return f"{tell.sentence(Finding('stands'))}: {where}" if slot.baht >= -0.5 else f"{where}; {spoken(slot, tell)}"
    return f"{where}; {spoken(slot, tell)}"


def spoken(slot: Slot, tell: Teller) -> str:
    """The price that speaks for or against a slot, part by part."""
    if abs(slot.baht) < 0.5:
        return tell.sentence(Finding("same-cost"))
    parts = [f"{part} {'+' if baht > 0 else ''}{baht:,.0f}" for part, baht in slot.parts.items() if abs(baht) >= 0.5]
    code = "dearer" if slot.baht > 0 else "cheaper"
    return tell.sentence(Finding(code, {"baht": f"{abs(slot.baht):.0f}", "parts": "; ".join(parts)}))


def as_addition(view: DaySlots) -> DaySlots:
    """A day for a visit that nobody wanted before: what it costs, not what leaving it out would."""
    slots = [
        replace(
            slot,
            baht=slot.baht - slot.parts.get("unplanned", 0.0),
            parts={part: baht for part, baht in slot.parts.items() if part != "unplanned"},
        )
        for slot in view.slots
    ]
    return replace(view, slots=tuple(slots))


def matters(problem: Problem, plan: Plan) -> list[str]:
    """The visits that a planner asks about: those left out, then those that are late, history not counted."""
    late = [
        stop.visit
        for tour in plan.tours
        if not problem.is_past(tour.date)
        for stop in tour.stops
        if problem.late_workdays(problem.visit_by_id[stop.visit], tour.date)
    ]
    return [left.visit for left in plan.unplanned] + late


def repriced(problem: Problem, plan: Plan) -> Plan:
    """The plan with all visits of ``problem`` in it, what it lacks unplanned, at its cost by that problem."""
    known = {stop.visit for tour in plan.tours for stop in tour.stops} | {left.visit for left in plan.unplanned}
    new = tuple(Unplanned(visit=one.id, reason="new: wanted.") for one in problem.visits if one.id not in known)
    bare = plan.model_copy(update={"unplanned": (*plan.unplanned, *new)})
    return bare.model_copy(update={"cost": cost(problem, bare)})


def _signed(baht: float, tell: Teller) -> str:
    return ("+" if round(baht) > 0 else "") + tell.words.number(baht)


def as_json(found: Explanation, tell: Teller) -> dict[str, Any]:
    """The explanation for programs."""
    return {
        "visit": found.visit,
        "tour": found.tour.id if found.tour else None,
        "date": found.tour.date.isoformat() if found.tour else None,
        "late_workdays": found.late,
        "verdict": finding_json(found.verdict, tell),
        "proven": found.proven,
        "crew": [finding_json(finding, tell) for finding in found.crew],
        "days": [day_json(view, tell) for view in found.days],
        "remedies": [
            {
                "changes": [finding_json(change, tell) for change in remedy.changes],
                "date": remedy.date.isoformat(),
                "baht": round(remedy.baht, 2),
                "by": remedy.by,
            }
            for remedy in found.remedies
        ],
        "remedies_complete": found.complete,
        "unpinned": slot_json(found.unpinned) | {"date": found.unpinned.date.isoformat()} if found.unpinned else None,
    }


def finding_json(finding: Finding, tell: Teller) -> dict[str, Any]:
    """A finding with its sentence."""
    return {"code": finding.code, "facts": finding.facts, "sentence": tell.sentence(finding)}


def day_json(view: DaySlots, tell: Teller) -> dict[str, Any]:
    """A day for programs: its slots, cheapest first, or the finding that keeps the visit from it."""
    return {
        "date": view.date.isoformat(),
        "slots": [slot_json(slot) for slot in view.slots],
        "finding": finding_json(view.finding, tell) if view.finding is not None else None,
        "in_every_plan": view.absolute,
    }


def slot_json(slot: Slot) -> dict[str, Any]:
    """A slot for programs."""
    return {
        "joins": slot.joins,
        "start": format_clock(slot.start),
        "end": format_clock(slot.end),
        "crew": list(slot.crew),
        "baht": round(slot.baht, 2),
        "parts": {part: round(baht, 2) for part, baht in slot.parts.items()},
    }
