"""``patithin accept``: a proposal, or a draft made by hand, becomes the plan that stands."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli import beside, options
from api.cli.suffixes import require_folder_name, require_no_tables
from api.together import all_of
from models.faults import Fault, InvalidInput
from models.saying import Said

if TYPE_CHECKING:
    from api.exports.editions import Edition
    from models.plan import Plan
    from models.problem import Problem

#: what a proposal has beside its plan, and keeps when it is accepted
_TOLD: Final = ("moves.json", "changes.html", "changes.json")


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("accept")(accept)


def accept(
    proposal: Annotated[Path, typer.Argument(metavar="PROPOSAL", help="Its folder or its plan file, or a draft.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Its own folder.", show_default="out-2, out-3, … beside out"),
    ] = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also where another plan stands by now, or the folder holds one.")
    ] = False,
    *,
    lang: options.LangOption,
) -> None:
    """Make a proposal the plan that stands: every output in a folder of its own, and feeds that go on.

    patithin accept replan/balanced
    patithin accept draft.json -o september

    Phones that follow the feeds move what moved and cancel what is gone. The plan of another quarter begins anew: it
    cancels nothing. Commands that take a plan take this one from now on where none is named. What stood before stays
    as it is in its own folder.
    """
    from api.documents import PLAN_FILE
    from api.exports import write_everything
    from api.exports.editions import noticing, past_of
    from api.language.terminal import worded
    from api.standing import next_folder, note_standing, plan_file, require_new, standing
    from optimizer.replanning.beginning import acted_on

    place = plan_file(proposal, Path())
    (made, stated, known), current = all_of(
        lambda: beside.read_beside(place, problem, office, lang.value), lambda: standing(Path())
    )
    if broken := beside.broken(place, made, stated, known):
        raise InvalidInput(broken)
    edition = _edition(place, made, stated, current, force)
    stated, made = acted_on(noticing(place, stated), made, past_of(place, stated))
    folder = out or next_folder(place if edition.before is None else current or place, edition.count)
    require_folder_name(out)
    require_no_tables(folder)
    require_new(folder / PLAN_FILE, force)
    write_everything(made, stated, known, folder, lang.value, edition)
    for name in _TOLD:
        if place.name == PLAN_FILE and place.with_name(name).exists() and place.parent.resolve() != folder.resolve():
            shutil.copyfile(place.with_name(name), folder / name)
    note_standing(folder, Path())
    here = Path.cwd()
    shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
    typer.echo(worded("standing", lang.value, folder=shown, number=edition.count))


def _edition(place: Path, made: Plan, problem: Problem, current: Path | None, force: bool) -> Edition:
    """The edition that the plan becomes: the one after the plan that stands.

    Raises:
        InvalidInput: it was made from another plan than the one that stands, and there is no ``force``.
    """
    from api.documents import PLAN_FILE, read_plan_file
    from api.exports.editions import edition_of, parent_of

    own = edition_of(place.parent) if place.name == PLAN_FILE else None
    if current is None or current.resolve() == place.resolve() or not _goes_on(current, problem):
        return own or edition_of(place.parent)
    stood, stands = read_plan_file(current), edition_of(current.parent)
    before = own.before if own is not None else parent_of(place)
    earlier = own is not None and before is None and stands.number > 0  # a first plan, and others were accepted since
    # a draft of a proposal that was not accepted itself mends what the proposal does
    made_of = [plan.tours for plan in (before, problem.published if own is None else None) if plan is not None]
    if (earlier or (before is not None and stood.tours not in made_of)) and not force:
        cause = Said(f"It was not made from {current}, which stands by now.", None,
                     f"ไม่ได้จัดขึ้นจาก {current} ซึ่งเป็นแผนปัจจุบัน")  # fmt: skip
        remedy = Said("Mend the plan that stands, or accept it all the same with --force.", None,
                      "จัดใหม่จากแผนปัจจุบัน หรือรับไว้ด้วย --force")  # fmt: skip
        raise InvalidInput([Fault("publish-overtaken", str(place), cause, remedy)])
    return stands.next(stood, made, problem)


def _goes_on(current: Path, problem: Problem) -> bool:
    """Whether what stands is of the same period, so that phones know its visits by the same names.

    Raises:
        InvalidInput: its problem cannot be read.
    """
    from api.documents import PROBLEM_FILE, read_problem_file
    from api.exports.feeds import realm_of

    return realm_of(read_problem_file(current.with_name(PROBLEM_FILE))) == realm_of(problem)
