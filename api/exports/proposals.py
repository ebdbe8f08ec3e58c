"""A folder for each proposal: everything that is needed to act on it, and to replan again from it later."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
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


def write_proposal(
    proposal: Proposal,
    problem: Problem,
    former: Problem,
    before: Plan,
    office: Office | None,
    folder: Path,
    *,
    lang: str,
    edition: Edition,
    past: dt.date | None,
    stood: Plan | None = None,
) -> None:
    """Write plan, problem, names, moves, the comparison with the plan ``before``, and the feeds that change.

    ``edition`` is that of the plan ``before``, or of the plan that ``stood`` where ``before`` is a draft made from it;
    ``past`` the day before which all is past, None where nothing is.

    Raises:
        InvalidInput: the folder cannot be written.
    """
    tell = Teller(problem, office, lang)
    write_text(folder / PLAN_FILE, proposal.plan.to_json())
    write_text(folder / PROBLEM_FILE, problem.to_json())
    if office is not None:
        write_office(folder / OFFICE_FILE, office)
    following = edition.next(stood or before, proposal.plan, problem)
    write_edition(replace(following, past=past or NOTHING_PAST), folder)
    had = as_stood(before, problem, former)
    write_text(
        folder / "moves.json", json.dumps(as_json(proposal, tell, had.cost), ensure_ascii=False, indent=1) + "\n"
    )
    found = differences(before, proposal.plan, problem, former)
    write_text(folder / "changes.html", told_differences.html(found, tell, proposal))
    write_text(folder / "changes.json", told_differences.as_json(found))
    _feeds(proposal.plan, problem, stood or before, office, folder / "feeds", lang, following)


def _feeds(
    plan: Plan, problem: Problem, before: Plan, office: Office | None, folder: Path, lang: str, edition: Edition
) -> None:
    """The feeds of those for whom something changed; they cancel and update exactly that."""
    feeds = Feeds(Calendar(plan, problem, office, lang), edition.number, before, edition.changed)
    officers, cooperatives = concerned(plan, before, problem)
    write_feeds(feeds, problem, folder, officers, cooperatives)
