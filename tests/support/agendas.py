"""Agendas of one cooperative and its issues, in the sample's quarter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.agendas import Agendas, Policy, make_agendas
from models.office import CooperativeRow, IssueRow
from models.problem import Day, Visit
from models.workdays import workdays

DAYS = workdays(dt.date(2012, 8, 1), dt.date(2012, 10, 31))
WEDNESDAYS = frozenset(day for day in DAYS if day.weekday() == 2)
TUESDAYS = frozenset(day for day in DAYS if day.weekday() == 1)
PARTNERS = {"baac": WEDNESDAYS, "cad": TUESDAYS}
DAY = Day(start=510, end=990)
POLICY = Policy()


def aug(day: int) -> dt.date:
    return dt.date(2012, 8, day)


def sep(day: int) -> dt.date:
    return dt.date(2012, 9, day)


def oct_(day: int) -> dt.date:
    return dt.date(2012, 10, day)


def coop(id_: str = "c1", **keys: Any) -> CooperativeRow:
    place = {"kind": "agricultural", "district_th": "ชุมแพ", "district_en": "Chum Phae", "lat": 16.6, "lon": 102.1}
    return CooperativeRow(id=id_, name_th="ก", name_en="A", **({"standard": "good"} | place | keys))


def issue(id_: str, **keys: Any) -> IssueRow:
    usual = {"cooperative": "c1", "topic": "accounts", "severity": 3, "sessions": 1, "audience": "management"}
    return IssueRow(id=id_, **(usual | keys))


def agendas(*issues: IssueRow, policy: Policy = POLICY, **keys: Any) -> Agendas:
    return make_agendas([coop(**keys)], issues, policy, DAY, DAYS, PARTNERS)


def visits(*issues: IssueRow, policy: Policy = POLICY, **keys: Any) -> list[Visit]:
    made = agendas(*issues, policy=policy, **keys)
    assert made.faults == []
    return made.visits
