"""From plan and reports to the figures of :mod:`models.evaluation.figures`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.costing import kilometres, price_of_a_kilometre
from models.evaluation.figures import (
    Driving,
    Evaluation,
    Fairness,
    Improvement,
    Issues,
    Keeping,
    Moves,
    OfficerFigures,
)
from models.evaluation.hours import hours_done, planned_hours
from models.handbook.context import Context
from models.handbook.records import Kept, OpenIssue, Records
from models.plan import Plan
from models.problem import Problem


@dataclass(frozen=True, slots=True)
class EditionDays:
    """The days of one edition, which is all that comparing editions asks of a plan: a quarter may have a hundred.

    ``dates``: the day of each planned visit; ``visits``: all that there were; the rest as its problem has it.
    """

    dates: Mapping[str, dt.date]
    visits: frozenset[str]
    today: dt.date | None
    notice_days: int | None

    @classmethod
    def of(cls, plan: Plan, problem: Problem) -> EditionDays:
        """Of a plan that was published for ``problem``."""
        return cls(plan.dates, frozenset(problem.visit_by_id), problem.today, problem.notice_days)

    def made_on(self, today: dt.date | None) -> EditionDays:
        """The edition with the day that was ``today`` when it was made; None where nobody said."""
        return replace(self, today=today)


def evaluate(records: Records, editions: Sequence[EditionDays] = (), last: EditionDays | None = None) -> Evaluation:
    """The evaluation of a plan by its reports.

    ``editions``: those published earlier, the first one first, without the plan itself. ``last``: the plan itself as an
    edition, where its problem does not tell the day on which it was made.
    """
    context = records.context
    problem, days = context.problem, context.problem.workdays
    reports = [kept.held for kept in records.kept if kept.held is not None]
    officers = _officers(records)
    all_issues = _issues("all", records.issues)
    return Evaluation(
        name=context.office.name_en if context.office else problem.name,
        first=days[0] if days else records.day,
        last=days[-1] if days else records.day,
        day=records.day,
        illustrative=context.illustrative,
        keeping=_keeping(records.kept),
        sessions_wanted=sum(issue.wanted for issue in records.issues if issue.found is None),
        sessions_held=sum(part.sessions for report in reports for part in report.progress),
        people=sum(report.board + report.management + report.members for report in reports),
        issues=all_issues,
        groups={
            "topic": _grouped(records.issues, lambda issue: issue.topic),
            "severity": _grouped(records.issues, lambda issue: str(issue.severity)),
            "district": _grouped(records.issues, _district(context)),
            "officer": _grouped(records.issues, lambda issue: context.plan.leads.get(issue.cooperative, "")),
        },
        officers=officers,
        fairness=_fairness(officers),
        stand_ins_planned=sum(_planned_stand_in(context, kept) for kept in records.kept if kept.place is not None),
        stand_ins=_stand_ins(records),
        driving=_driving(records),
        moves=_moves([*editions, last or EditionDays.of(context.plan, context.problem)]),
        condition=_improvements(records),
    )


def _keeping(kept: Iterable[Kept]) -> Keeping:
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for one in kept:
        counts[one.keeping] += 1
        if one.report is not None and one.report.reason is not None:
            reasons[one.report.reason] += 1
    return Keeping(visits=counts.total(), **counts, reasons=dict(sorted(reasons.items())))


def _issues(id_: str, issues: Iterable[OpenIssue]) -> Issues:
    counts: Counter[str] = Counter()
    for issue in issues:
        counts["issues"] += 1
        counts["new"] += issue.found is not None
        counts[issue.outcome or "untouched"] += 1
        counts["wanted"] += issue.wanted
        counts["held"] += issue.held
        counts["needed"] += issue.needed
    return Issues(id=id_, **counts)


def _grouped(issues: Iterable[OpenIssue], key: Callable[[OpenIssue], str]) -> tuple[Issues, ...]:
    groups: dict[str, list[OpenIssue]] = {}
    for issue in issues:
        groups.setdefault(key(issue), []).append(issue)
    return tuple(_issues(id_, group) for id_, group in sorted(groups.items()))


def _district(context: Context) -> Callable[[OpenIssue], str]:
    rows = context.office.cooperatives if context.office else ()
    names = {row.id: row.district_th for row in rows}
    return lambda issue: names.get(issue.cooperative, "")


def _lead(context: Context, kept: Kept) -> str | None:
    return context.plan.leads.get(kept.visit.cooperative)


def _planned_stand_in(context: Context, kept: Kept) -> bool:
    return kept.place is not None and _lead(context, kept) not in kept.place.crew


def _stand_ins(records: Records) -> int:
    return sum(
        kept.held is not None and _lead(records.context, kept) not in kept.held.officers for kept in records.kept
    )


def _officers(records: Records) -> tuple[OfficerFigures, ...]:
    """Every officer. Who leads a cooperative and came has led; of a crew without the lead everyone stood in."""
    context = records.context
    led: Counter[str] = Counter()
    stood_in: Counter[str] = Counter()
    along: Counter[str] = Counter()
    for kept in records.kept:
        if kept.held is None:
            continue
        lead = _lead(context, kept)
        for id_ in kept.held.officers:
            (led if id_ == lead else along if lead in kept.held.officers else stood_in)[id_] += 1
    planned, hours = planned_hours(records), hours_done(records)
    fair = fair_shares(context, records.day, sum(hours.values()))
    return tuple(
        OfficerFigures(
            id=officer.id, led=led[officer.id], stood_in=stood_in[officer.id], rode_along=along[officer.id],
            planned_hours=planned.get(officer.id, 0.0), hours=hours.get(officer.id, 0.0), fair=fair[officer.id],
        )
        for officer in context.problem.officers
    )  # fmt: skip


def fair_shares(context: Context, day: dt.date, hours: float) -> dict[str, float]:
    """``hours`` shared out among the officers, by their fair hours and the workdays up to ``day`` they are there.

    An officer without fair hours weighs like the mean of those with some; where nobody has any, all weigh the same. The
    shares add up to ``hours``.
    """
    days = [date for date in context.problem.workdays if date <= day]
    own = _own_fair_hours(context)
    known = [fair for fair in own.values() if fair is not None]
    usual = sum(known) / len(known) if known else 1.0
    weights = {}
    for officer in context.problem.officers:
        away = set(officer.absent or ())
        there = sum(date not in away for date in days)
        fair = own[officer.id]
        weights[officer.id] = there * (usual if fair is None else fair)
    total = sum(weights.values())
    if total <= 0:
        return {id_: hours / len(weights) for id_ in weights}
    return {id_: hours * weight / total for id_, weight in weights.items()}


def _own_fair_hours(context: Context) -> dict[str, float | None]:
    """Each officer's fair hours before the ledger takes or gives: the office's own, else the problem's without that."""
    office = context.office
    rows = {row.id: row.fair_hours for row in office.officers} if office else {}
    owed = {row.officer: office.next_quarter.repay * row.hours for row in office.ledger} if office else {}
    return {
        officer.id: rows.get(officer.id)
        if rows.get(officer.id) is not None or officer.fair_hours is None
        else officer.fair_hours + owed.get(officer.id, 0.0)
        for officer in context.problem.officers
    }


