"""A small office with awkward names, a valid plan of it, and ways to look into what is made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import strategies as st
from support.builders import cooperative, days, line, officer, on, plan, problem, rules_broken, tour, visit
from support.publishing import little_plan
from support.strategies import problems

from models.office import Agency, CooperativeRow, DepotRow, IssueRow, Office, OfficerRow, Topic
from models.plan import Plan, Unplanned
from models.problem import Problem
from models.referee import cost

#: names that would do harm where they are not taken as mere text
FORMULA = '=HYPERLINK("http://harm.example","x")'
SCRIPT = "<script>alert('harm')</script>"
LINES = "+1, -2; สาม\nEND:VEVENT"


@dataclass(frozen=True)
class Sample:
    """What every output is made of."""

    plan: Plan
    problem: Problem
    office: Office | None


def _problem() -> Problem:
    return problem(
        name="ตัวอย่าง & co",
        workdays=days(1, 6, 7, 8, 9, 10, 14, 15),
        day={
            "start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00",
        },
        officers=[
            officer("a", "xy", fair_hours=3), officer("b", "y"), officer("c/ค", "x"),
            officer("d", absent=days(7), max_days_per_week=2),
        ],
        partners=[{"id": "cad", "dates": days(6, 7), "per_day": 1}],
        cooperatives=[
            cooperative("c1", 1, min_gap_days=7), cooperative("c2", 2, current_lead="d"), cooperative("c/3", 3),
            cooperative("c4", 4), cooperative("c5", 5),
        ],
        visits=[
            visit("c1-1", topics=["x"], issues=["i1", "i2"]),
            visit("c1-2", priority=3, earliest=on(9), due=on(10), topics=["y"]),
            visit("c2-1", partner="cad", topics=["y"], issues=["unknown"]),
            visit("c/3-1", minutes=120),
            visit("c4-1", priority=2, due=on(14), topics=["z"]),
        ],
        travel=line(0, 10, 20, -30, -20, 3),
        prices={
            "km": 4, "officer_day": 120, "car_day": 10, "late_day": 40, "unplanned": 5000, "stand_in": 400,
            "overload_hour": 60, "lead_change": 500, "moved": 200, "moved_soon": 400,
        },
    )  # fmt: skip


def _plan(of: Problem) -> Plan:
    tours = (
        tour(of, on(6), ["a", "b"], ["c1-1", "c2-1"], id_="t1"),
        tour(of, on(7), ["c/ค"], ["c/3-1"], depart="09:00", back="15:10", break_=("11:30", "12:30"), id_="t2"),
        tour(of, on(14), ["a"], ["c1-2"], id_="t3"),
    )
    left = Unplanned(visit="c4-1", reason="no-officer: no officer of `kk` has topic `z`")
    return plan(of, *tours, leads={"c/3": "a"}, unplanned=(left,), lower_bound=9000.0)


def _office() -> Office:
    def row(id_: str, th: str, en: str, district: tuple[str, str], east: float) -> CooperativeRow:
        return CooperativeRow(
            id=id_, name_th=th, name_en=en, kind="agricultural", district_th=district[0], district_en=district[1],
            subdistrict_th="ศิลา", subdistrict_en="Sila", lat=16.44, lon=102.84 + east, standard="very_good",
        )  # fmt: skip

    town, far = ("เมืองขอนแก่น", "Mueang Khon Kaen"), ("ชุมแพ", "Chum Phae")
    square = [[102.0, 16.0], [103.3, 16.0], [103.3, 16.9], [102.0, 16.9], [102.0, 16.0]]
    return Office(
        name_th="สำนักงานสหกรณ์จังหวัดตัวอย่าง", name_en="Sample Provincial Cooperative Office",
        depots=(
            DepotRow(id="kk", name_th="ศาลากลาง", name_en="Provincial hall", lat=16.44, lon=102.84, cars=2, seats=2),
        ),
        cooperatives=(
            row("c1", FORMULA, FORMULA, town, 0.1),
            row("c2", f"สหกรณ์ {SCRIPT}", f"Cooperative {SCRIPT}", town, 0.2),
            row("c/3", "สหกรณ์สาม อ.ชุมแพ", "Cooperative three, Chum Phae", far, -0.5),
            row("c4", "@สี่", "@four", far, -0.3),
            row("c5", "สหกรณ์ห้า", "Cooperative five", town, 0.0),
        ),
        officers=(
            OfficerRow(id="a", name_th="เจ้าหน้าที่ 1", name_en="Officer 1", topics=("x", "y"), depot="kk"),
            OfficerRow(id="b", name_th=f"เจ้าหน้าที่ {SCRIPT}", name_en=f"Officer {SCRIPT}", topics=("y",), depot="kk"),
            OfficerRow(id="c/ค", name_th="เจ้าหน้าที่ =3", name_en="Officer =3", topics=("x",), depot="kk"),
        ),
        issues=(
            IssueRow(id="i1", cooperative="c1", topic="x", severity=3, sessions=1, audience="board",
                     title_th=LINES, title_en=LINES),
            IssueRow(id="i2", cooperative="c1", topic="x", severity=1, sessions=1, audience="members",
                     title_th="ทะเบียน", title_en="Registers"),
        ),
        topics=(
            Topic(id="x", name_th="บัญชี", name_en="Accounts"),
            Topic(id="y", name_th="หนี้, ค้าง", name_en="Debt, old"),
        ),
        agencies=(Agency(id="cad", name_th="ตรวจบัญชี", name_en="Auditing Office"),),
        illustrative=True, travel_estimated=True,
        map={
            "type": "FeatureCollection", "attribution": "Somebody & Sons", "attribution_th": "คนวาด & ลูก",
            "features": [
                {"type": "Feature", "properties": {"name_th": "อำเภอ <ก>", "name_en": "District <A>"},
                 "geometry": {"type": "Polygon", "coordinates": [square]}},
            ],
        },
    )  # fmt: skip


@st.composite
def planned_problems(draw: st.DrawFn) -> Sample:
    """Any problem with a plan of it: the one that stands where there is one, else a little plan."""
    of = draw(problems(disturbed=False))
    made = of.published or little_plan(of, Random(draw(st.integers(0, 2**16))))
    return Sample(made.model_copy(update={"cost": cost(of, made)}), of, None)


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Three tours of an office of five cooperatives: one visit late, one with a stand-in, one left out."""
    of = _problem()
    made = _plan(of)
    assert rules_broken(of, made) == []
    return Sample(made, of, _office())


@pytest.fixture(scope="session")
def bare(sample: Sample) -> Sample:
    """The same without the office's tables."""
    return Sample(sample.plan, sample.problem, None)


@pytest.fixture(scope="session")
def moved(sample: Sample) -> Callable[[dt.date], Plan]:
    """The sample's plan with the tour of 14 August on another day."""

    def of(date: dt.date) -> Plan:
        kept = sample.plan.tours[:2]
        again = tour(sample.problem, date, ["a"], ["c1-2"], id_="t3")
        return plan(sample.problem, *kept, again, leads={"c/3": "a"})

    return of
