"""How far the content of issues is, in words: rows for a terminal and a page to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from api.circle.rendering import render
from api.exports.calendar import Calendar
from models.office import Office
from models.plan import Plan
from models.preparation import Ready
from models.problem import Problem


def rows_of(
    plan: Plan, problem: Problem, office: Office, found: Sequence[Ready], lang: str
) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: issue, cooperative, lead, state, next, content ready, first visit, what is wrong."""
    calendar = Calendar(plan, problem, office, lang)
    words, names = calendar.words, calendar.names
    heads = [
        words.head(key)
        for key in ("issue", "cooperative", "lead", "readiness", "next_with", "content_ready", "first_visit", "remarks")
    ]
    rows = []
    for one in found:
        issue = one.issue
        wrong = [words("too_late")] * one.too_late + [words("overdue")] * one.overdue
        rows.append([
            f"{words.pick(issue.title_th, issue.title_en) or names.topic(issue.topic)} ({issue.id})",
            names.cooperative(issue.cooperative), names.officer(one.lead) if one.lead else "–",
            words(f"readiness_{one.state}"), words(f"readiness_{one.next_step}") if one.next_step else "–",
            words.date(issue.content_ready) if issue.content_ready else "–",
            words.date(one.first_visit) if one.first_visit else "–", " · ".join(wrong),
        ])  # fmt: skip
    return heads, rows


def readiness_page(
    plan: Plan, problem: Problem, office: Office, found: Sequence[Ready], day: dt.date, lang: str
) -> str:
    """The HTML text."""
    calendar = Calendar(plan, problem, office, lang)
    heads, rows = rows_of(plan, problem, office, found, lang)
    return render(
        "readiness.html.j2",
        c=calendar, w=calendar.words, heads=heads, rows=rows,
        day=calendar.words("as_of", date=calendar.words.date(day)),
        late=sum(one.too_late for one in found), overdue=sum(one.overdue for one in found),
    )  # fmt: skip
