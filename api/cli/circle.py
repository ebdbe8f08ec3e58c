"""``patithin handbook`` and ``evaluate``: the reports of visits, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from api.cli.listing import list_doubts
from api.cli.suffixes import require_folder_name
from api.together import all_of, each_of
from models.faults import Fault, InvalidInput
from models.saying import both

if TYPE_CHECKING:
    from models.evaluation.evaluating import EditionDays
    from models.evaluation.figures import Evaluation
    from models.handbook.context import Context
    from models.handbook.records import Records
    from models.handbook.reports import Handbook
    from models.problem import Problem

Reports = Annotated[
    Path | None,
    typer.Argument(
        metavar="HANDBOOK", help="The handbook filled in: the workbook, or a handbook.json.", show_default=False
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--day", metavar="DATE", help="Up to when the reports tell.", show_default="the last visit held"),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("handbook")(handbook)
    app.command("evaluate")(evaluate)


def handbook(
    plan: beside.StandingPlan = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write: .xlsx, .html to print, or .json.")
    ] = Path("handbook.xlsx"),
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="HANDBOOK", help="Reports that are there already.")
    ] = None,
    cooperative: Annotated[
        list[str] | None, typer.Option("--cooperative", metavar="NAME", help="Print this cooperative's sheet only.")
    ] = None,
    officer: Annotated[
        list[str] | None, typer.Option("--officer", metavar="NAME", help="Print this officer's sheet only.")
    ] = None,
    simulate: Annotated[
        int | None,
        typer.Option("--simulate", metavar="SEED", help="Make up illustrative reports (docs/handbook.md says how)."),
    ] = None,
    day: Day = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Write the handbook of a plan: a workbook with a row ready for each visit, or its sheets to print.

    patithin handbook out/plan.json -o handbook.xlsx --lang th
    patithin handbook out/plan.json --reports handbook.xlsx -o handbook.html --cooperative c013
    patithin handbook out/plan.json --simulate 2555 --day 2012-09-14 -o sample.xlsx

    Fill it in, then: patithin evaluate out/plan.json handbook.xlsx. Where no plan is named, it is the one that stands.
    """
    from api.standing import require_new
    from models.handbook.context import Context
    from models.handbook.simulation import simulate as simulated

    read = (*beside.read_from(plan, problem, office), reports)
    of = cache(lambda: Context(*beside.read_beside(plan, problem, office, lang.value)))
    (context, sheets, found), until, _ = all_of(
        lambda: all_of(
            of,
            lambda: _sheets(of(), cooperative, officer),
            lambda: None if reports is None else beside.read_reports(reports, of(), lang.value),
        ),
        lambda: options.date_of("--day", day),
        lambda: all_of(
            lambda: require_new(out, force, *read),
            lambda: _require_used(out, reports, simulate, bool(cooperative or officer)),
        ),
    )
    doubt_day(context.problem, until, lang.value)
    if simulate is not None:
        found = simulated(context, simulate, until)
    _write_handbook(out, context, found, until, sheets, lang.value)
    typer.echo(out)


def doubt_day(problem: Problem, until: dt.date | None, lang: str) -> None:
    """Tell a day up to which reports are to tell that is far from those of the plan: a year may be mistaken."""
    days = problem.workdays
    if until is not None and days and not days[0] <= until <= days[-1] + dt.timedelta(days=366):
        cause = both(
            "{day} is far from the days of the plan, {first} to {last}.",
            "{day} ห่างจากวันของแผน ซึ่งคือ {first} ถึง {last}",
            day=until, first=days[0], last=days[-1],
        )  # fmt: skip
        list_doubts(
            [Fault("value-doubtful", "--day", cause, both("Check the year and the month.", "ตรวจปีและเดือน"))], lang
        )


def _require_used(out: Path, reports: Path | None, simulate: int | None, chosen: bool) -> None:
    """See that the options of ``handbook`` fit each other.

    Raises:
        InvalidInput: with everything they say against each other.
    """
    if faults := list(_misused(out, reports, simulate, chosen)):
        raise InvalidInput(faults)


def _misused(out: Path, reports: Path | None, simulate: int | None, chosen: bool) -> Iterator[Fault]:
    """What the options of ``handbook`` say against each other; ``chosen``: single sheets are."""
    suffix = out.suffix.lower()
    if suffix not in (".xlsx", ".html", ".json"):
        cause = both("It is none of the forms of a handbook.", "ไม่ใช่รูปแบบของคู่มือการทำงาน")
        remedy = both("Let its name end in .xlsx, .html or .json.", "ตั้งชื่อไฟล์ให้ลงท้ายด้วย .xlsx .html หรือ .json")
        yield Fault("option-value", f"--out {out}", cause, remedy)
    if reports is not None and simulate is not None:
        cause, remedy = both("There are reports already.", "มีรายงานอยู่แล้ว"), both("Give one of the two.", "ระบุอย่างเดียว")
        yield Fault("command-usage", "--simulate", cause, remedy)
    if chosen and suffix != ".html":
        cause = both("They choose sheets to print.", "ใช้เลือกหน้าที่จะพิมพ์เท่านั้น")
        remedy = both("Write to a file that ends in .html.", "เขียนลงไฟล์ที่ลงท้ายด้วย .html")
        yield Fault("command-usage", "--cooperative, --officer", cause, remedy)


