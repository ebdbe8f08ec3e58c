"""A little office with a plan that stands still, and reports of its visits, small enough to count by hand."""

from __future__ import annotations

import datetime as dt
from random import Random

from models.handbook.context import Context
from models.handbook.reports import Finding, Handbook, NewIssue, Progress, Report, Step
from models.office import Agency, CooperativeRow, DepotRow, IssueRow, Office, OfficerRow, Topic
from models.plan import Plan
from models.problem import Problem
from support.builders import cooperative, days, officer, on, plan, problem, tour, visit


def little_problem() -> Problem:
    """Two cooperatives, three officers, five visits in the first two weeks of August 2012."""
    return problem(
        workdays=days(1, 6, 7, 8, 9, 10, 14, 15),
        officers=[officer("a", "xy", fair_hours=3), officer("b", "y", fair_hours=3), officer("c", "x", fair_hours=3)],
        partners=[{"id": "cad", "dates": days(6, 7), "per_day": 1}],
        cooperatives=[cooperative("c1", 1, current_lead="a"), cooperative("c2", 2, current_lead="b")],
        visits=[
            visit("c1-1", priority=3, due=on(6), topics=["x"], issues=["i1", "i2"]),
            visit("c1-2", due=on(9), topics=["x"], issues=["i1"]),
            visit("c2-1", due=on(7), topics=["y"], issues=["i3"]),
            visit("c2-2", due=on(10)),
            visit("c2-3", priority=2, due=on(15), topics=["y"], issues=["i3"]),
        ],
        prices={"km": 4, "officer_day": 120, "late_day": 40, "unplanned": 5000, "stand_in": 400, "overload_hour": 60},
    )


def little_plan(of: Problem) -> Plan:
    """c1-1 and c2-1 on the 6th by a and b, c1-2 on the 9th by c alone (a stand-in), c2-2 on the 10th; c2-3 left out."""
    return plan(
        of,
        tour(of, on(6), "ab", ["c1-1", "c2-1"], id_="t1"),
        tour(of, on(9), "c", ["c1-2"], id_="t2"),
        tour(of, on(10), "b", ["c2-2"], id_="t3"),
        leads={"c1": "a", "c2": "b"},
    )


def little_office(illustrative: bool = True) -> Office:
    """Names and issues of the little problem."""

    def row(id_: str, th: str, district: str) -> CooperativeRow:
        return CooperativeRow(
            id=id_, name_th=th, name_en=f"Cooperative {id_}", kind="agricultural", district_th=district,
            district_en=f"{district} (en)", lat=16.4, lon=102.8, standard="good",
        )  # fmt: skip

    def issue(id_: str, of: str, topic: str, severity: int, sessions: int, due: dt.date | None = None) -> IssueRow:
        return IssueRow(
            id=id_, cooperative=of, topic=topic, severity=severity, sessions=sessions, audience="management", due=due,
            title_th=f"เรื่อง {id_}", title_en=f"Matter {id_}",
        )  # fmt: skip

    return Office(
        name_th="สำนักงานตัวอย่าง", name_en="Sample office", illustrative=illustrative,
        depots=(DepotRow(id="kk", name_th="ศาลากลาง", name_en="Hall", lat=16.44, lon=102.84, cars=2, seats=2),),
        cooperatives=(row("c1", "สหกรณ์หนึ่ง", "เมือง"), row("c2", "สหกรณ์สอง", "ชุมแพ")),
        officers=tuple(
            OfficerRow(id=id_, name_th=f"เจ้าหน้าที่ {id_}", name_en=f"Officer {id_}", topics=topics, depot="kk")
            for id_, topics in (("a", ("x", "y")), ("b", ("y",)), ("c", ("x",)))
        ),
        issues=(
            issue("i1", "c1", "x", 3, 3, on(9)), issue("i2", "c1", "x", 2, 1), issue("i3", "c2", "y", 4, 2, on(7)),
        ),
        topics=(Topic(id="x", name_th="บัญชี", name_en="Accounts"), Topic(id="y", name_th="หนี้", name_en="Debt")),
        agencies=(Agency(id="cad", name_th="ตรวจบัญชี", name_en="Auditing office"),),
    )  # fmt: skip


def little_context() -> Context:
    """Plan, problem and office together."""
    of = little_problem()
    return Context(little_plan(of), of, little_office())


