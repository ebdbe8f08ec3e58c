"""The sheets that add up: the cost by part, and the workload by officer, each with a chart of the spreadsheet's own."""

from __future__ import annotations

from typing import Any

from api.exports.figures import cost_lines
from api.exports.paper import HEAD_ROWS, Head, Paper

_FIRST = HEAD_ROWS + 1
#: officers that fit with their chart on one printed page
_ON_ONE_PAGE = 60


def cost_sheet(paper: Paper) -> None:
    """Each part of the cost with quantity, unit, price and share; what is paid, what is weighed, bound and gap."""
    calendar, words, plan = paper.calendar, paper.calendar.words, paper.calendar.plan
    columns = [
        Head(words.head("cost_part"), 32), Head(words.head("quantity"), 13, "number"),
        Head(words.head("unit"), 24), Head(words.head("price"), 26, "money"),
        Head(words.head("baht"), 15, "money"), Head(words.head("share"), 10, "number"),
    ]  # fmt: skip
    sheet = paper.sheet("cost", columns, landscape=False)
    percent = paper.cell("number", num_format="0.0%")
    row, spans, shown = _FIRST, [], plan.cost.shown(digits=2)
    for paid in (True, False):
        lines = [line for line in cost_lines(calendar) if line.paid == paid]
        spans.append((row, row + len(lines) - 1))
        for line in lines:
            label = f"{line.label} ({words('estimated')})" if line.part == "km" and calendar.estimated else line.label
            price = line.price if line.price_each is None else line.price_each
            paper.row(sheet, row, columns, [label, line.quantity, line.unit, price, shown[line.part], None])
            sheet.write_number(row, 5, line.share, percent)
            row += 1
        title = words.head("paid" if paid else "weighed")
        whole = sum(shown[line.part] for line in lines)
        paper.row(sheet, row, columns, [title, None, None, None, whole, None], bold=True)
        row += 1
    paper.row(sheet, row, columns, [words.head("cost_total"), None, None, None, sum(shown.values()), None])
    if plan.lower_bound is not None and calendar.gap is not None:
        bound = [words.head("lower_bound"), None, None, None, plan.lower_bound, None]
        paper.row(sheet, row + 1, columns, bound)
        paper.row(sheet, row + 2, columns, [words.head("gap"), None, None, None, None, None])
        sheet.write_number(row + 2, 4, calendar.gap, percent)
    for number, sentence in enumerate(calendar.proof):
        paper.write(sheet, row + 3 + number, 0, sentence, paper.format())
    for number, (first, last) in enumerate(spans):
        chart = _bars(paper, sheet, words.head("weighed" if number else "paid"), first, last)
        sheet.insert_chart(row + 7 + 16 * number, 0, chart)


def _bars(paper: Paper, sheet: Any, title: str, first: int, last: int) -> Any:
    """A bar for each part from one row to another."""
    words = paper.calendar.words
    chart = paper.book.add_chart({"type": "bar"})
    name = sheet.get_name()
    chart.add_series(
        {
            "name": words.head("baht"),
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 4, last, 4],
            "fill": {"color": "#0f766e"},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    _style(paper, chart, title, words.head("baht"))
    chart.set_size({"width": 820, "height": 130 + 34 * (last - first + 1)})
    return chart


def workload_sheet(paper: Paper) -> None:
    """Each officer's hours on tours beside the fair share, with tours, visits, kilometres and days away."""
    calendar, words = paper.calendar, paper.calendar.words
    km = f"{words.head('km')} ({words('estimated')})" if calendar.estimated else words.head("km")
    columns = [
        Head(words.head("officer"), 26), Head(words.head("hours"), 10, "number"),
        Head(words.head("fair_hours"), 12, "number"), Head(words.head("hours_over"), 11, "number"),
        Head(words.head("tours"), 9, "whole"), Head(words.head("visits"), 11, "whole"),
        Head(words.head("stand_in"), 9, "whole"), Head(words.head("led"), 12, "whole"), Head(km, 14, "number"),
        Head(words.head("absent"), 11, "number"), Head(words.head("topics"), 52),
    ]  # fmt: skip
    sheet = paper.sheet("workload", columns, landscape=False)
    for row, officer in enumerate(calendar.officers, _FIRST):
        away = calendar.days_away(officer)
        values = [
            officer.person.name, officer.hours, officer.fair_hours, officer.over, len(officer.tours), officer.visits,
            officer.stand_ins, len(officer.led), officer.km, away, ", ".join(officer.topics),
        ]  # fmt: skip
        paper.row(sheet, row, columns, values)
    count = len(calendar.officers)
    if not count:
        return
    last = _FIRST + count - 1
    bars = {"type": "data_bar", "bar_color": "#a7d7d1", "min_type": "num", "min_value": 0}
    most = max(officer.hours for officer in calendar.officers)
    sheet.conditional_format(_FIRST, 1, last, 1, bars | {"max_type": "num", "max_value": most or 1})
    if count <= _ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    name = sheet.get_name()
    chart = paper.book.add_chart({"type": "column"})
    people = [name, _FIRST, 0, last, 0]
    chart.add_series(
        {
            "name": words.head("hours"), "categories": people, "values": [name, _FIRST, 1, last, 1],
            "fill": {"color": "#0f766e"}, "gap": 40,
        }
    )  # fmt: skip
    if any(officer.fair_hours is not None for officer in calendar.officers):
        fair = paper.book.add_chart({"type": "line"})
        fair.add_series(
            {
                "name": words.head("fair_hours"), "categories": people, "values": [name, _FIRST, 2, last, 2],
                "line": {"color": "#c2410c", "width": 1.75, "dash_type": "dash"},
            }
        )  # fmt: skip
        chart.combine(fair)
    _style(paper, chart, words.head("workload"), words.head("hours"), columns=True)
    chart.set_legend({"position": "bottom", "font": paper.chart_font()})
    chart.set_size({"width": max(720, min(1350, 200 + 26 * count)), "height": 400})
    sheet.insert_chart(last + 3, 0, chart)


def _style(paper: Paper, chart: Any, title: str, values: str, columns: bool = False) -> None:
    """Title, fonts and quiet axes; bars run from the top down."""
    font = paper.chart_font()
    mark = f" [{paper.calendar.words('illustrative')}]" if paper.calendar.illustrative else ""
    chart.set_title({"name": title + mark, "name_font": font | {"size": font["size"] + 3}, "overlay": False})
    people: dict[str, Any] = {"num_font": font | ({"rotation": -45} if columns else {})}
    amounts = {
        "name": values, "name_font": font, "num_font": font, "num_format": "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#e3e8ec"}}, "min": 0,
    }  # fmt: skip
    if columns:
        chart.set_x_axis(people)
        chart.set_y_axis(amounts)
    else:
        chart.set_y_axis(people | {"reverse": True, "major_gridlines": {"visible": False}})
        chart.set_x_axis(amounts | {"label_position": "high"})
