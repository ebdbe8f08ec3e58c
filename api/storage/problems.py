"""Problems as they are kept: under an id that follows from their content, so that posting twice keeps one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.tables import StoredProblem, now
from models.office import Office
from models.problem import Problem


@dataclass(frozen=True, slots=True)
class Stated:
    """A problem and, where it came from tables, its office."""

    problem: Problem
    office: Office | None


def keep_problem(database: Database, stated: Stated) -> tuple[StoredProblem, bool]:
    """The kept problem, and whether it is new."""
    office, id_ = _office_text(stated), id_of(stated)
    with database.read() as session:
        known = session.get(StoredProblem, id_)
    if known is not None:
        return known, False
    text = stated.problem.model_dump_json(by_alias=True, exclude_none=True)
    row = StoredProblem(id=id_, name=stated.problem.name, problem=text, office=office, created_at=now())
    try:
        with database.write() as session:
            session.add(row)
    except IntegrityError:  # somebody else posted the same in the meantime
        with database.read() as session:
            return session.get_one(StoredProblem, id_), False
    return row, True


def id_of(stated: Stated) -> str:
    """The id that follows from the content."""
    return hashlib.sha256((stated.problem.hash + (_office_text(stated) or "")).encode()).hexdigest()[:16]


def _office_text(stated: Stated) -> str | None:
    return stated.office.model_dump_json(by_alias=True, exclude_none=True) if stated.office else None


def load_problem(session: Session, id_: str) -> Stated | None:
    """The problem with its office; None where there is none of this id."""
    row = session.get(StoredProblem, id_)
    return None if row is None else _parsed(row.id, row.problem, row.office)


@lru_cache(maxsize=8)
def _parsed(_id: str, problem: str, office: str | None) -> Stated:
    return Stated(Problem.model_validate_json(problem), None if office is None else Office.model_validate_json(office))
