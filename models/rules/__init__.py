"""The rules of a plan, one room each, and the question that everybody asks: what stands against a visit?

``RULES`` is in the order in which a planner would check them. :func:`stands_against` asks about a visit on a day,
:func:`against_tour` about a visit on a given tour. Both name every figure. What breaks a rule in a finished
plan is the referee's (:mod:`models.referee`), who shares nothing with these rooms; tests hold the two to each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.plan import Tour
from models.problem import Visit
from models.rules import (
    barred,
    breaks,
    cars,
    crew_size,
    dates,
    day,
    gaps,
    grid,
    history,
    home,
    hours,
    leads,
    meetings,
    officers,
    partners,
    pins,
    rhythms,
    topics,
    weeks,
    workdays,
)
from models.rules.finding import Finding as Finding
from models.rules.roster import Roster as Roster
from models.rules.rule import Consumer as Consumer
from models.rules.rule import Keeping as Keeping
from models.rules.rule import Rule as Rule

RULES: tuple[Rule, ...] = (
    history.RULE,
    pins.RULE,
    workdays.RULE,
    meetings.RULE,  # before the first and the last day, which follow from them
    dates.RULE,
    hours.RULE,
    partners.RULE,
    rhythms.RULE,
    gaps.RULE,
    leads.RULE,
    home.RULE,
    cars.RULE,
    officers.RULE,
    weeks.RULE,
    topics.RULE,
    crew_size.RULE,
    barred.RULE,
    day.RULE,
    grid.RULE,
    breaks.RULE,
)


#: the rules of a tour's times, whoever rides and whatever else is planned
OF_TIMES: tuple[Rule, ...] = (hours.RULE, day.RULE, grid.RULE, breaks.RULE)


def on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    """What stands against ``visit`` on ``date``, whatever office, crew, car and tour, in the order of the rules."""
    for rule in RULES:
        yield from rule.on_day(roster, visit, date)


def stands_against(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    """What stands against ``visit`` on ``date``, in the order of the rules: on the day, else from each of its offices.

    Beside a firm roster this stands against it in every plan. Beside the roster of a plan what is found of a day holds
    while the rest of the plan stays, and what is found of an office holds of a tour of its own.
    """
    found = list(on_day(roster, visit, date))
    yield from found or _from_every_office(roster, visit, date)


def _from_every_office(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    """Where each office is ruled out: what rules out the first one that the visit may be made from."""
    against = []
    for office in roster.offices(visit):
        findings = [finding for rule in RULES for finding in rule.from_office(roster, visit, date, office)]
        if not findings:
            return
        against.append(findings)
    for findings in against[:1]:
        yield from findings


def against_tour(roster: Roster, visit: Visit, tour: Tour, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """What stands against ``visit`` on ``tour``, which holds it with crew, car and times, where the day itself is free.

    In the order of the ``rules``. ``roster`` is of the plan without the visit; a tour of it with the same id is the one
    that is replaced.
    """
    return [finding for rule in rules for finding in rule.on_tour(roster, visit, tour)]
