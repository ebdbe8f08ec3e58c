"""``patithin explain``: why a visit stands where it does, is late, or is left out; and where a new one could go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import beside, options
from api.cli.ending import DONE, INTERRUPTED
from api.cli.suffixes import require_suffix
from api.together import all_of

if TYPE_CHECKING:
    from models.changes import Change
    from models.office import Office
    from models.plan import Plan
    from models.problem import Problem


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("explain")(explain)


def explain(
    plan: beside.StandingPlan = None,
    visits: Annotated[
        list[str] | None,
        typer.Argument(metavar="[VISIT]...", help="Visits to explain; all late and missing ones where none is named."),
    ] = None,
    new: Annotated[
        str | None,
        typer.Option(
            "--new", metavar="COOPERATIVE:MINUTES[:DUE[:TOPICS]]", help="Find a suitable day for one more visit."
        ),
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write it for programs as well.")
    ] = None,
    seconds: Annotated[
        float,
        typer.Option("--seconds", "-s", metavar="N", help="Search at most this long for each change that might mend."),
    ] = 1.0,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Explain visits: why this officer, this day, this crew; why late or left out, and what would mend it.

    patithin explain out/plan.json c012-3
    patithin explain c012-3
    patithin explain
    patithin explain out/plan.json --new c012:60:2012-09-10:debt

    Prices are differences while the rest of the plan stays. What is called impossible is so in every plan; what was
    only not found is said to be that. Each remedy was proven by planning with it applied.
    """
    from api.cli.happened import changes_of
    from api.naming import Lookup, readable
    from api.staging import require_writable, write_text
    from api.standing import require_new

    written = {"--new": [new] if new is not None else []}
    plan, visits = beside.split(plan, visits)
    beside_it = cache(lambda: beside.read_beside(plan, problem, office, lang.value))

    def names() -> Lookup:
        _, stated, known = beside_it()
        return Lookup(stated, known)

    (made, stated, known), (added, wanted), _ = all_of(
        beside_it,
        lambda: all_of(
            lambda: changes_of(written, readable(names)), lambda: readable(names).several("visit", visits, "VISIT")
        ),
        lambda: all_of(
            lambda: options.steering(seconds, None, None, False, None),
            lambda: all_of(
                lambda: require_suffix(json_out, ".json", option="--json"),
                lambda: require_writable(json_out) if json_out else None,
                lambda: require_new(json_out, force, *beside.read_from(plan, problem, office)),
            ),
        ),
    )
    if added:
        data = _days_for(made, stated, known, written, added, lang.value)
        interrupted = False
    else:
        data, interrupted = _whys(made, stated, known, wanted, seconds, lang.value)
    if json_out:
        write_text(json_out, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    raise typer.Exit(INTERRUPTED if interrupted else DONE)


def _days_for(
    made: Plan, stated: Problem, known: Office | None, written: Mapping[str, Sequence[str]], added: list[Change],
    lang: str,
) -> list[dict[str, Any]]:  # fmt: skip
    """Show the days on which one more visit could be, with their prices; the same for programs."""
    from api.cli.happened import told_by_option
    from api.cli.screen import stdout
    from api.language.teller import Teller
    from api.telling import explanations as told
    from optimizer.replanning.disturbing import disturbed
    from optimizer.why.slots import Slots

    state = told_by_option(written, lambda: disturbed(stated, made, added))
    tell, screen = Teller(state.problem, known, lang), stdout()
    slots = Slots(state.problem, told.repriced(state.problem, state.problem.published or made))
    views = [told.as_addition(view) for view in slots.days(state.problem.visit_by_id[state.added[0]])]
    screen.print(tell("slots"), style="bold")
    screen.print(told.days(views, tell))
    return [told.day_json(view, tell) for view in views]


def _whys(
    made: Plan, stated: Problem, known: Office | None, wanted: Sequence[str], seconds: float, lang: str
) -> tuple[list[dict[str, Any]], bool]:
    """Explain visits one after the other, all that matter where none is wanted; for programs, and if interrupted."""
    from api.cli.interrupts import interrupts_in
    from api.cli.screen import stderr, stdout
    from api.cli.warming import ready
    from api.cli.watching import watched
    from api.language.teller import Teller
    from api.telling import explanations as told
    from optimizer.why.explaining import explain as explained
    from optimizer.why.slots import Slots

    wanted = wanted or tuple(told.matters(stated, made))
    tell, screen, slots = Teller(stated, known, lang), stdout(), Slots(stated, made)
    data = []
    with interrupts_in(lang, "explaining_ends") as interrupts:
        ready(stderr(), lang)
        for id_ in wanted:
            if interrupts.asked:
                break
            visit = stated.visit_by_id[id_]
            look = partial(explained, stated, made, visit, slots=slots, seconds=seconds, cancel=interrupts.cancel)
            found = watched(look)
            data.append(told.as_json(found, tell))
            for part in told.report(found, tell):
                screen.print(part)
    if not wanted:
        screen.print(tell("nothing_to_explain"))
    for mark in tell.marks:
        screen.print(mark, style="yellow", soft_wrap=True)
    return data, interrupts.asked
