"""Lists by the page: newest first, each page after the last item of the one before."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

T = TypeVar("T")


def older(query: Select[T], table: Any, session: Session, after: str | None) -> Select[T]:
    """The query newest first, of what is older than the row with the id ``after``; all where there is no such row."""
    last = session.get(table, after) if after is not None else None
    if last is not None:
        query = query.where(tuple_(table.created_at, table.id) < tuple_(last.created_at, last.id))
    return query.order_by(table.created_at.desc(), table.id.desc())
