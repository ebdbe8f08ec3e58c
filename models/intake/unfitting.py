"""Doubts of visits that no day can hold, and of boards that nobody of the office can meet."""

from __future__ import annotations

from collections.abc import Iterator

from models.clock import format_clock
from models.faults import Fault
from models.intake.doubting import finder
from models.intake.fitting import drives, hours_in_words, never_met, too_long
from models.intake.settings import Settings
from models.intake.sources import Sources
from models.problem import Problem
from models.saying import both, said


def unfitting(sources: Sources, problem: Problem) -> Iterator[Fault]:
    """A warning for each cooperative with a visit that no day can hold: it would be left out of every plan."""
    find, found = finder(sources, "cooperatives"), list(too_long(problem))
    if len(found) > 2 and len(found) == sum(bool(visits) for visits in problem.visits_of.values()):
        cause = both("No visit to any of the {number} cooperatives fits into a day.",
                     "การเข้าส่งเสริมสหกรณ์ทั้ง {number} แห่งไม่พอดีกับวันใดเลย", number=len(found))  # fmt: skip
        remedy = both("Check the settings of the day: start, end, break, step and slack.",
                      "ตรวจการตั้งค่าของวัน: เวลาเริ่ม เวลาเลิก เวลาพัก day.step_minutes และ day.slack_minutes")  # fmt: skip
        yield Fault("visit-too-long", sources.where_setting("day.start"), cause, remedy)
        return
    for cooperative, visit, stay in found:
        there, back = drives(problem, cooperative)
        cause = said(
            "Its visit of {minutes} minutes fits into no day: the drive takes {there} minutes there and {back} back, "
            "the hours are {hours}, and tours are back by {end}.",
            minutes=f"{visit.minutes:g}", there=f"{there:.0f}", back=f"{back:.0f}",
            hours=hours_in_words(problem, cooperative), end=format_clock(problem.day.end),
        )  # fmt: skip
        if stay >= 1:
            remedy = said(
                "At most {minutes} minutes fit: write that into longest_visit (เข้าพบไม่เกิน), or widen the hours.",
                minutes=f"{int(stay)}",
            )
        else:
            remedy = said("No visit fits: widen the hours of the cooperative or of the day, or check where it lies.")
        yield Fault("visit-too-long", find(cooperative.id, "longest_visit"), cause, remedy)


def unmet(sources: Sources, settings: Settings, problem: Problem) -> Iterator[Fault]:
    """A warning for each board that meets while the whole office does, or while one would be on the road to it."""
    meeting = settings.officers.meeting
    if meeting is None:
        return
    find, far = finder(sources, "cooperatives"), {cooperative.id for cooperative, _, _ in too_long(problem)}
    for cooperative, visit, date in never_met(problem, meeting):
        if cooperative.id in far:  # no visit fits into any day there, whenever the office meets
            continue
        (first, _), *_ = problem.starts(visit, date)
        (begins, ends), *_ = meeting.on(date.weekday())
        cause = said(
            "Its board meets at {start}, and the drive takes {there} minutes: nobody can be there on any of its days, "
            "since the office meets at {hours}.",
            start=format_clock(first), there=f"{drives(problem, cooperative)[0]:.0f}",
            hours=f"{format_clock(begins)}-{format_clock(ends)}",
        )  # fmt: skip
        remedy = said("Move the office's meeting, officers.meeting, or check when the board meets.")
        yield Fault("value-doubtful", find(cooperative.id, "board_meeting"), cause, remedy)
