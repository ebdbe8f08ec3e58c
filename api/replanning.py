"""A folder for each proposal: everything that is needed to act on it, and to replan again from it later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from api.documents import OFFICE_FILE, PLAN_FILE, PROBLEM_FILE, write_office
from api.exports.calendar import Calendar
from api.exports.feeds import Feeds
from api.staging import write_text
from api.telling import differences as told_differences
from api.telling.proposals import as_json
from api.telling.sentences import Teller
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from models.referee import cost
from optimizer.comparing.differences import differences
from optimizer.replanning.proposing import Proposal

EDITION_FILE: Final = "edition.json"


def edition_of(folder: Path) -> int:
    """The number of the edition that a folder's plan is: 0 for a plan that no replanning made."""
    path = folder / EDITION_FILE
    if not path.exists():
        return 0
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return max(0, int(data["edition"]))
    except (ValueError, KeyError, TypeError):
        return 0


def write_proposal(
    proposal: Proposal,
    problem: Problem,
    former: Problem,
    before: Plan,
    office: Office | None,
    folder: Path,
    *,
    lang: str,
    edition: int,
) -> None:
    """Write plan, problem, names, moves, the comparison with the plan ``before``, and the feeds that change.

    Raises:
        InvalidInput: the folder cannot be written.
    """
    tell = Teller(problem, office, lang)
    write_text(folder / PLAN_FILE, proposal.plan.to_json())
    write_text(folder / PROBLEM_FILE, problem.to_json())
    if office is not None:
        write_office(folder / OFFICE_FILE, office)
    write_text(folder / EDITION_FILE, json.dumps({"edition": edition}) + "\n")
    write_text(folder / "moves.json", json.dumps(as_json(proposal, tell), ensure_ascii=False, indent=1) + "\n")
    # what the published plan would cost by the same account, had it stood
    priced = before.model_copy(update={"cost": cost(problem, before)})
    found = differences(priced, proposal.plan, problem, former)
    write_text(folder / "changes.html", told_differences.html(found, tell, proposal))
    write_text(folder / "changes.json", told_differences.as_json(found))
    _feeds(proposal.plan, problem, before, office, folder / "feeds", lang, edition)


def _feeds(
    plan: Plan, problem: Problem, before: Plan, office: Office | None, folder: Path, lang: str, edition: int
) -> None:
    """The feeds of those for whom something changed; they cancel and update exactly that."""
    feeds = Feeds(Calendar(plan, problem, office, lang), edition, before)
    officers, hosts = concerned(plan, before, problem)
    for officer in officers:
        _write(folder / "officers" / f"{officer}.ics", feeds.feed(officer=officer))
    for host in hosts:
        _write(folder / "cooperatives" / f"{host}.ics", feeds.feed(cooperative=host))


def concerned(plan: Plan, before: Plan, problem: Problem) -> tuple[list[str], list[str]]:
    """Officers and cooperatives whose calendar differs between two plans."""
    old, new = _seen(before, problem), _seen(plan, problem)
    changed = {visit for visit in {*old, *new} if old.get(visit) != new.get(visit)}
    crews = [tour.crew for p in (plan, before) for tour in p.tours if any(s.visit in changed for s in tour.stops)]
    officers = {officer for crew in crews for officer in crew} & problem.officer_by_id.keys()
    hosts = {problem.visit_by_id[visit].cooperative for visit in changed if visit in problem.visit_by_id}
    return sorted(officers), sorted(hosts)


def _seen(plan: Plan, problem: Problem) -> dict[str, tuple[object, ...]]:
    """All that a subscriber sees of each visit."""
    found: dict[str, tuple[object, ...]] = {}
    for tour in plan.tours:
        for stop in tour.stops:
            visit = problem.visit_by_id.get(stop.visit)
            lead = plan.leads.get(visit.cooperative) if visit else None
            found[stop.visit] = (tour.date, stop.start, stop.end, tour.crew, tour.depart, tour.return_, lead)
    return found


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
