"""Lists by the page: newest first, each page after the last item of the one before."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from models.faults import Fault, InvalidInput
from models.saying import both

T = TypeVar("T")


def older(query: Select[T], table: Any, session: Session, after: str | None) -> Select[T]:
    """The query newest first, of what is older than the row with the id ``after``; all where none is named.

    Raises:
        InvalidInput: there is no such row.
    """
    if after is not None:
        last = session.get(table, after)
        if last is None:
            cause = both("The list has no item {id}.", "ในรายการไม่มี {id}", id=repr(after))
            remedy = both(
                "Take the address of the next page from the header Link, or leave after out.",
                "ใช้ที่อยู่ของหน้าถัดไปจากส่วนหัว Link หรือไม่ต้องระบุ after",
            )
            raise InvalidInput([Fault("id-unknown", "after", cause, remedy)])
        query = query.where(tuple_(table.created_at, table.id) < tuple_(last.created_at, last.id))
    return query.order_by(table.created_at.desc(), table.id.desc())
