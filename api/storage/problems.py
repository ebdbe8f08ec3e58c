"""Problems as they are kept: under an id that follows from their content, so that posting twice keeps one."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from pydantic_core import PydanticSerializationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, load_only

from api.storage.database import Database
from api.storage.paging import older
from api.storage.tables import StoredProblem, StoredTables, now
from models.faults import Fault, InvalidInput
from models.office import Office
from models.problem import Problem
from models.saying import both, said


@dataclass(frozen=True, slots=True)
class Tables:
    """An office's tables as ``visit-office/1``, and the ``workbook`` that they came in, where they did."""

    document: str
    workbook: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A problem and, where it came from tables, its office; ``tables`` are these, if at hand."""

    problem: Problem
    office: Office | None
    tables: Tables | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A problem as it is kept: the JSON texts of problem and office, under an id that follows from the content."""

    id: str
    name: str
    problem: str
    office: str | None
    tables: Tables | None = None


def season_start(problem: Problem) -> dt.date:
    """The first workday, by which quarters are told apart."""
    return problem.workdays[0] if problem.workdays else dt.date(1970, 1, 1)


def kept_of(stated: Stated) -> Kept:
    """The texts of a problem."""
    text = stated.problem.model_dump_json(by_alias=True, exclude_none=True)
    return Kept(id_of(stated), stated.problem.name, text, _office_text(stated), stated.tables)


def keep_problem(database: Database, problem: Stated | Kept) -> tuple[StoredProblem, bool]:
    """The kept problem, and whether it is new."""
    kept = problem if isinstance(problem, Kept) else kept_of(problem)
    with database.read() as session:
        known = session.get(StoredProblem, kept.id)
        wanted = kept.tables is not None and _tables(session.get(StoredTables, kept.id)) != kept.tables
    if known is not None and not wanted:
        return known, False
    with database.write() as session:
        return put_problem(session, kept)


def put_problem(session: Session, problem: Stated | Kept) -> tuple[StoredProblem, bool]:
    """:func:`keep_problem` within a transaction; it does not matter who else keeps the same now."""
    kept = problem if isinstance(problem, Kept) else kept_of(problem)
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    values = {"id": kept.id, "name": kept.name, "problem": kept.problem, "office": kept.office}
    done = session.execute(
        insert(StoredProblem).values(**values, created_at=now()).on_conflict_do_nothing().returning(StoredProblem.id)
    )
    new = done.scalar() is not None
    if kept.tables is not None:  # the newest of those that make the same problem: notes and own columns differ
        tables = {"document": kept.tables.document, "workbook": kept.tables.workbook, "created_at": now()}
        session.execute(
            insert(StoredTables).values(problem_id=kept.id, office=_hash(kept.office), **tables)
            .on_conflict_do_update(index_elements=["problem_id"], set_=tables)
        )  # fmt: skip
    return session.get_one(StoredProblem, kept.id), new


def id_of(stated: Stated) -> str:
    """The id that follows from the content."""
    return hashlib.sha256((stated.problem.hash + (_office_text(stated) or "")).encode()).hexdigest()[:16]


def _office_text(stated: Stated) -> str | None:
    try:
        return stated.office.model_dump_json(by_alias=True, exclude_none=True) if stated.office else None
    except (PydanticSerializationError, RecursionError):
        cause = both("It is nested too deeply.", "ซ้อนกันลึกเกินไป")
        remedy = both("Export the districts as plain GeoJSON.", "ส่งออกเขตอำเภอเป็น GeoJSON ธรรมดา")
        fault = Fault("field-value", "map", cause, remedy)
        raise InvalidInput([fault]) from None


def _hash(office: str | None) -> str:
    return hashlib.sha256((office or "").encode()).hexdigest()


def own_tables(session: Session, id_: str) -> Tables | None:
    """The tables that a problem was made from, with nothing changed since; None where there are none."""
    return _tables(session.get(StoredTables, id_))


def tables_of(session: Session, id_: str) -> Tables | None:
    """The tables that a problem was made from, else the newest ones with the same office; None where there are none."""
    if (own := own_tables(session, id_)) is not None:
        return own
    problem = session.get(StoredProblem, id_)
    if problem is None or problem.office is None:
        return None
    same = select(StoredTables).where(StoredTables.office == _hash(problem.office))
    return _tables(session.scalar(same.order_by(StoredTables.created_at.desc(), StoredTables.problem_id).limit(1)))


def _tables(row: StoredTables | None) -> Tables | None:
    return None if row is None else Tables(row.document, row.workbook)


def without_tables() -> InvalidInput:
    """A problem has no tables, so that nothing can be made of them."""
    cause = said("The office's tables are not at hand: the problem was posted without them.")
    remedy = said("Load the office's workbook, and name the problem that it becomes.")
    return InvalidInput([Fault("file-missing", "problem", cause, remedy)])


def load_problem(session: Session, id_: str) -> Stated | None:
    """The problem with its office; None where there is none of this id."""
    row = session.get(StoredProblem, id_)
    return None if row is None else _parsed(row.id, row.problem, row.office)


@lru_cache(maxsize=8)
def _parsed(_id: str, problem: str, office: str | None) -> Stated:
    return Stated(Problem.model_validate_json(problem), None if office is None else Office.model_validate_json(office))


def newest_problems(session: Session, after: str | None, most: int) -> list[StoredProblem]:
    """The newest problems without their texts; those older than ``after`` where one is named."""
    slim = load_only(StoredProblem.id, StoredProblem.name, StoredProblem.created_at)
    return list(session.scalars(older(select(StoredProblem).options(slim), StoredProblem, session, after).limit(most)))
