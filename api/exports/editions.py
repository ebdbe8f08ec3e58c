"""Which edition of a calendar a plan is: what the events on phones are numbered by (SEQUENCE), and what stood before.

A plan that no replanning made is edition 0. The plan that takes its place is the next, and so on, whatever folder it
lies in: ``edition.json`` beside the plan says which it is, ``before.json`` what stood before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.documents import PLAN_FILE
from api.exports.feeds import appearance
from api.staging import write_text
from models.faults import Fault, InvalidInput
from models.jsontext import parse_json
from models.plan import Plan
from models.problem import Problem
from models.reading import faults_of_validation, read_plan, read_text
from models.saying import both
from optimizer.replanning.beginning import with_notice

EDITION_FILE: Final = "edition.json"
BEFORE_FILE: Final = "before.json"
#: what ``edition.json`` has as ``past`` where nothing was: the first of all days, since a key that is not there means
#: that the problem says it
NOTHING_PAST: Final = dt.date.min

Number = Annotated[int, Field(ge=0, lt=2**31)]


class _Written(BaseModel):
    """The file ``edition.json``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    edition: Number
    changed: dict[str, Number] = Field(default_factory=dict)
    past: dt.date | None = None
    notice: Number | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """``number``: 0 for a plan that no replanning made. ``changed``: the edition in which each visit that is not as it
    first was changed last. ``before``: the plan that stood before, None for the first. ``past``: for a plan that mends
    another, the day before which all was past then, or ``NOTHING_PAST``; None: its problem says so. ``notice``:
    likewise the office's own days of notice, of which its problem has what is left when its changes begin."""

    number: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)
    before: Plan | None = None
    past: dt.date | None = None
    notice: int | None = None

    @property
    def count(self) -> int:
        """The edition as people count: 1 for the first plan, as versions are counted where plans are published."""
        return self.number + 1

    def next(self, before: Plan, after: Plan, problem: Problem) -> Edition:
        """The edition of ``after``, which takes the place of ``before``."""
        number = self.number + 1
        return Edition(number, {**self.changed, **dict.fromkeys(changed(after, before, problem), number)}, before)


def edition_of(folder: Path) -> Edition:
    """The edition that a folder's plan is; the first where none is written down.

    Raises:
        InvalidInput: the files that say so cannot be read. To take the plan for the first edition would have phones
            ignore every change from then on.
    """
    written = _written(folder / EDITION_FILE)
    if written is None:
        return Edition()
    before = folder / BEFORE_FILE
    return Edition(written.edition, written.changed, read_plan(before) if before.exists() else None, written.past,
                   written.notice)  # fmt: skip


def _written(path: Path) -> _Written | None:
    if not path.exists():
        return None
    text = read_text(path)
    try:
        _, faults = parse_json(text, path.name)
        if not faults:
            return _Written.model_validate_json(text)
    except InvalidInput as error:
        faults = list(error.faults)
    except ValidationError as error:
        faults = faults_of_validation(error)
    english, thai = ("; ".join(_told(fault.in_language(lang)) for fault in faults[:3]) for lang in ("en", "th"))
    remedy = both(
        "Restore it: it says which edition the calendars on phones are at. Remove it only to begin anew.",
        "นำไฟล์เดิมกลับมา ไฟล์นี้บอกว่าปฏิทินในโทรศัพท์เป็นฉบับใด ลบได้เฉพาะเมื่อจะเริ่มใหม่ทั้งหมด",
    )
    cause = both(f"It is no edition: {english}", f"ไม่ใช่บันทึกฉบับของแผน ({thai})")
    raise InvalidInput([Fault("file-unreadable", str(path), cause, remedy)])


def _told(fault: Fault) -> str:
    return fault.cause if fault.where == "input" else f"{fault.where}: {fault.cause}"  # that is: the whole file


def write_edition(edition: Edition, folder: Path) -> None:
    """Write ``edition.json``, and ``before.json`` where a plan stood before.

    Raises:
        InvalidInput: they cannot be written.
    """
    _write(edition, folder / EDITION_FILE)
    if edition.before is not None:
        write_text(folder / BEFORE_FILE, edition.before.to_json())


def _write(edition: Edition, path: Path) -> None:
    written = _Written(edition=edition.number, changed=dict(sorted(edition.changed.items())), past=edition.past,
                       notice=edition.notice)  # fmt: skip
    write_text(path, written.model_dump_json(exclude_none=True) + "\n")


def keep_past(base: Path, draft: Path) -> None:
    """Have a draft of a proposal say as well what was past when that was made, and the notice: ``draft.edition.json``.

    Raises:
        InvalidInput: it cannot be read or written.
    """
    own = _written(_edition_file(base))
    if own is not None and own.past is not None:
        _write(Edition(own.edition, own.changed, None, own.past, own.notice), _edition_file(draft))


def past_of(plan: Path, problem: Problem) -> dt.date | None:
    """The day before which all is past once the plan in this file stands; None where nothing is.

    What mends another plan says so beside it, and so does a draft of that; else the problem's ``today`` does.

    Raises:
        InvalidInput: the file that says so cannot be read.
    """
    own = _written(_edition_file(plan))
    if own is None or own.past is None:
        return problem.today
    return None if own.past == NOTHING_PAST else own.past


def noticing(plan: Path, problem: Problem) -> Problem:
    """The problem of the plan in this file with the office's own days of notice.

    Raises:
        InvalidInput: the file that says so cannot be read.
    """
    own = _written(_edition_file(plan))
    return problem if own is None or own.notice is None else with_notice(problem, own.notice)


def _edition_file(plan: Path) -> Path:
    return plan.with_name(EDITION_FILE if plan.name == PLAN_FILE else f"{plan.stem}.{EDITION_FILE}")


def parent_file(draft: Path) -> Path:
    """Where the plan that a draft was made from lies: ``draft.before.json`` beside ``draft.json``."""
    return draft.with_name(f"{draft.stem}.{BEFORE_FILE}")


def parent_of(draft: Path) -> Plan | None:
    """The plan that stood when a draft was made by hand; None where it is not written down.

    Raises:
        InvalidInput: the file that says so cannot be read.
    """
    path = parent_file(draft)
    return read_plan(path) if path.exists() else None


def changed(plan: Plan, before: Plan, problem: Problem) -> set[str]:
    """The visits of which a subscriber sees something else than before."""
    old, new = _seen(before, problem), _seen(plan, problem)
    return {visit for visit in {*old, *new} if old.get(visit) != new.get(visit)}


def concerned(plan: Plan, before: Plan, problem: Problem) -> tuple[list[str], list[str]]:
    """Officers and cooperatives whose calendar differs between two plans."""
    visits = changed(plan, before, problem)
    crews = [tour.crew for p in (plan, before) for tour in p.tours if any(s.visit in visits for s in tour.stops)]
    officers = {officer for crew in crews for officer in crew} & problem.officer_by_id.keys()
    cooperatives = {problem.visit_by_id[visit].cooperative for visit in visits if visit in problem.visit_by_id}
    return sorted(officers), sorted(cooperatives)


def _seen(plan: Plan, problem: Problem) -> dict[str, tuple[object, ...]]:
    """All that a subscriber sees of each visit."""
    return {stop.visit: appearance(plan, problem, tour, stop) for tour in plan.tours for stop in tour.stops}