def _write_handbook(
    out: Path, context: Context, found: Handbook | None, until: dt.date | None,
    sheets: tuple[Sequence[str] | None, Sequence[str] | None], lang: str,
) -> None:  # fmt: skip
    """Write a handbook in the form that the ending of ``out`` says."""
    from api.circle.handbook import handbook_page
    from api.staging import staged_file
    from models.handbook.reports import Handbook as Empty
    from models.handbook.writing import write_handbook

    with staged_file(out) as file:
        if out.suffix.lower() == ".xlsx":
            write_handbook(file, context, lang, found)
            return
        if out.suffix.lower() == ".json":
            text = (found or Empty(aspects=context.aspects)).to_json()
        else:
            text = handbook_page(_records(context, found, until), lang, *sheets)
        file.write_text(text, encoding="utf-8", newline="\n")


def _sheets(
    context: Context, cooperatives: list[str] | None, officers: list[str] | None
) -> tuple[Sequence[str] | None, Sequence[str] | None]:
    """The cooperatives and officers whose sheets are wanted, by id; None: all. One kind alone leaves the other out.

    Raises:
        InvalidInput: with every name that nobody bears, or several.
    """
    from api.naming import Lookup

    names = Lookup(context.problem, context.office)
    chosen = all_of(
        lambda: names.several("cooperative", cooperatives or (), "--cooperative"),
        lambda: names.several("officer", officers or (), "--officer"),
    )
    return chosen if any(chosen) else (None, None)


def evaluate(
    plan: beside.StandingPlan = None,
    handbook: Reports = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write to.")] = Path(
        "evaluation"
    ),
    first: Annotated[
        list[Path] | None,
        typer.Option(
            "--first",
            metavar="PLAN",
            help="An earlier published edition with problem.json beside it; the one first published comes first.",
        ),
    ] = None,
    before: Annotated[
        Path | None, typer.Option("--before", metavar="FILE", help="The evaluation.json of the quarter before.")
    ] = None,
    day: Day = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    *,
    lang: options.LangOption,
) -> None:
    """Evaluate a plan by its reports: planned against held, issues solved, hours, kilometres, condition, urgency.

    patithin evaluate out/plan.json handbook.xlsx -o evaluation --lang th
    patithin evaluate out/plan.json handbook.xlsx --before last/evaluation.json --first first/plan.json

    Writes evaluation.html (a summary on one page first), evaluation.xlsx and evaluation.json.
    """
    from api.circle.evaluation import evaluation_page
    from api.circle.telling import Telling
    from api.circle.workbook import evaluation_workbook
    from api.documents import read_evaluation_file
    from api.staging import staged_folder
    from api.standing import require_new
    from models.evaluation.evaluating import evaluate as evaluated
    from models.handbook.context import Context

    words = cache(lambda: plan_and_handbook(plan, handbook))
    of = cache(lambda: Context(*beside.read_beside(words()[0], problem, office, lang.value)))
    (context, reports), (editions, earlier), (until, _) = all_of(
        lambda: (of(), beside.read_reports(words()[1], of(), lang.value)),
        lambda: all_of(
            lambda: each_of(partial(_edition, of=of, lang=lang.value), first or ()),
            lambda: read_evaluation_file(before) if before is not None else None,
        ),
        lambda: all_of(
            lambda: options.date_of("--day", day),
            lambda: all_of(
                lambda: require_folder_name(out), lambda: require_new(out / "evaluation.json", True, before)
            ),
        ),
    )
    doubt_day(context.problem, until, lang.value)
    if before is not None and earlier is not None:
        list_doubts(list(_doubts_of_earlier(before, earlier, context)), lang.value)
    records = _records(context, reports, until)
    found = evaluated(records, editions or _stood_before(beside.named(words()[0]), context, lang.value))
    tell = Telling(records, lang.value)
    with staged_folder(out) as folder:
        (folder / "evaluation.html").write_text(evaluation_page(tell, found, earlier), encoding="utf-8", newline="\n")
        (folder / "evaluation.xlsx").write_bytes(evaluation_workbook(tell, found, earlier))
        (folder / "evaluation.json").write_text(found.to_json(), encoding="utf-8", newline="\n")
    for name in ("evaluation.html", "evaluation.xlsx", "evaluation.json"):
        typer.echo(out / name)


