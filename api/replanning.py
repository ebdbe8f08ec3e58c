"""A folder for each proposal: everything that is needed to act on it, and to replan again from it later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from api.documents import OFFICE_FILE, PLAN_FILE, PROBLEM_FILE, write_office
from api.exports.calendar import Calendar
from api.exports.feeds import Feeds, appearance
from api.staging import write_text
from api.telling import differences as told_differences
from api.telling.proposals import as_json
from api.telling.sentences import Teller
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from models.referee import cost
from optimizer.comparing.differences import differences
from optimizer.replanning.proposals import Proposal

EDITION_FILE: Final = "edition.json"
#: files of an earlier run that would contradict a later one written to the same folder
STALE: Final = ("*/feeds/officers/*.ics", "*/feeds/cooperatives/*.ics")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of a calendar a plan is: 0 for one that no replanning made. ``changed``: the edition in which each
    visit that is not as it first was changed last."""

    number: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)

    def next(self, before: Plan, after: Plan, problem: Problem) -> Edition:
        """The edition of ``after``, which takes the place of ``before``."""
        number = self.number + 1
        return Edition(number, {**self.changed, **dict.fromkeys(changed(after, before, problem), number)})


def edition_of(folder: Path) -> Edition:
    """The edition that a folder's plan is."""
    path = folder / EDITION_FILE
    if not path.exists():
        return Edition()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        named = {str(visit): int(number) for visit, number in data.get("changed", {}).items()}
        return Edition(max(0, int(data["edition"])), named)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Edition()


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
) -> None:
    """Write plan, problem, names, moves, the comparison with the plan ``before``, and the feeds that change.

    ``edition`` is that of the plan ``before``.

    Raises:
        InvalidInput: the folder cannot be written.
    """
    tell = Teller(problem, office, lang)
    write_text(folder / PLAN_FILE, proposal.plan.to_json())
    write_text(folder / PROBLEM_FILE, problem.to_json())
    if office is not None:
        write_office(folder / OFFICE_FILE, office)
    following = edition.next(before, proposal.plan, problem)
    written = {"edition": following.number, "changed": dict(sorted(following.changed.items()))}
    write_text(folder / EDITION_FILE, json.dumps(written) + "\n")
    write_text(folder / "moves.json", json.dumps(as_json(proposal, tell), ensure_ascii=False, indent=1) + "\n")
    # what the published plan would cost by the same account, had it stood
    priced = before.model_copy(update={"cost": cost(problem, before)})
    found = differences(priced, proposal.plan, problem, former)
    write_text(folder / "changes.html", told_differences.html(found, tell, proposal))
    write_text(folder / "changes.json", told_differences.as_json(found))
    _feeds(proposal.plan, problem, before, office, folder / "feeds", lang, following)


def _feeds(
    plan: Plan, problem: Problem, before: Plan, office: Office | None, folder: Path, lang: str, edition: Edition
) -> None:
    """The feeds of those for whom something changed; they cancel and update exactly that."""
    feeds = Feeds(Calendar(plan, problem, office, lang), edition.number, before, edition.changed)
    officers, hosts = concerned(plan, before, problem)
    for officer in officers:
        _write(folder / "officers" / f"{officer}.ics", feeds.feed(officer=officer))
    for host in hosts:
        _write(folder / "cooperatives" / f"{host}.ics", feeds.feed(cooperative=host))


def concerned(plan: Plan, before: Plan, problem: Problem) -> tuple[list[str], list[str]]:
    """Officers and cooperatives whose calendar differs between two plans."""
    visits = changed(plan, before, problem)
    crews = [tour.crew for p in (plan, before) for tour in p.tours if any(s.visit in visits for s in tour.stops)]
    officers = {officer for crew in crews for officer in crew} & problem.officer_by_id.keys()
    hosts = {problem.visit_by_id[visit].cooperative for visit in visits if visit in problem.visit_by_id}
    return sorted(officers), sorted(hosts)


def changed(plan: Plan, before: Plan, problem: Problem) -> set[str]:
    """The visits of which a subscriber sees something else than before."""
    old, new = _seen(before, problem), _seen(plan, problem)
    return {visit for visit in {*old, *new} if old.get(visit) != new.get(visit)}


def _seen(plan: Plan, problem: Problem) -> dict[str, tuple[object, ...]]:
    """All that a subscriber sees of each visit."""
    return {stop.visit: appearance(plan, problem, tour, stop) for tour in plan.tours for stop in tour.stops}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
