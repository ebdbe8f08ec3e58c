"""Reports made up for a sample: drawn from a seed by the shares below, and always marked as illustrative.

Every visit draws from a generator of its own, made of the seed and the visit's id, so that a report stays as it is when
other visits change. ``docs/handbook.md`` tells the shares.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, TypeVar

from models.handbook.context import Context, Place
from models.handbook.reports import (
    LEAST_LEVEL,
    MOST_LEVEL,
    Finding,
    Handbook,
    NewIssue,
    NotHeld,
    Outcome,
    Progress,
    Report,
    Step,
)
from models.office import Standard
from models.problem import Visit

T = TypeVar("T")

#: of a hundred visits: held on the day, on one of the next workdays, not held
KEPT: Final = {"on_day": 84, "moved": 9, "not_held": 7}
#: workdays that a moved visit is late
LATE_DAYS: Final = (1, 1, 2, 3, 5, 8)
NOT_HELD: Final[dict[NotHeld, int]] = {
    "cooperative_asked": 45, "weather": 25, "officer_away": 20, "no_car": 10,
}  # fmt: skip
#: what becomes of an issue whose sessions are all held, and of another
ALL_HELD: Final[dict[Outcome, int]] = {"solved": 70, "progress": 20, "unchanged": 7, "worse": 3}
SOME_HELD: Final[dict[Outcome, int]] = {"solved": 8, "progress": 62, "unchanged": 22, "worse": 8}
#: a visit finds a new issue, a strength, a weakness, something urgent, agrees a step; the lead is there anyway
NEW_ISSUE, STRENGTH, WEAKNESS, URGENT, STEP, JUDGED = 0.08, 0.45, 0.4, 0.06, 0.6, 0.75
#: a level goes down, stays or goes up from one report to the next
DRIFT: Final = {-1: 12, 0: 63, 1: 25}
LEVELS: Final[dict[Standard, tuple[int, int]]] = {
    "excellent": (4, 5), "very_good": (3, 5), "good": (2, 4), "below": (1, 3),
}  # fmt: skip
#: a car drives this share of the planned kilometres
DETOUR: Final = (0.97, 1.15)
_SENTENCES: Final = {
    "strength": ("ดำเนินการด้าน{topic}ได้ตามแผน", "ฝ่ายจัดการเข้าใจเรื่อง{topic}ดี", "เอกสารด้าน{topic}ครบถ้วน"),
    "weakness": ("ขาดผู้รับผิดชอบด้าน{topic}", "เอกสารด้าน{topic}ยังไม่เป็นปัจจุบัน", "คณะกรรมการไม่ติดตามเรื่อง{topic}"),
    "urgent": ("เรื่อง{topic}ต้องแก้ไขก่อนประชุมครั้งหน้า เพราะกระทบสมาชิก", "พบความเสี่ยงด้าน{topic} ต้องรายงานสหกรณ์จังหวัด"),
    "step": ("จัดส่งเอกสารด้าน{topic}", "ปรับปรุงงานด้าน{topic}", "นำเรื่อง{topic}เข้าที่ประชุมคณะกรรมการ"),
}


def simulate(
    context: Context, seed: int, through: dt.date | None = None, levels: Mapping[str, Mapping[str, int]] | None = None
) -> Handbook:
    """Reports of the visits planned up to ``through`` (all of them where not given), drawn from ``seed``.

    ``levels``: the condition to go on from, by cooperative and aspect; without it, drawn by the standard.
    """
    drawing = _Drawing(context, seed, levels or {})
    reports = []
    for visit in context.ordered:
        place = context.places.get(visit.id)
        if place is not None and (through is None or place.date <= through):
            report = drawing.report(visit, place)
            if report.date is None or through is None or report.date <= through:
                reports.append(report)
    return Handbook(aspects=context.aspects, reports=tuple(reports), illustrative=True)


class _Drawing:
    """Draws one report after the other in the order of the plan, and keeps what later ones go on from."""

    def __init__(self, context: Context, seed: int, levels: Mapping[str, Mapping[str, int]]) -> None:
        self.context, self.seed = context, seed
        self.needed = {id_: issue.sessions for id_, issue in context.issues.items()}
        self.levels = {id_: dict(own) for id_, own in levels.items()}
        self.metered: set[str] = set()
        self.topics = {topic.id: topic for topic in context.office.topics} if context.office else {}

    def report(self, visit: Visit, place: Place) -> Report:
        """The report of one visit."""
        random = Random(f"{self.seed} {visit.id} {place.date.year}-{place.date.month}")
        days = self.context.problem.workdays
        kept = _weighted(random, KEPT)
        date = place.date
        if kept == "moved":
            later = bisect_left(days, place.date) + random.choice(LATE_DAYS)
            kept, date = ("held", days[later]) if later < len(days) else ("not_held", date)
        if kept == "not_held":
            reason: NotHeld = _weighted(random, NOT_HELD)
            return Report(visit=visit.id, held=False, reason=reason)
        start = place.start + random.choice((0, 0, 5, 10, 15))
        board = any(self._audience(id_) == "board" for id_ in visit.issues or ())
        progress = tuple(self._progress(random, visit, id_) for id_ in visit.issues or ())
        return Report(
            visit=visit.id, held=True, date=date, start=start,
            end=start + max(15.0, visit.minutes + random.choice((-10, 0, 0, 10, 20))),
            officers=place.crew,
            board=(random.randint(5, 11) if random.random() < 0.9 else 0) if board else random.randint(0, 2),
            management=random.randint(1, 4),
            members=random.randint(8, 40) if any(self._audience(i) == "members" for i in visit.issues or ()) else 0,
            progress=progress, condition=self._condition(random, visit),
            findings=self._findings(random, visit), steps=self._steps(random, visit, date, days),
            new_issues=self._new_issues(random, visit, date, days),
            km=self._km(random, place) if date == place.date else None,
        )  # fmt: skip

    def _audience(self, issue: str) -> str:
        row = self.context.issues.get(issue)
        return row.audience if row else ""

    def _progress(self, random: Random, visit: Visit, issue: str) -> Progress:
        before = self.needed.get(issue, 1)
        later = [other for other in self.context.problem.visits_of[visit.cooperative] if other.seq > visit.seq]
        again = sum(issue in (other.issues or ()) for other in later)
        held = min(before, 2) if again else before
        outcome = _weighted(random, ALL_HELD if held >= before else SOME_HELD)
        more = outcome == "worse" and before - held < 3
        needed = 0 if outcome == "solved" else max(1, before - held) + more
        self.needed[issue] = needed
        return Progress(issue=issue, outcome=outcome, sessions=held, needed=needed)

    def _condition(self, random: Random, visit: Visit) -> dict[str, int]:
        if random.random() >= JUDGED:
            return {}
        rows = self.context.office.cooperatives if self.context.office else ()
        standard: Standard = next((row.standard for row in rows if row.id == visit.cooperative), "good")
        own = self.levels.setdefault(visit.cooperative, {})
        for aspect in self.context.aspects:
            before = own.get(aspect.id)
            level = random.randint(*LEVELS[standard]) if before is None else before + _weighted(random, DRIFT)
            own[aspect.id] = min(MOST_LEVEL, max(LEAST_LEVEL, level))
        return dict(own)

    def _findings(self, random: Random, visit: Visit) -> tuple[Finding, ...]:
        found = []
        for kind, share in (("strength", STRENGTH), ("weakness", WEAKNESS), ("urgent", URGENT)):
            topic = self._topic(random, visit)
            sentence = random.choice(_SENTENCES[kind])
            if random.random() < share and topic is not None:
                text = sentence.format(topic=self.topics[topic].name_th)
                found.append(Finding.model_validate({"kind": kind, "topic": topic, "text": text}))
        return tuple(found)

    def _steps(self, random: Random, visit: Visit, date: dt.date, days: Sequence[dt.date]) -> tuple[Step, ...]:
        topic = self._topic(random, visit)
        if topic is None or random.random() >= STEP:
            return ()
        by = days[min(len(days) - 1, bisect_left(days, date) + random.randint(5, 20))]
        what = random.choice(_SENTENCES["step"]).format(topic=self.topics[topic].name_th)
        return (Step(what=what, who=random.choice(("ผู้จัดการ", "ประธานกรรมการ", "เจ้าหน้าที่บัญชี")), by=by),)

    def _new_issues(self, random: Random, visit: Visit, date: dt.date, days: Sequence[dt.date]) -> tuple[NewIssue, ...]:
        topic = self._topic(random, visit)
        if topic is None or random.random() >= NEW_ISSUE:
            return ()
        due = days[-1] + dt.timedelta(days=random.randint(20, 80)) if random.random() < 0.5 else None
        return (
            NewIssue(
                id=self.context.name_of_new(visit.id, 1), topic=topic, severity=random.randint(1, 4),
                sessions=random.randint(1, 2), audience="management", due=due,
                title_th=f"พบระหว่างเข้าส่งเสริม: {self.topics[topic].name_th}",
                title_en=f"Found on a visit: {self.topics[topic].name_en}",
            ),
        )  # fmt: skip

    def _topic(self, random: Random, visit: Visit) -> str | None:
        """One of the visit's topics, or any of the office's on a routine visit."""
        choice: Sequence[str] = visit.topics or tuple(self.topics)
        return random.choice(choice) if choice and self.topics else None

    def _km(self, random: Random, place: Place) -> float | None:
        from models.costing import kilometres

        if place.tour.id in self.metered:
            return None
        self.metered.add(place.tour.id)
        planned = kilometres(self.context.problem, place.tour)
        return float(round(planned * random.uniform(*DETOUR)))


def _weighted(random: Random, weights: Mapping[T, int]) -> T:
    """A key of ``weights``, by one draw."""
    left = random.random() * sum(weights.values())
    for thing, weight in weights.items():
        left -= weight
        if left < 0:
            return thing
    return next(reversed(list(weights)))