def _fairness(officers: Sequence[OfficerFigures]) -> Fairness:
    if not officers:
        return Fairness()
    distances = [abs(officer.balance) for officer in officers]
    hours = [officer.hours for officer in officers]
    return Fairness(
        mean_distance=sum(distances) / len(distances), widest=max(distances), least=min(hours), most=max(hours)
    )


def _driving(records: Records) -> Driving:
    context = records.context
    tours = [tour for tour in context.plan.tours if tour.date <= records.day]
    usual = context.problem.prices.km
    km = {tour.id: kilometres(context.problem, tour) for tour in tours}
    price = {tour.id: price_of_a_kilometre(context.problem, tour) for tour in tours}
    metered: set[str] = set()
    driven = on_day = baht = 0.0
    for kept in records.kept:
        report, place = kept.held, kept.place
        if report is None or report.km is None:
            continue
        on_tour = place.tour.id if place is not None and report.date == place.date else None
        metered |= {on_tour} if on_tour is not None else set()
        driven += report.km
        on_day += report.km if on_tour is not None else 0.0
        baht += report.km * (price[on_tour] if on_tour is not None else usual)
    return Driving(
        planned_km=sum(km.values()),
        driven_km=driven,
        metered_tours=len(metered),
        metered_km=on_day,
        metered_planned_km=sum(km[id_] for id_ in sorted(metered)),
        planned_baht=sum(km[id_] * price[id_] for id_ in km),
        driven_baht=baht,
    )


def _moves(editions: Sequence[EditionDays]) -> Moves:
    """Visits whose date changed between editions; notice: days from the later one's today to the earlier date.

    Where nobody said what was today when an edition was made, its moves are counted and their notice is not known.
    """
    notice: list[int] = []
    count = dropped = soon = 0
    for old, new in pairwise(editions):
        for visit, date in old.dates.items():
            if visit not in new.visits or new.dates.get(visit) == date:
                continue
            count += 1
            dropped += visit not in new.dates
            if new.today is None:
                continue
            days = (date - new.today).days
            notice.append(days)
            soon += new.notice_days is not None and days < new.notice_days
    first, last = editions[0].dates, editions[-1].dates
    return Moves(
        editions=len(editions) - 1,
        moved=count,
        dropped=dropped,
        soon=soon,
        notice_days=tuple(sorted(notice)),
        from_first=sum(last.get(visit) != date for visit, date in first.items()),
    )


def _improvements(records: Records) -> tuple[Improvement, ...]:
    found = []
    for aspect in records.context.aspects:
        judged = [levels[aspect.id] for levels in records.condition.values() if aspect.id in levels]
        twice = [(levels[0].level, levels[-1].level) for levels in judged if len(levels) > 1]
        found.append(
            Improvement(
                id=aspect.id,
                judged=len(judged),
                better=sum(last > first for first, last in twice),
                same=sum(last == first for first, last in twice),
                worse=sum(last < first for first, last in twice),
                first_mean=sum(first for first, _ in twice) / len(twice) if twice else None,
                last_mean=sum(last for _, last in twice) / len(twice) if twice else None,
            )
        )
    return tuple(found)
