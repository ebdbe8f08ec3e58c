"""Which board meetings can take a visit, and what keeps the others from it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.bundles import Bundle
from models.faults import Fault
from models.hours import on_weekday
from models.meetings import MeetingRule
from models.office import CooperativeRow
from models.problem import Day
from models.saying import Said, both, in_thai, named, place, said

if TYPE_CHECKING:
    from models.agendas import Policy

#: issues that a fault names; of more, the first ones
_MOST_NAMED: Final = 5
#: what keeps meetings from taking a visit, in the order in which it is looked for, in English and Thai
_OBSTACLES: Final = {
    "workday": ("{number} on no workday", "{number} ครั้งไม่ตรงวันทำการ"),
    "closed": ("{number} on a day on which it is closed", "{number} ครั้งตรงวันที่สหกรณ์ปิด"),
    "recent": ("{number} too soon after its last visit on {last}", "{number} ครั้งใกล้การเข้าพบครั้งสุดท้าย ({last}) เกินไป"),
    "hours": ("{number} outside its hours of that day", "{number} ครั้งอยู่นอกเวลาทำการของวันนั้น"),
    "lunch": ("{number} with no time for lunch", "{number} ครั้งไม่มีเวลาพักเที่ยง"),
    "short": ("{number} with less than {minutes} minutes for it", "{number} ครั้งมีเวลาไม่ถึง {minutes} นาที"),
    "ready": ("{number} before its content is ready on {ready}", "{number} ครั้งอยู่ก่อนวันที่เนื้อหาพร้อม ({ready})"),
    "partner": ("{number} on a day on which {partner} is not free", "{number} ครั้งตรงวันที่ {partner} ไม่ว่าง"),
}


def board_limit(cooperative: CooperativeRow, rule: MeetingRule, policy: Policy, day: Day, date: dt.date) -> float:
    """Minutes that a visit at the board meeting on ``date`` can last; 0 or less where it cannot be.

    It lies within one stretch of the open hours and lunch finds its time: either it ends before lunch must begin, or
    lunch comes first and the visit still begins in time. A meeting without a stated time may be at any time.
    """
    limits = [0.0]
    for opens, closes in on_weekday(cooperative.open, date):
        first, until = max(opens, day.start), min(closes, day.end)
        latest = until if rule.start is None else rule.start + policy.board_minutes
        begin = first if rule.start is None else rule.start
        if begin < first or begin > until:
            continue
        if not day.has_break or day.start > day.break_opens or day.end < day.break_closes:
            limits.append(until - begin)
            continue
        after_lunch = max(begin, day.break_opens + day.break_length)
        limits.append(max(min(until, day.break_closes) - begin, until - after_lunch if after_lunch <= latest else 0.0))
    return max(limits)


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of a cooperative's board by its ``rule`` within the office's ``workdays``, as a visit sees them."""

    cooperative: CooperativeRow
    rule: MeetingRule
    policy: Policy
    day: Day
    workdays: Sequence[dt.date]
    joins: Callable[[str, dt.date], bool]

    def too_few(self, boards: Sequence[Bundle], longest: float) -> Fault:
        """The fault that the meetings do not suffice for ``boards``, of which the longest lasts so many minutes.

        It is about the first one that no meeting can take, where there is any, else about all of them together.
        """
        dates = list(self.rule.dates(self.workdays[0], self.workdays[-1]))
        found = [[self._obstacle(bundle, date, longest) for date in dates] for bundle in boards]
        none = next((at for at, obstacles in enumerate(found) if all(obstacles)), None)
        short, seen = (boards, found) if none is None else (boards[none : none + 1], found[none : none + 1])
        lost = [next((by[at] for by in seen if by[at]), "") for at in range(len(dates)) if all(by[at] for by in seen)]
        issues = list(dict.fromkeys(id_ for bundle in short for id_ in bundle.issues))
        cause = both(
            "To tell the board of {issues} takes {visits} of its meetings, and {usable} of {meetings} can take a visit"
            "{obstacles}.",
            "ประเด็น {issues} ถึงคณะกรรมการต้องใช้ {visits} ครั้ง แต่ใช้การประชุมได้ {usable} จาก {meetings} ครั้ง{obstacles}",
            issues=", ".join(issues[:_MOST_NAMED]) + (", ..." if len(issues) > _MOST_NAMED else ""),
            visits=len(short), usable=len(dates) - len(lost), meetings=len(dates),
            obstacles=self._told(Counter(lost), short, longest),
        )  # fmt: skip
        remedy = said("Give fewer sessions, another audience, another rule, content sooner or the partner more days.")
        return Fault("meetings-too-few", place(cooperative=self.cooperative.id), cause, remedy)

    def _obstacle(self, bundle: Bundle, date: dt.date, longest: float) -> str:
        """The first thing that keeps the visit of a bundle from the meeting on a ``date``; empty where nothing does."""
        row, last = self.cooperative, self.cooperative.last_visit
        room = board_limit(row, self.rule, self.policy, self.day, date)
        through = self.day.model_copy(update={"break_minutes": 0, "break_earliest": None, "break_latest": None})
        obstacles = {
            "workday": date not in self.workdays,
            "closed": date in row.closed or not on_weekday(row.open, date),
            "recent": last is not None and date < last + dt.timedelta(days=self.policy.gap_days),
            "hours": board_limit(row, self.rule, self.policy, through, date) <= 0,
            "lunch": room <= 0,
            "short": room < longest,
            "ready": bundle.ready is not None and date < bundle.ready,
            "partner": bundle.partner is not None and not self.joins(bundle.partner, date),
        }
        return next((name for name, stands in obstacles.items() if stands), "")

    def _told(self, lost: Counter[str], bundles: Sequence[Bundle], longest: float) -> Said:
        """How many meetings each obstacle took away, the most first; nothing where none did."""
        ready = max((bundle.ready for bundle in bundles if bundle.ready), default=None)
        facts = {"last": self.cooperative.last_visit, "minutes": f"{longest:g}", "ready": ready,
                 "partner": ", ".join(sorted({bundle.partner for bundle in bundles if bundle.partner}))}  # fmt: skip
        told = []
        for name, number in lost.most_common():
            english, thai = _OBSTACLES[name]
            told.append(both(english, thai, number=number, **facts))
        if not told:
            return named("", "")
        return named(f" ({', '.join(told)})", f" ({', '.join(str(in_thai(one)) for one in told)})")