def little_handbook() -> Handbook:
    """What was reported: c1-1 held as planned, c2-1 a day late, c1-2 not held, c2-2 five days late, c2-3 nothing."""
    return Handbook(
        illustrative=True,
        reports=(
            Report(
                visit="c1-1", held=True, date=on(6), start=520, end=590, officers=("a", "b"), board=4, management=2,
                progress=(Progress(issue="i1", outcome="progress", sessions=1, needed=2, note="ปิดบัญชีถึงมิถุนายน"),
                          Progress(issue="i2", outcome="solved", sessions=1)),
                condition={"accounts": 3, "debt": 2}, km=62,
                findings=(Finding(kind="strength", topic="x", text="ทำบัญชีทันเวลา"),
                          Finding(kind="urgent", topic="y", text="หนี้ค้างเกินหนึ่งปี เพราะน้ำท่วม")),
                steps=(Step(what="ส่งงบทดลอง", who="ผู้จัดการ", by=on(9)),),
            ),
            Report(
                visit="c2-1", held=True, date=on(7), start=600, end=660, officers=("b",), management=1, members=10,
                progress=(Progress(issue="i3", outcome="worse", sessions=1, needed=3),),
                condition={"accounts": 4, "debt": 1}, km=44,
                new_issues=(NewIssue(id="c2-1-1208-1", topic="x", severity=2, sessions=1, audience="board"),),
                findings=(Finding(kind="weakness", topic="y", text="ไม่มีทะเบียนลูกหนี้"),),
            ),
            Report(visit="c1-2", held=False, reason="cooperative_asked", remarks="ขอเลื่อนเพราะประชุมใหญ่"),
            Report(
                visit="c2-2", held=True, date=on(15), start=540, end=585, officers=("b",), management=1,
                condition={"debt": 2}, km=40,
            ),
        ),
    )  # fmt: skip


def random_handbook(context: Context, random: Random) -> Handbook:
    """Sound reports of some of the visits, everything in them drawn."""
    problem_, words = context.problem, ("ดี", "=1+1", "ต้องแก้\nสองบรรทัด", "x; y, z")
    days_, topics = problem_.workdays, sorted(context.topics)
    metered: set[str] = set()
    reports = []
    for wanted in problem_.visits:
        if random.random() < 0.3 or not days_ or not problem_.officers:
            continue
        parts: dict[str, object] = {}
        if topics:
            parts["findings"] = tuple(
                Finding(kind=random.choice(["strength", "weakness", "urgent"]), topic=random.choice([None, *topics]),
                        text=random.choice(words).replace("\n", " "))
                for _ in range(random.randint(0, 2))
            )  # fmt: skip
            parts["new_issues"] = tuple(
                NewIssue(id=context.name_of_new(wanted.id, n + 1), topic=random.choice(topics),
                         severity=random.randint(1, 5),
                         sessions=random.randint(1, 4), audience=random.choice(["board", "management", "members"]),
                         due=random.choice([None, random.choice(days_)]))
                for n in range(random.randint(0, 1))
            )  # fmt: skip
        if random.random() < 0.2:
            reports.append(Report(visit=wanted.id, held=False, reason="weather", **parts))  # type: ignore[arg-type]  # parts of any report
            continue
        start = random.randint(500, 800)
        date, place = random.choice(days_), context.places.get(wanted.id)
        if place is not None and random.random() < 0.6:
            date = place.date
        if place is None or date != place.date or place.tour.id not in metered:
            parts["km"] = float(random.randint(0, 200))
            metered |= {place.tour.id} if place is not None and date == place.date else set()
        reports.append(Report(
            visit=wanted.id, held=True, date=date, start=start, end=start + random.randint(1, 200),
            officers=tuple(random.sample([one.id for one in problem_.officers], 1)),
            board=random.randint(0, 9), management=random.randint(0, 4), members=random.randint(0, 40),
            condition={a.id: random.randint(1, 5) for a in context.aspects if random.random() < 0.5},
            progress=tuple(_progress(id_, random) for id_ in wanted.issues or () if random.random() < 0.8),
            remarks=random.choice(["", "น้ำท่วม"]), **parts,
        ))  # fmt: skip
    return Handbook(aspects=context.aspects, reports=tuple(reports), illustrative=context.illustrative)


def _progress(issue: str, random: Random) -> Progress:
    outcome = random.choice(["solved", "progress", "unchanged", "worse"])
    needed = None if outcome == "solved" else random.choice([None, random.randint(1, 5)])
    return Progress(issue=issue, outcome=outcome, sessions=random.randint(0, 3), needed=needed)
