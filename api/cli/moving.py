"""``patithin move``: a plan changed by hand, as a draft that says what it breaks and what it costs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from api.cli.ending import DONE, RULE_BROKEN
from api.cli.suffixes import require_suffix
from api.language.moveforms import HELP
from api.together import all_of

if TYPE_CHECKING:
    from models.office import Office
    from models.plan import Plan
    from optimizer.moving.drafts import Draft


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("move")(move)


def move(
    plan: beside.StandingPlan = None,
    moves: Annotated[list[str] | None, typer.Argument(metavar="MOVE...", help=HELP)] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The draft to write.")] = Path("draft.json"),
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Move visits by hand, and other people and cars to tours. Writes a draft, which may break rules.

    patithin move out/plan.json "c013-2 to 2012-09-04" -o draft.json
    patithin move "c013-2 to tour 20120904-1 at 09:30" "tour 20120904-1 with o01 + o05"
    patithin move "c013-2 to 2012-09-04 alone with o01 in van" "c013 led by o05" "leave out c012-1" "pin c013-2"

    The draft is judged: each broken rule, its price against the plan, and what stands otherwise. Exit code 1 when a
    rule is broken. To act on a draft: patithin accept draft.json.
    """
    from api.cli.moves import moves_of, told_as_written
    from api.cli.screen import stdout
    from api.documents import PROBLEM_FILE
    from api.language.teller import Teller
    from api.naming import Lookup, readable
    from api.staging import require_writable
    from api.standing import is_standing, require_new
    from api.telling.drafts import report
    from optimizer.moving.drafts import apply
    from optimizer.replanning.beginning import accepted

    plan, written = beside.split(plan, moves)
    read = beside.read_from(plan, problem, office)
    beside_it = cache(lambda: beside.read_beside(plan, problem, office, lang.value))

    def names() -> Lookup:
        made, stated, known = beside_it()
        return Lookup(stated, known, made)

    (made, stated, known), asked, _ = all_of(
        beside_it,
        lambda: moves_of(written, readable(names)),
        lambda: all_of(
            lambda: require_suffix(out, ".json"), lambda: require_writable(out), lambda: require_new(out, force, *read)
        ),
    )
    if stated.published is None and is_standing(beside.named(plan), Path()):  # people act on it: moving has its price
        stated, made = accepted(stated, made, stated.today)
    draft = told_as_written(lambda: apply(stated, made, asked), written)
    own = _write(draft, out, beside.named(plan), made, known)
    screen = stdout()  # after all is written: who reads along may stop reading
    for part in report(draft, Teller(draft.problem, known, lang.value)):
        screen.print(part)
    screen.print(f"{out}" if own.name == PROBLEM_FILE else f"{out} (--problem {own})", soft_wrap=True)
    raise typer.Exit(DONE if draft.sound else RULE_BROKEN)


def _write(draft: Draft, out: Path, base: Path, made: Plan, known: Office | None) -> Path:
    """Write a draft of the plan ``made`` in ``base``, and what belongs beside it; the file of its own problem.

    A problem.json of another plan stays as it is: then the draft's own bears its name before that.
    """
    from api.documents import OFFICE_FILE, PROBLEM_FILE, read_problem_file, write_office
    from api.exports.editions import keep_past, parent_file, parent_of
    from api.staging import write_text

    own = out.with_name(PROBLEM_FILE)
    if own.exists() and read_problem_file(own) != draft.problem:
        own = out.with_name(f"{out.stem}.{PROBLEM_FILE}")
    if not own.exists() or own.name != PROBLEM_FILE:
        write_text(own, draft.problem.to_json())
    if known is not None and not out.with_name(OFFICE_FILE).exists():
        write_office(out.with_name(OFFICE_FILE), known)
    write_text(parent_file(out), (parent_of(base) or made).to_json())
    keep_past(base, out)
    write_text(out, draft.plan.to_json())
    return own
