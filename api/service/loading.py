"""Problems and plans from the database, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy.orm import Session

from api.service.errors import Refused, unknown
from api.storage import reading
from api.storage.database import Database
from api.storage.plans import REPLANS
from api.storage.problems import Stated, load_problem
from api.storage.tables import DONE, StoredPlan, StoredProblem
from models.faults import Fault
from models.plan import Plan
from models.saying import both


def plan_missing(row: StoredPlan) -> Refused:
    """The run has no plan: none yet, none at all, or proposals instead."""
    proposed = REPLANS in row.request and row.state == DONE
    if proposed:
        cause = both("The run has proposals, and no plan of its own.", "งานนี้มีข้อเสนอ แต่ไม่มีแผนของตัวเอง")
        remedy = both("Choose one of its proposals.", "เลือกข้อเสนอหนึ่งของงานนี้ (proposals)")
    else:
        cause = both(f"The run is {row.state} and has no plan.", f"งานนี้ยังไม่มีแผน (สถานะ {row.state})")
        remedy = both("Wait for it, or run it again.", "รอให้เสร็จ หรือสั่งใหม่")
    return Refused(409, Fault("plan-missing", "plan", cause, remedy))


def load_stated(session: Session, id: str) -> Stated:
    """The problem of this id, with its office.

    Raises:
        Refused: there is none.
    """
    stated = load_problem(session, id)
    if stated is None:
        raise unknown("problem")
    return stated


def load_plan(session: Session, id: str) -> Plan:
    """The plan of a run that has one.

    Raises:
        Refused: there is no such run, or it has no plan.
    """
    found = reading.plan_text(session, id)
    if found is None or found[1] is None:
        raise unknown("plan")
    return _parsed(found[1])


@lru_cache(maxsize=8)
def _parsed(text: str) -> Plan:
    """The plan that a text says: what is made of one plan by many is made of one object."""
    return Plan.model_validate_json(text)


def load_planned(database: Database, id: str) -> tuple[StoredPlan, Stated, Plan]:
    """A run that has a plan, the problem, and the plan.

    Raises:
        Refused: there is no such run, or it has no plan.
    """
    with database.read() as session:
        row = session.get(StoredPlan, id)
        if row is None:
            raise unknown("plan")
        if row.summary is None:
            raise plan_missing(row)
        return row, load_stated(session, row.problem_id), load_plan(session, id)


@dataclass(frozen=True, slots=True)
class Texts:
    """A plan as it is kept: its problem, the JSON texts of problem, office and plan, and the id of the problem kept.

    ``stands``: it is or was published, and is told as people act on it. Two are alike where their texts are: of what
    the texts were read as, arrays that were worked out since cannot be compared.
    """

    stated: Stated = field(compare=False)
    texts: tuple[str, str | None, str]
    problem: str
    stands: bool = False


def load_texts(database: Database, id: str) -> Texts:
    """A plan as it is kept.

    Raises:
        Refused: there is no such run, or it has no plan.
    """
    with database.read() as session:
        found = reading.plan_text(session, id)
        if found is None:
            raise unknown("plan")
        row, plan = found
        if plan is None:
            raise plan_missing(row)
        stated, kept = load_stated(session, row.problem_id), session.get_one(StoredProblem, row.problem_id)
        return Texts(stated, (kept.problem, kept.office, plan), row.problem_id)