def _edition(path: Path, of: Callable[[], Context], lang: str) -> EditionDays:
    """The plan in a file as an earlier edition of the one that ``of`` tells.

    Raises:
        InvalidInput: it cannot be read, or has none of that plan's visits on any of its days.
    """
    from models.evaluation.evaluating import EditionDays

    made, stated, _ = beside.read_beside(path, None, None, lang)
    edition, context = EditionDays.of(made, stated), of()
    days = context.problem.workdays
    shared = (day for visit, day in edition.dates.items() if visit in context.visits)
    if edition.dates and days and not any(days[0] <= day <= days[-1] for day in shared):
        cause = both("It is no earlier edition of the plan: it has none of its visits on any of its days.",
                     "ไม่ใช่ฉบับก่อนของแผนนี้ เพราะไม่มีการเข้าส่งเสริมใดของแผนนี้ในช่วงวันของแผน")  # fmt: skip
        remedy = both("Name a plan of this office and quarter.", "ระบุแผนของสำนักงานและไตรมาสเดียวกัน")
        raise InvalidInput([Fault("plan-foreign", f"--first {path}", cause, remedy)])
    return edition


def _doubts_of_earlier(path: Path, earlier: Evaluation, context: Context) -> Iterator[Fault]:
    """Doubts of an evaluation that is not of the quarter before, or of another office."""
    days = context.problem.workdays
    name = context.office.name_en if context.office else context.problem.name
    if days and earlier.last >= days[0]:
        cause = both("It is of {first} to {last}, which is not before the plan begins, on {day}.",
                     "เป็นการประเมินของ {first} ถึง {last} ซึ่งไม่ได้อยู่ก่อนแผนเริ่ม {day}",
                     first=earlier.first, last=earlier.last, day=days[0])  # fmt: skip
        remedy = both("Name the evaluation of the quarter before.", "ระบุการประเมินของไตรมาสก่อน")
        yield Fault("value-doubtful", f"--before {path}", cause, remedy)
    if earlier.name != name:
        cause = both("It is of another office, {other}.", "เป็นการประเมินของสำนักงานอื่น คือ {other}", other=earlier.name)
        remedy = both("Name the evaluation of this office.", "ระบุการประเมินของสำนักงานนี้")
        yield Fault("value-doubtful", f"--before {path}", cause, remedy)


def plan_and_handbook(plan: Path | None, handbook: Path | None) -> tuple[Path | None, Path]:
    """The plan and the handbook, where the plan may have been left out: one word alone is the handbook.

    Of two the workbook is the handbook, in whatever order they stand: no plan is one.

    Raises:
        InvalidInput: neither is named.
    """
    from models.reading import WORKBOOK_SUFFIXES

    if handbook is not None and plan is not None:
        first, second = (path.suffix.lower() in WORKBOOK_SUFFIXES for path in (plan, handbook))
        return (handbook, plan) if first and not second else (plan, handbook)
    if handbook is not None:
        return None, handbook
    if plan is None:
        cause, remedy = both("HANDBOOK is missing.", "ขาดคู่มือการทำงาน"), both("Name it.", "ระบุคู่มือการทำงานที่กรอกแล้ว")
        raise InvalidInput([Fault("command-usage", "HANDBOOK", cause, remedy)])
    return None, plan


def _stood_before(plan: Path, context: Context, lang: str) -> list[EditionDays]:
    """The edition that stood before a plan, where its folder has it; it is told that those before that are not known.

    Raises:
        InvalidInput: the files that say so cannot be read.
    """
    from api.exports.editions import edition_of
    from models.evaluation.evaluating import EditionDays

    own = edition_of(plan.parent)
    if own.before is None:
        return []
    if own.number > 1:
        cause = both(
            f"It is edition {own.count}; only what moved since edition {own.number} is counted.",
            f"แผนนี้เป็นฉบับที่ {own.count} นับเฉพาะที่เลื่อนจากฉบับที่ {own.number}",
        )
        remedy = both("Name the earlier editions with --first.", "ระบุฉบับก่อน ๆ ด้วย --first")
        list_doubts([Fault("value-doubtful", str(plan), cause, remedy)], lang)
    return [EditionDays.of(own.before, context.problem)]


def _records(context: Context, handbook: Handbook | None, day: dt.date | None) -> Records:
    from models.handbook.records import Records
    from models.handbook.reports import Handbook as Empty

    reports = handbook or Empty(aspects=context.aspects)
    return Records.until(context, reports, day)
