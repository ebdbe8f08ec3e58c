"""A folder for each proposal: everything that is needed to act on it, and to replan again from it later."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from api.documents import OFFICE_FILE, PLAN_FILE, PROBLEM_FILE, write_office
from api.exports.calendar import Calendar
from api.exports.editions import NOTHING_PAST, Edition, concerned, write_edition
from api.exports.feedfiles import write_feeds
from api.exports.feeds import Feeds
from api.language.teller import Teller
from api.staging import write_text
from api.telling import differences as told_differences
from api.telling.proposals import as_json
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from optimizer.comparing.differences import as_stood, differences
from optimizer.replanning.proposals import KINDS, Proposal

#: files of an earlier run that would contradict a later one written to the same folder
STALE: Final = tuple(
    f"{kind}/{files}" for kind in KINDS for files in ("feeds/officers/*.ics", "feeds/cooperatives/*.ics", "office.json")
)


@dataclass(frozen=True, slots=True)
class Before:
    """What a proposal is to take the place of: a plan with its problem, and names where they are known.

    ``edition`` is that of ``plan``; where ``plan`` is a draft, that of the plan which ``stood`` when it was made.
    ``past``: the day before which all is past, None where nothing is. ``notice``: the office's own days of notice.
    """

    plan: Plan
    problem: Problem
    office: Office | None
    edition: Edition
    past: dt.date | None
    notice: int | None
    stood: Plan | None = None


def write_proposal(proposal: Proposal, problem: Problem, before: Before, folder: Path, lang: str) -> None:
    """Write plan, problem, names, moves, the comparison with what was ``before``, and the feeds that change.

    ``problem`` is that of the proposal: what was before, with what happened since.

    Raises:
        InvalidInput: the folder cannot be written.
    """
    tell = Teller(problem, before.office, lang)
    write_text(folder / PLAN_FILE, proposal.plan.to_json())
    write_text(folder / PROBLEM_FILE, problem.to_json())
    if before.office is not None:
        write_office(folder / OFFICE_FILE, before.office)
    stood = before.stood or before.plan
    edition = replace(before.edition.next(stood, proposal.plan, problem), past=before.past or NOTHING_PAST)
    edition = replace(edition, notice=before.notice)
    write_edition(edition, folder)
    had = as_stood(before.plan, problem, before.problem)
    write_text(
        folder / "moves.json", json.dumps(as_json(proposal, tell, had.cost), ensure_ascii=False, indent=1) + "\n"
    )
    found = differences(before.plan, proposal.plan, problem, before.problem)
    write_text(folder / "changes.html", told_differences.html(found, tell, proposal))
    write_text(folder / "changes.json", told_differences.as_json(found))
    calendar = Calendar(proposal.plan, problem, before.office, lang)
    feeds = Feeds(calendar, edition.number, stood, edition.changed)
    # those for whom something changed, and nobody else: their feeds cancel and update exactly that
    write_feeds(feeds, problem, folder / "feeds", *concerned(proposal.plan, stood, problem))
