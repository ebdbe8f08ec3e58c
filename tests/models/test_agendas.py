"""Agendas: issues become visits by the office's policy, as docs/agendas.md states it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.agendas import (
    DAY,
    DAYS,
    PARTNERS,
    POLICY,
    WEDNESDAYS,
    agendas,
    aug,
    coop,
    issue,
    oct_,
    sep,
    visits,
)

from models.agendas import Policy, bundles_of, make_agendas, minutes_of
from models.boards import board_limit
from models.meetings import parse_meeting
from models.office import CooperativeRow, IssueRow
from models.problem import Day


@pytest.mark.parametrize(("standard", "number"), [("excellent", 2), ("very_good", 3), ("good", 3), ("below", 4)])
def test_without_issues_the_standard_alone_sets_the_visits(standard: str, number: int) -> None:
    made = visits(standard=standard)
    assert [visit.id for visit in made] == [f"c1-{seq}" for seq in range(1, number + 1)]
    assert {(visit.minutes, visit.priority, visit.topics, visit.issues) for visit in made} == {(60, 1, (), None)}


def test_routine_visits_share_the_horizon_evenly() -> None:
    # 62 workdays in three shares: the 1st to 20th, 21st to 41st, 42nd to 62nd; ten workdays of slack after each
    assert [(v.earliest, v.due, v.latest) for v in visits()] == [
        (aug(1), aug(31), sep(14)), (sep(3), oct_(1), oct_(15)), (oct_(2), oct_(31), oct_(31)),
    ]  # fmt: skip


def test_a_cooperative_that_no_policy_visits_has_no_visits() -> None:
    assert visits(policy=Policy(visits_good=0)) == []


def test_sessions_spread_over_the_visits_that_the_standard_gives() -> None:
    made = visits(issue("i1", sessions=3))
    assert [(visit.issues, visit.minutes, visit.priority) for visit in made] == [(("i1",), 45, 3)] * 3


def test_more_sessions_make_more_visits() -> None:
    # seven sessions, at most two of the issue on one visit
    made = visits(issue("i1", sessions=7))
    assert sorted(visit.minutes for visit in made) == [45, 75, 75, 75]


def test_a_short_longest_visit_makes_more_visits() -> None:
    # 75 minutes hold two sessions
    made = visits(issue("i1", sessions=4), issue("i2", topic="debt", sessions=4), longest_visit=75)
    assert [visit.minutes for visit in made] == [75] * 4


def test_the_gravest_issue_of_a_visit_is_its_priority_and_topics_are_joined() -> None:
    made = visits(
        issue("i1", topic="accounts", severity=2), issue("i2", topic="debt", severity=5), standard="excellent",
        policy=Policy(visits_excellent=1),
    )  # fmt: skip
    assert [(v.issues, v.topics, v.priority, v.minutes) for v in made] == [(("i2", "i1"), ("accounts", "debt"), 5, 75)]


def test_one_topic_stays_together() -> None:
    made = visits(
        issue("i1", topic="debt", severity=5), issue("i2", topic="accounts", severity=4),
        issue("i3", topic="debt", severity=3), issue("i4", topic="accounts", severity=2), standard="excellent",
    )  # fmt: skip
    assert sorted(v.issues or () for v in made) == [("i1", "i3"), ("i2", "i4")]


def test_no_visit_has_more_topics_than_the_policy_allows() -> None:
    four = [issue(f"i{n}", topic=f"t{n}") for n in range(4)]
    made = visits(*four, policy=Policy(visits_good=1, topics=3))
    assert sorted(len(visit.topics or ()) for visit in made) == [1, 3]


def test_nothing_before_its_content_is_ready() -> None:
    made = visits(issue("i1", content_ready=aug(16)), policy=Policy(visits_good=1))
    assert [(v.earliest, v.due, v.latest) for v in made] == [(aug(16), oct_(31), oct_(31))]


def test_a_due_date_in_the_visits_share_is_its_due_date() -> None:
    made = visits(issue("i1", due=aug(24), severity=5))
    assert made[0].issues == ("i1",) and made[0].due == aug(24)


def test_a_visit_that_is_due_before_its_share_moves_forward() -> None:
    # the third of three shares begins in October, and all three issues are due in September
    made = visits(*(issue(f"i{n}", topic=f"t{n}", due=sep(14)) for n in range(3)))
    assert all(visit.due is not None and visit.due <= sep(14) for visit in made)
    assert all(visit.earliest is not None and visit.earliest <= sep(14) for visit in made)


def test_a_due_date_before_the_content_is_ready_is_late_and_says_so() -> None:
    (made,) = visits(issue("i1", due=aug(10), content_ready=aug(20)), policy=Policy(visits_good=1))
    assert (made.earliest, made.due) == (aug(20), aug(10))


def test_the_issue_that_is_due_first_is_visited_first() -> None:
    made = visits(issue("i1", due=oct_(5)), issue("i2", topic="debt", due=sep(7)), issue("i3", topic="control"))
    assert [visit.issues for visit in made] == [("i2",), ("i1",), ("i3",)]


def test_board_issues_fall_on_board_meetings() -> None:
    made = visits(issue("i1", audience="board", sessions=2), board_meeting="third Thursday, 10:00")
    board = [visit for visit in made if visit.window]
    assert [(v.issues, v.window, v.minutes) for v in board] == [(("i1",), ((600, 630),), 75)]
    assert board[0].dates == (aug(16), sep(20), oct_(18)) and board[0].due == aug(16)
    assert (board[0].earliest, board[0].latest) == (aug(16), oct_(18))
    assert len(made) == 3


def test_a_board_visit_waits_for_its_content_and_keeps_its_due_date_in_sight() -> None:
    made = visits(
        issue("i1", audience="board", content_ready=aug(20), due=sep(28)), board_meeting="third Thursday, 10:00"
    )
    assert [visit.earliest for visit in made if visit.window] == [sep(20)]
    late = visits(issue("i1", audience="board", due=aug(10)), board_meeting="third Thursday, 10:00")
    assert [(visit.earliest, visit.due) for visit in late if visit.window] == [(aug(16), aug(10))]


def test_board_meetings_of_the_office_are_spread_over_the_months() -> None:
    rows = [coop(f"c{n}", board_meeting="third Thursday, 10:00") for n in range(6)]
    told = [issue(f"i{n}", cooperative=f"c{n}", audience="board") for n in range(6)]
    made = make_agendas(rows, told, POLICY, DAY, DAYS, PARTNERS)
    assert made.faults == []
    dates = Counter(visit.due for visit in made.visits if visit.window)
    assert dates == {aug(16): 2, sep(20): 2, oct_(18): 2}


def test_visits_keep_their_distance_from_board_meetings() -> None:
    made = visits(issue("i1", audience="board"), board_meeting="third Thursday, 10:00")
    before, after = aug(16) - dt.timedelta(days=7), aug(16) + dt.timedelta(days=7)
    for visit in made:
        if not visit.window:
            assert visit.latest is not None and visit.earliest is not None
            assert visit.latest <= before or visit.earliest >= after


def test_a_meeting_on_a_closed_day_is_no_meeting() -> None:
    made = visits(issue("i1", audience="board"), board_meeting="third Thursday, 10:00", closed=(aug(16),))
    assert [visit.earliest for visit in made if visit.window] == [sep(20)]


def test_a_meeting_on_a_holiday_is_no_meeting() -> None:
    # 2 August and 23 October 2012 are holidays
    made = visits(issue("i1", audience="board"), board_meeting="first Thursday, 10:00")
    assert [visit.earliest for visit in made if visit.window] == [sep(6)]


LUNCH = Day(start=510, end=990, break_minutes=60, break_earliest=690, break_latest=780)
HALF_DAY = Day(start=510, end=720, break_minutes=60, break_earliest=690, break_latest=780)


@pytest.mark.parametrize(
    ("meeting", "open_", "day", "minutes"),
    [
        ("third Thursday, 10:00", None, LUNCH, 180),  # lunch begins at 13:00 at the latest
        ("third Thursday, 11:00", None, LUNCH, 120),
        ("third Thursday, 11:00", None, DAY, 330),  # no lunch: until 16:30
        ("third Thursday, 11:00", (510, 720), LUNCH, 60),  # until noon, when the cooperative closes
        ("third Thursday, 12:00", None, LUNCH, 240),  # lunch from 11:30, begins at 12:30, which is in time
        ("third Thursday, 13:30", None, LUNCH, 180),
        ("third Thursday, 08:00", None, LUNCH, 0),  # before the day starts
        ("third Thursday, 11:00", None, HALF_DAY, 60),
    ],
)  # fmt: skip
def test_a_board_visit_leaves_time_for_lunch(
    meeting: str, open_: tuple[float, float] | None, day: Day, minutes: float
) -> None:
    assert board_limit(coop(open=open_), parse_meeting(meeting), POLICY, day, aug(16)) == minutes


def test_board_visits_are_as_long_as_the_meeting_allows() -> None:
    told = [issue("i1", audience="board", sessions=2), issue("i2", audience="board", sessions=2)]
    rows = [coop(board_meeting="third Thursday, 11:00"), coop(board_meeting="third Thursday, 10:00")]
    longest = [
        sorted(v.minutes for v in make_agendas([row], told, POLICY, LUNCH, DAYS, PARTNERS).visits if v.window)
        for row in rows
    ]
    assert longest == [[75, 75], [135]]


def test_partner_visits_can_fall_on_the_partners_days() -> None:
    made = visits(issue("i1", topic="debt", partner="baac"))
    (joined,) = [visit for visit in made if visit.partner]
    assert joined.partner == "baac" and joined.issues == ("i1",)
    assert joined.earliest in WEDNESDAYS and joined.latest in WEDNESDAYS


def test_partners_do_not_mix() -> None:
    made = visits(issue("i1", partner="baac"), issue("i2", partner="cad"), issue("i3"))
    assert {(visit.partner, visit.issues) for visit in made} == {("baac", ("i1",)), ("cad", ("i2",)), (None, ("i3",))}


def test_a_board_visit_with_a_partner_needs_a_meeting_on_the_partners_day() -> None:
    made = visits(issue("i1", audience="board", partner="baac"), board_meeting="day 12, 10:00")
    # 12 August is a Sunday, 12 September a Wednesday, 12 October a Friday
    assert [visit.earliest for visit in made if visit.window] == [sep(12)]


def test_the_gap_shrinks_where_the_horizon_is_too_short_for_it() -> None:
    made = agendas(issue("i1", sessions=40), policy=Policy(visits_good=1, gap_days=7))
    assert made.faults == [] and len(made.visits) == 20
    assert 1 <= made.gap_days["c1"] < 7


ISSUES = st.lists(
    st.builds(
        issue,
        st.just("i"),
        topic=st.sampled_from(["accounts", "audit", "debt", "control"]),
        severity=st.integers(1, 5),
        sessions=st.integers(1, 5),
        audience=st.sampled_from(["board", "management", "members"]),
        due=st.none() | st.sampled_from(DAYS[10:]),
        content_ready=st.none() | st.sampled_from(DAYS[:12]),
        partner=st.sampled_from([None, None, "baac", "cad"]),
    ),
    max_size=6,
).map(lambda rows: [row.model_copy(update={"id": f"i{n}"}) for n, row in enumerate(rows)])
ROWS = st.builds(
    coop,
    standard=st.sampled_from(["excellent", "very_good", "good", "below"]),
    closed=st.lists(st.sampled_from(DAYS), max_size=5).map(tuple),
    longest_visit=st.sampled_from([None, 75, 105]),
    board_meeting=st.sampled_from(["first Tuesday, 09:00", "third Wednesday, 10:00", "first and third Friday, 13:00"]),
)
POLICIES = st.builds(
    Policy,
    gap_days=st.integers(1, 14),
    slack_days=st.integers(0, 20),
    together=st.integers(1, 3),
    topics=st.integers(1, 4),
)


@settings(max_examples=50)
@given(ROWS, ISSUES, POLICIES)
def test_every_session_is_held_once_within_bearable_visits(
    row: CooperativeRow, issues: list[IssueRow], policy: Policy
) -> None:
    bundles = bundles_of(row, issues, policy, most=1000)
    held = Counter[str]()
    for bundle in bundles:
        for part, number in bundle.parts:
            held[part.id] += number
            assert number <= policy.together
            assert (part.audience == "board", part.partner) == (bundle.board, bundle.partner)
        assert minutes_of(bundle, policy) <= (row.longest_visit or policy.longest_visit)
        assert len(bundle.topics) <= policy.topics
        assert len(set(bundle.issues)) == len(bundle.issues)
    assert held == {part.id: part.sessions for part in issues}
    assert len(bundles) >= policy.visits_of(row.standard)


@settings(max_examples=50)
@given(ROWS, ISSUES, POLICIES)
def test_every_agenda_can_be_kept(row: CooperativeRow, issues: list[IssueRow], policy: Policy) -> None:
    made = make_agendas([row], issues, policy, DAY, DAYS, PARTNERS)
    assert made == make_agendas([row], tuple(issues), policy, DAY, DAYS, PARTNERS), "the same tables, the same visits"
    if made.faults:
        assert made.visits == []
        assert {fault.code for fault in made.faults} <= {"meetings-too-few", "agenda-overfull"}
        return
    by_id = {part.id: part for part in issues}
    rule = parse_meeting(row.board_meeting or "")
    meetings = set(rule.dates(DAYS[0], DAYS[-1]))
    gap = dt.timedelta(days=made.gap_days.get(row.id, policy.gap_days))
    free = dt.date.min
    assert [visit.seq for visit in made.visits] == list(range(1, len(made.visits) + 1))
    for visit in made.visits:
        assert visit.earliest is not None and visit.latest is not None and visit.due is not None
        told = [by_id[id_] for id_ in visit.issues or ()]
        for part in told:
            assert part.content_ready is None or part.content_ready <= visit.earliest
            assert part.due is None or visit.due <= part.due
        if visit.window:
            assert visit.dates and set(visit.dates) <= meetings
            assert (visit.earliest, visit.latest) == (visit.dates[0], visit.dates[-1])
            assert all(part.audience == "board" for part in told)
        days = [day for day in DAYS if visit.earliest <= day <= visit.latest and day not in row.closed]
        days = [day for day in days if visit.dates is None or day in visit.dates]
        if visit.partner:
            days = [day for day in days if day in PARTNERS[visit.partner]]
        # the earliest possible date of each visit, one after the other, is a plan of them all
        date = next(day for day in days if day >= free)
        free = date + gap


def test_the_example_of_the_docs() -> None:
    made = visits(issue("i1", topic="debt", sessions=3))
    page = (Path(__file__).parents[2] / "docs" / "agendas.md").read_text(encoding="utf-8")
    for visit in made:
        dates = (visit.earliest, visit.due, visit.latest)
        row = " | ".join(f"{date.day} {date:%B}" for date in dates if date is not None)
        assert f"| {visit.id} | {row} |" in page
    assert [visit.minutes for visit in made] == [45, 45, 45]


def test_the_docs_state_every_setting_with_its_default() -> None:
    page = (Path(__file__).parents[2] / "docs" / "agendas.md").read_text(encoding="utf-8")
    for line in page.splitlines():
        if line.startswith("| `"):
            names, defaults, _ = line.strip("| ").split(" | ")
            keys = names.replace("`", "").split(", ")
            assert [float(value) for value in defaults.split(", ")] == [getattr(POLICY, key) for key in keys]
    assert all(f"`{key}`" in page for key in Policy.model_fields)
