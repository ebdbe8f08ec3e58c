"""``patithin replan``: mending a published plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from api.cli.ending import DONE, INTERRUPTED
from api.cli.suffixes import require_folder_name
from api.together import all_of
from models.faults import Fault, InvalidInput
from models.saying import Said

if TYPE_CHECKING:
    from api.language.teller import Teller
    from models.office import Office
    from models.plan import Plan
    from models.problem import Problem
    from optimizer.params import Params
    from optimizer.replanning.disturbing import Disturbed
    from optimizer.replanning.frontier import Point
    from optimizer.replanning.proposals import Proposal
    from optimizer.stopping import Cancel


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("replan")(replan)


Several = list[str] | None


def replan(
    plan: beside.StandingPlan = None,
    absent: Annotated[Several, typer.Option("--absent", metavar="OFFICER:FROM..TO", help="An officer is away.")] = None,
    leaves: Annotated[
        Several, typer.Option("--leaves", metavar="OFFICER:FROM", help="An officer leaves for good.")
    ] = None,
    closed: Annotated[
        Several, typer.Option("--closed", metavar="COOPERATIVE:FROM..TO", help="A cooperative cannot be visited.")
    ] = None,
    cars: Annotated[
        Several, typer.Option("--cars", metavar="OFFICE:FROM..TO=N", help="An office has only N cars.")
    ] = None,
    car_away: Annotated[
        Several, typer.Option("--car-away", metavar="CAR:FROM..TO", help="A car with a name is in repair.")
    ] = None,
    urgent: Annotated[
        Several,
        typer.Option(
            "--urgent",
            metavar="COOPERATIVE:MINUTES[:DUE[:TOPICS]]",
            help="One more visit; topics as a+b. Also :priority=, :partner=, :subject=",
        ),
    ] = None,
    meeting: Annotated[
        Several, typer.Option("--meeting", metavar="COOPERATIVE:DATE[=OLD]", help="A board meets on another day.")
    ] = None,
    no_meeting: Annotated[
        Several, typer.Option("--no-meeting", metavar="COOPERATIVE:DATE", help="A board does not meet that day.")
    ] = None,
    missed: Annotated[
        Several, typer.Option("--missed", metavar="VISIT[:UNTIL]", help="A visit before today was not held.")
    ] = None,
    held: Annotated[
        Several, typer.Option("--held", metavar="VISIT:DATE", help="A visit was held on another day before today.")
    ] = None,
    slips: Annotated[
        Several, typer.Option("--slips", metavar="ISSUE:DATE", help="An issue's content is ready on that day only.")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            "--today", metavar="DATE", help="Days before it are past and stay.", show_default="as the plan says"
        ),
    ] = None,
    begins: Annotated[
        str | None,
        typer.Option(
            "--begins", metavar="DATE", help="Days before it stay this once.", show_default="today, or the first change"
        ),
    ] = None,
    pin: Annotated[Several, typer.Option("--pin", metavar="VISIT", help="A visit that must stay.")] = None,
    frontier: Annotated[
        bool, typer.Option("--frontier", help="Also the cheapest plans with at most k moved visits.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="A folder for each proposal.")] = Path(
        "replan"
    ),
    seconds: Annotated[
        float, typer.Option("--seconds", "-s", metavar="N", help="Search at most this long for each proposal.")
    ] = 5.0,
    problem: beside.ProblemFile = None,
    office: Annotated[
        Path | None,
        typer.Option(
            "--office",
            metavar="FILE|FOLDER",
            help="Names and places; or the office's tables as they are now, a folder or a workbook.",
            show_default="office.json beside it, if there",
        ),
    ] = None,
    seed: options.Seed = None,
    deterministic: options.Deterministic = False,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Mend a published plan: least disruption, balanced, and cheapest, to choose from.

    patithin replan out/plan.json --absent o40:2012-09-03..2012-09-14 --today 2012-09-03
    patithin replan out/plan.json --closed c012:2012-09-20 --pin c012-3 --frontier

    What is past stays; what lies before the changes stays this once. A published visit moves only for a reason; each
    proposal lists what moves, why, who is told and what it costs. Its folder holds the new plan, a comparison, and the
    .ics feeds of those concerned. To act on a proposal: patithin accept replan/balanced. Names may stand for ids, and
    beginnings of them.

    The office's own tables may have changed as well: a new officer, another board day, new issues. --office FOLDER
    takes them, and keeps what stands.
    """
    from api.cli.fitting import Told
    from api.cli.interrupts import interrupts_in
    from api.cli.screen import stderr, stdout
    from api.cli.warming import ready
    from api.cli.watching import watched
    from api.exports.editions import edition_of, parent_of
    from api.exports.proposals import STALE, Before, write_proposal
    from api.naming import Lookup, readable
    from api.staging import require_writable, staged_folder
    from api.telling.proposals import report
    from api.today import today as now
    from models.reading import WORKBOOK_SUFFIXES
    from optimizer.comparing.differences import as_stood

    written = {
        "--absent": absent or (), "--leaves": leaves or (), "--closed": closed or (), "--cars": cars or (),
        "--car-away": car_away or (), "--urgent": urgent or (), "--missed": missed or (), "--held": held or (),
        "--meeting": meeting or (), "--no-meeting": no_meeting or (), "--slips": slips or (),
    }  # fmt: skip
    said = Told(written, pin or (), today, begins)
    tables = office if office is not None and (office.is_dir() or office.suffix.lower() in WORKBOOK_SUFFIXES) else None
    base = beside.named(plan)
    stood_on = cache(lambda: _Stand.read(base, problem, office if tables is None else None, lang.value))

    @cache
    def standing() -> _Stand:
        if tables is None:
            return stood_on()
        return _retabled(stood_on(), tables, options.date_of("--today", today), lang.value)

    @cache
    def names() -> Lookup:
        return readable(lambda: Lookup(standing().problem, standing().office))

    (stand, edition, state), steering, _ = all_of(
        lambda: all_of(
            standing,
            lambda: edition_of(base.parent),
            lambda: said.after(
                names(), lambda: (standing().problem, standing().plan), now=now(), retabled=tables is not None
            ),
        ),
        lambda: options.steering(seconds, None, seed, deterministic, None),
        lambda: all_of(
            lambda: require_folder_name(out), lambda: require_writable(out), lambda: _require_apart(out, plan, force)
        ),
    )
    was = stood_on()
    notice = stand.problem.notice_days
    before = Before(was.plan, was.problem, stand.office, edition, state.past, notice, parent_of(base))
    tell = _teller(state, stand.office, lang.value)
    with interrupts_in(lang.value) as interrupts:
        ready(stderr(), lang.value)
        work = partial(_mended, state, steering.params, interrupts.cancel, seconds, frontier, tell)
        proposals, points = watched(work)
        with staged_folder(out, STALE) as folder:
            for one in proposals:
                write_proposal(one, state.problem, before, folder / one.kind, lang.value)
    screen = stdout()
    stood = as_stood(was.plan, state.problem, was.problem).cost
    for part in report(proposals, stood, tell, state.noticed, points):
        screen.print(part)
    screen.print(f"{out}/: {', '.join(one.kind for one in proposals)}", soft_wrap=True)
    raise typer.Exit(INTERRUPTED if interrupts.asked else DONE)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A plan with its problem, and names where they are known."""

    plan: Plan
    problem: Problem
    office: Office | None

    @classmethod
    def read(cls, base: Path, problem: Path | None, office: Path | None, lang: str) -> _Stand:
        """The plan in a file; of a proposal that was not accepted, too, no more is history than what is past."""
        from api.exports.editions import noticing, past_of
        from optimizer.replanning.beginning import reopened

        plan, stated, known = beside.read_beside(base, problem, office, lang)
        return cls(plan, reopened(noticing(base, stated), past_of(base, stated)), known)


def _retabled(before: _Stand, tables: Path, today: dt.date | None, lang: str) -> _Stand:
    """What stands of the plan in the problem that the tables make now; says what is new and what is gone.

    Raises:
        InvalidInput: with every fault of the tables, or where it is not said from which day on they count.
    """
    from api.language.terminal import worded
    from models.intake import read_office
    from optimizer.replanning.retabling import retabled

    day = today or before.problem.today
    if day is None:
        cause = Said("It is not said from which day on the tables count.", None, "ไม่ได้บอกว่าตารางใหม่มีผลตั้งแต่วันใด")
        remedy = Said("Give the day with --today.", None, "ระบุวันด้วย --today")
        raise InvalidInput([Fault("command-usage", "--office", cause, remedy)])
    book = read_office(tables)
    made = retabled(before.problem, before.plan, book.problem, day)
    for key, ids in (("tables_new", made.added), ("tables_gone", made.dropped)):
        if ids:
            typer.echo(worded(key, lang, ids=", ".join(ids)), err=True)
    return _Stand(made.plan, made.problem, book.office)


def _teller(state: Disturbed, office: Office | None, lang: str) -> Teller:
    """Who tells of what has happened to the plan; says which cooperatives no rhythm binds any more."""
    from api.language.teller import Teller

    tell = Teller(state.problem, office, lang)
    for cooperative in sorted(state.unbound):
        typer.echo(tell("unbound", cooperative=tell.names.cooperative(cooperative)), err=True)
    return tell


def _mended(
    state: Disturbed, params: Params, cancel: Cancel, seconds: float, frontier: bool, tell: Teller
) -> tuple[list[Proposal], tuple[Point, ...]]:
    """The three proposals, and the points of the frontier where they are wanted; tells when the first is ready."""
    from optimizer.replanning.frontier import frontier as frontier_of
    from optimizer.replanning.proposing import FIRST, Mending

    mending = Mending(state, params, cancel)
    least = mending.least_disruption(min(FIRST, seconds))
    typer.echo(tell("ready", moved=len(least.moves)), err=True)
    points = frontier_of(mending, min(1.0, seconds)) if frontier else ()
    cheapest, balanced = mending.cheapest(seconds), mending.balanced(seconds)
    return [mending.undominated(least), balanced, cheapest], points


def _require_apart(out: Path, plan: Path | None, force: bool) -> None:
    """See that no proposal takes the place of the plan that is mended, or of its folder.

    Raises:
        InvalidInput: it would, and there is no ``force``.
    """
    from api.standing import require_new
    from optimizer.replanning.proposals import KINDS

    base = beside.named(plan).parent.resolve()
    if base in (out.resolve(), *((out / kind).resolve() for kind in KINDS)):
        require_new(base, force)
