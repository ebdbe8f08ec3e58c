"""Changed copies of an office: what is planned for them is not the office's calendar until somebody says so."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.storage.database import Database
from api.storage.problems import Kept, Stated, put_problem
from api.storage.tables import StoredProblem, WhatIf


def keep_what_if(database: Database, problem: Stated | Kept, base: str) -> tuple[StoredProblem, bool]:
    """The changed copy ``problem`` of the problem ``base`` as it is kept, and whether it is new.

    One that was kept before stays what it was: a change that changes nothing makes no copy.
    """
    with database.write() as session:
        row, new = put_problem(session, problem)
        if new:
            session.add(WhatIf(problem_id=row.id, base_id=base))
        return row, new


def put_derived(session: Session, stated: Stated, parent: str) -> StoredProblem:
    """A problem that goes on from ``parent``, by pins or by what happened: a copy where the parent is one."""
    row, new = put_problem(session, stated)
    known = session.get(WhatIf, parent)
    if new and known is not None:
        session.add(WhatIf(problem_id=row.id, base_id=known.base_id))
    return row


def base_of(session: Session, problem: str) -> str | None:
    """The id of the problem that this one is a changed copy of; None where it is none."""
    known = session.get(WhatIf, problem)
    return None if known is None else known.base_id


def bases(session: Session, problems: Collection[str]) -> dict[str, str]:
    """Those of the problems that are changed copies, with the id of what each is a copy of."""
    copies = select(WhatIf.problem_id, WhatIf.base_id).where(WhatIf.problem_id.in_(problems))
    return {row.problem_id: row.base_id for row in session.execute(copies)}


def make_real(session: Session, problem: str) -> None:
    """The problem is the office itself from now on."""
    session.execute(delete(WhatIf).where(WhatIf.problem_id == problem))
