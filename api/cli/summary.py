"""What a planner wants to know of a plan at once, in Thai or English: figures, cost by part, how good it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.exports.calendar import Calendar
from api.exports.figures import cost_lines, totals
from api.language.outlook import Curve
from api.language.proof import proof
from api.language.terminal import worded

#: visits left out, and late ones, that are listed with their reason; the files list all
LISTED = 10


def summary(calendar: Calendar, files: Sequence[Path], curve: Curve | None = None) -> RenderableType:
    """The whole summary of a plan, with the ``files`` it was written to; ``curve``: of the run that made it."""
    parts: list[RenderableType] = [_title(calendar), _figures(calendar), *_left_out(calendar), *_late(calendar)]
    return Group(*parts, Text(), costs(calendar), gap(calendar, curve), *_marks(calendar), *_files(files, calendar))


def costs(calendar: Calendar) -> Table:
    """The cost by part, what is paid apart from what is weighed; a part that costs nothing is left out."""
    words = calendar.words
    cost = calendar.plan.cost
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(words.head("cost_part"))
    table.add_column(words.head("quantity"), justify="right")
    table.add_column(words.head("unit"))
    table.add_column(words.head("price"), justify="right")
    table.add_column(words.head("baht"), justify="right")
    table.add_column(words.head("share"), justify="right")
    for paid, whole in ((True, cost.paid), (False, cost.weighed)):
        for line in cost_lines(calendar):
            if line.baht and line.paid == paid:
                digits = 0 if abs(line.quantity - round(line.quantity)) < 0.05 else 1
                quantity, share = words.number(line.quantity, digits), words.percent(line.share, 1)
                table.add_row(line.label, quantity, line.unit, line.price, words.number(line.whole), share)
        title = Text(words.head("paid" if paid else "weighed"), style="bold")
        table.add_row(title, "", "", "", Text(words.number(whole), style="bold"), "", end_section=True)
    table.add_row(words.head("cost_total"), "", "", "", words.number(cost.together), "")
    return table


def gap(calendar: Calendar, curve: Curve | None = None) -> Text:
    """How good the plan is proven to be, and what more time would bring: a sentence each on a line of its own."""
    said = proof(calendar.words, calendar.plan, curve)
    return Text("\n".join(said), style="green" if calendar.plan.status == "optimal" else "")


def _say(calendar: Calendar, key: str, style: str = "", **fields: object) -> Text:
    return Text(worded(key, calendar.words.lang, **fields), style=style)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _title(calendar: Calendar) -> Text:
    words = calendar.words
    parts = [calendar.title]
    if calendar.horizon is not None:
        days = words.count("n_workdays", len(calendar.problem.workdays))
        parts.append(f"{words.span(*calendar.horizon)} ({days})")
    title = Text(" · ".join(parts), style="bold")
    if calendar.illustrative and words("illustrative") not in calendar.title:
        title.append(f" · {words('illustrative')}", style="yellow")
    return title


def _figures(calendar: Calendar) -> RenderableType:
    sums, number = totals(calendar), calendar.words.number
    over = [officer.over for officer in calendar.officers if officer.over > 0.005]
    days = len({tour.date for tour in calendar.tours})
    estimated = f" ({calendar.words('estimated')})" if calendar.estimated else ""
    rows = {
        "visits": _say(calendar, "of", part=number(sums.planned), all=number(sums.visits)),
        "left_out": Text(number(sums.unplanned)),
        "tours": _say(calendar, "tours_on", tours=number(sums.tours), number=number(days)),
        "officer_days": _say(calendar, "by_officers", days=number(sums.person_days), number=number(sums.officers)),
        "km": Text(f"{number(sums.km)}{estimated}"),
        "late": Text(number(sums.late)),
        "stand_ins": Text(number(sums.stand_ins)),
        "overload": _say(calendar, "hours_of", hours=number(sum(over), 1), number=number(len(over))),
    }
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(style="bold")
    for key, value in rows.items():
        table.add_row(_say(calendar, key), value)
    return Group(Text(), table)


def _left_out(calendar: Calendar) -> Iterator[RenderableType]:
    lines = [f"{left.visit.id} {left.destination.name}: {left.sentence}" for left in calendar.left_out]
    yield from _listed(calendar, "unplanned_visits", lines)


def _late(calendar: Calendar) -> Iterator[RenderableType]:
    words = calendar.words
    lines = []
    for late in calendar.late:
        date, by = words.short_date(late.tour.date), words.count("late_by", late.stop.late_days)
        lines.append(f"{late.stop.visit.id} {late.stop.destination.name}: {date}, {by}; {late.reason}")
    yield from _listed(calendar, "late_visits", lines)


def _listed(calendar: Calendar, title: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    """``lines`` under their title, the first few of many; nothing where there are none."""
    if not lines:
        return
    yield Text(f"\n{calendar.words(title)}", style="bold")
    for line in lines[:LISTED]:
        yield _indented(Text(line))
    if len(lines) > LISTED:
        more = _say(calendar, "and_more", number=calendar.words.number(len(lines) - LISTED))
        yield _indented(more)


def _marks(calendar: Calendar) -> Iterator[RenderableType]:
    if calendar.illustrative:
        yield Text(calendar.words("illustrative_long"), style="yellow")
    if calendar.estimated:
        yield Text(calendar.words("estimated_long"), style="yellow")


def _files(files: Sequence[Path], calendar: Calendar) -> Iterator[RenderableType]:
    """The files one by one, but those of folders below theirs as a number."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for file in files:
        folders[file.parent].append(file)
    depth = min((len(folder.parts) for folder in folders), default=0)
    yield Text("\n").append_text(_say(calendar, "files", style="bold"))
    for folder, inside in sorted(folders.items(), key=lambda item: len(item[0].parts)):
        if len(folder.parts) == depth:
            for file in inside:
                yield _indented(Text(str(file)))
        else:
            yield _indented(_say(calendar, "folder_of", folder=folder, number=len(inside)))
