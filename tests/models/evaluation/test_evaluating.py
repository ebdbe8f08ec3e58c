"""Every figure of the evaluation, worked out by hand for the little office of ``support.circle``.

The road: c1 10 km to the one side of the office, c2 20 km to the other; a minute a kilometre.
t1 (6 August, a and b): 08:30 office, 08:40-09:40 c1, 10:10-11:10 c2, 11:30 office: 60 km, 180 minutes.
t2 (9 August, c): 08:30, 08:40-09:40 c1, 09:50: 20 km, 80 minutes. t3 (10 August, b): c2 and back: 40 km, 100 minutes.
Held: c1-1 on its day; c2-1 by b on the 7th instead of the 6th, 60 minutes; c2-2 by b on the 15th instead of the 10th,
45 minutes.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import on, plan, tour
from support.circle import little_context, little_handbook, little_office, little_problem, random_handbook
from support.publishing import little_plan as any_plan
from support.strategies import problems

from models.evaluation.evaluating import EditionDays, evaluate, fair_shares
from models.evaluation.figures import Evaluation, Issues, Keeping
from models.handbook.context import Context
from models.handbook.records import Records
from models.handbook.reports import Handbook
from models.handbook.urgency import Reason, by_district, by_topic, urgencies
from models.problem import Problem

CONTEXT = little_context()
RECORDS = Records.until(CONTEXT, little_handbook())
FOUND = evaluate(RECORDS)


def test_the_day_is_that_of_the_last_visit_held() -> None:
    assert FOUND.day == on(15)


def test_how_the_visits_were_kept() -> None:
    assert FOUND.keeping == Keeping(
        visits=5, on_day=1, within_week=2, not_held=1, left_out=1, reasons={"cooperative_asked": 1}
    )
    assert (FOUND.keeping.held, FOUND.keeping.due) == (3, 4)


def test_days_and_a_week() -> None:
    late = little_handbook().model_copy(
        update={"reports": tuple(
            report.model_copy(update={"date": on(14)}) if report.visit == "c1-1" else report
            for report in little_handbook().reports
        )}
    )  # fmt: skip
    assert evaluate(Records(CONTEXT, late, on(15))).keeping.late == 1  # the 14th is 8 days after the 6th


def test_what_lies_ahead_is_not_judged() -> None:
    keeping = evaluate(Records(CONTEXT, Handbook(), on(9))).keeping
    assert (keeping.unreported, keeping.ahead, keeping.left_out) == (3, 1, 1)


def test_sessions_and_people() -> None:
    assert (FOUND.sessions_wanted, FOUND.sessions_held) == (3 + 1 + 2, 1 + 1 + 1)
    assert FOUND.people == (4 + 2) + (1 + 10) + 1


def test_issues_by_what_became_of_them() -> None:
    assert FOUND.issues == Issues(
        id="all", issues=4, new=1, solved=1, progress=1, worse=1, untouched=1, wanted=3 + 1 + 2 + 1, held=3,
        needed=2 + 0 + 3 + 1,
    )  # fmt: skip
    assert {row.id: (row.issues, row.solved) for row in FOUND.groups["topic"]} == {"x": (3, 1), "y": (1, 0)}
    assert {row.id: row.issues for row in FOUND.groups["severity"]} == {"2": 2, "3": 1, "4": 1}
    assert {row.id: row.worse for row in FOUND.groups["district"]} == {"เมือง": 0, "ชุมแพ": 1}
    assert {row.id: row.issues for row in FOUND.groups["officer"]} == {"a": 2, "b": 2}


def test_who_led_and_who_stood_in() -> None:
    assert {one.id: (one.led, one.stood_in, one.rode_along) for one in FOUND.officers} == {
        "a": (1, 0, 0), "b": (2, 0, 1), "c": (0, 0, 0),
    }  # fmt: skip
    assert (FOUND.stand_ins_planned, FOUND.stand_ins) == (1, 0)


def test_hours_and_fairness() -> None:
    # b: t1 180 minutes, c2-1 alone 60 + 40 minutes of driving, c2-2 alone 45 + 40
    b = (180 + 100 + 85) / 60
    hours = {one.id: one.hours for one in FOUND.officers}
    assert hours == pytest.approx({"a": 3.0, "b": b, "c": 0.0})
    assert {one.id: one.planned_hours for one in FOUND.officers} == pytest.approx(
        {"a": 3.0, "b": (180 + 100) / 60, "c": 80 / 60}
    )
    fair = (3.0 + b) / 3  # equal fair hours, nobody away
    assert [one.fair for one in FOUND.officers] == pytest.approx([fair] * 3)
    assert FOUND.fairness.mean_distance == pytest.approx((abs(3 - fair) + abs(b - fair) + fair) / 3)
    assert (FOUND.fairness.widest, FOUND.fairness.least, FOUND.fairness.most) == pytest.approx((b - fair, 0.0, b))


def test_kilometres_and_baht() -> None:
    driving = FOUND.driving
    assert (driving.planned_km, driving.planned_baht) == (60 + 20 + 40, 120 * 4)
    assert (driving.driven_km, driving.driven_baht) == (62 + 44 + 40, 146 * 4)
    assert (driving.metered_tours, driving.metered_km, driving.metered_planned_km) == (1, 62, 60)


def test_what_condition_improved() -> None:
    debt = next(one for one in FOUND.condition if one.id == "debt")
    assert (debt.judged, debt.better, debt.same, debt.worse, debt.first_mean, debt.last_mean) == (2, 1, 0, 0, 1.0, 2.0)


def test_how_the_published_plan_moved() -> None:
    # published first: c2-2 on the 8th; on the 7th it is put off to the 10th, a day ahead, within the notice of 3
    of = little_problem()
    first = plan(
        of, tour(of, on(6), "ab", ["c1-1", "c2-1"]), tour(of, on(9), "c", ["c1-2"]), tour(of, on(8), "b", ["c2-2"])
    )
    now = of.changed(today=on(7), notice_days=3, published=first)
    records = Records(Context(CONTEXT.plan, now, CONTEXT.office), Handbook(), on(15))
    moves = evaluate(records, [EditionDays.of(first, of)]).moves
    assert (moves.editions, moves.moved, moves.dropped, moves.soon, moves.notice_days, moves.from_first) == (
        1, 1, 0, 1, (1,), 1,
    )  # fmt: skip


def test_urgency_number_by_number() -> None:
    # c1: debt poor 4; i1 (severity 3) 6 days overdue, one week begun: 1 x 3; one visit not held 4; one urgent matter 8
    # c2: debt poor 4, and no fall, for it rose; i3 got worse 6; i3 (severity 4) 8 days overdue, two weeks begun: 2 x 4
    first, second = urgencies(RECORDS)
    assert (first.cooperative, first.points) == ("c1", 4 + 3 + 4 + 8)
    assert set(first.reasons) == {
        Reason("urgent", 8, 1, topic="y"), Reason("poor", 4, aspect="debt"), Reason("not_held", 4, 1),
        Reason("overdue", 3, 6, issue="i1", topic="x"),
    }  # fmt: skip
    assert (second.cooperative, second.points) == ("c2", 4 + 6 + 8)
    assert second.reasons[0] == Reason("overdue", 8, 8, issue="i3", topic="y")
    assert [(one.id, one.mean) for one in by_district(RECORDS, (first, second))] == [("เมือง", 19.0), ("ชุมแพ", 18.0)]
    assert [(one.id, one.mean, one.cooperatives) for one in by_topic((first, second))] == [
        ("y", 11.0, 2),
        ("x", 3.0, 1),
    ]


def test_urgency_is_cut_at_the_most() -> None:
    office = little_office()
    strict = office.model_copy(update={"urgency": office.urgency.model_copy(update={"most": 10})})
    records = Records(Context(CONTEXT.plan, CONTEXT.problem, strict), little_handbook(), on(15))
    assert [one.points for one in urgencies(records)] == [10, 10]


def test_a_board_that_stays_away_and_a_level_that_falls() -> None:
    office = little_office()
    issues = tuple(issue.model_copy(update={"audience": "board"}) for issue in office.issues)
    context = Context(CONTEXT.plan, CONTEXT.problem, office.model_copy(update={"issues": issues}))
    handbook = little_handbook()
    fallen = handbook.model_copy(
        update={"reports": tuple(
            report.model_copy(update={"condition": {"debt": 5}}) if report.visit == "c2-1" else report
            for report in handbook.reports
        )}
    )  # fmt: skip
    reasons = {one.cooperative: one.reasons for one in urgencies(Records(context, fallen, on(15)))}
    assert Reason("board_absent", 6, 1) in reasons["c2"]  # c2-1 was for the board; nobody of it came
    assert Reason("worse", 15, 3, aspect="debt") in reasons["c2"]  # from 5 to 2: three levels at 5 points
    assert not any(reason.kind == "board_absent" for reason in reasons["c1"])


def test_silence() -> None:
    # c1's last visit was on 6 August; on 1 October 56 days have passed, 28 unminded: four full weeks at 2 points
    reasons = {one.cooperative: one.reasons for one in urgencies(Records(CONTEXT, little_handbook(), on(62)))}
    assert Reason("silent", 8, 56) in reasons["c1"]


def test_json_round_trip() -> None:
    assert Evaluation.model_validate_json(FOUND.to_json()) == FOUND


@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_sums_hold_for_any_plan_and_reports(data: st.DataObject, random: Random) -> None:
    problem: Problem = data.draw(problems())
    if problem.published is not None:
        problem = problem.changed(published=None, today=None, pins=None)
    context = Context(any_plan(problem, random), problem)
    handbook = random_handbook(context, random)
    found = evaluate(Records.until(context, handbook))
    keeping = found.keeping
    assert keeping.visits == len(problem.visits) == keeping.due + keeping.ahead + keeping.left_out
    assert keeping.held == sum(report.held for report in handbook.reports)
    assert sum(keeping.reasons.values()) == keeping.not_held
    for rows in found.groups.values():
        assert sum(row.issues for row in rows) == found.issues.issues
        assert sum(row.needed for row in rows) == found.issues.needed
    hours = sum(one.hours for one in found.officers)
    assert sum(one.fair for one in found.officers) == pytest.approx(hours)
    assert sum(one.balance for one in found.officers) == pytest.approx(0.0, abs=1e-6)


def test_fair_shares_where_hours_are_not_given_to_all() -> None:
    # a has 30 fair hours, b none of the own but 12 of the problem, c none at all: c weighs like the mean of the two
    office = little_office()
    officers = tuple(row.model_copy(update={"fair_hours": 30.0 if row.id == "a" else None}) for row in office.officers)
    people = [
        one.model_copy(update={"fair_hours": {"a": 30.0, "b": 12.0, "c": None}[one.id]})
        for one in little_problem().officers
    ]
    of = little_problem().changed(officers=tuple(people))
    context = Context(CONTEXT.plan, of, office.model_copy(update={"officers": officers}))
    assert fair_shares(context, on(15), 63.0) == pytest.approx({"a": 30.0, "b": 12.0, "c": 21.0})
