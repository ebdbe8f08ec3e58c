"""What whoever sets up an office asks for: the empty workbook, and what a range of days written by hand means."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.service.access import At, Door, Planner
from api.service.documents import told
from api.service.errors import documented
from api.service.formats import Lang
from models.faults import Fault, InvalidInput

router = APIRouter(prefix="/v1", tags=["beginning"], route_class=Door)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DaysAnswer(BaseModel):
    """The days meant, ascending, and the first and last of them."""

    first: dt.date
    last: dt.date
    days: list[dt.date]


@router.get(
    "/template",
    response_class=Response,
    responses=documented(401, 403, 422)
    | {200: {"description": "The workbook", "content": {WORKBOOK: {"schema": {"type": "string"}}}}},
)
def empty_workbook(request: Request, at: At, token: Planner, lang: Lang = Lang.th) -> Response:
    """The empty workbook of an office, with every sheet and heading, notes and drop-downs."""
    name = {Lang.th: "office-th.xlsx", Lang.en: "office.xlsx"}[lang]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return told(request, at.shelf.get(("template", lang), partial(_template, lang.value)), WORKBOOK, headers)


def _template(lang: str) -> bytes:
    from models.template import write_template  # only now: it takes its time to load

    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        path = Path(folder) / "office.xlsx"
        write_template(path, lang)
        return path.read_bytes()


@router.get("/days", responses=documented(401, 403, 422))
def days(
    at: At,
    token: Planner,
    text: Annotated[str, Query(min_length=1, max_length=200, examples=["3–7 ก.ย. 2555"])],
) -> DaysAnswer:
    """The days that a text means, read as cells of an office's tables are: Buddhist years, Thai months, ranges."""
    from models.intake.values import CellError, dates

    try:
        found = dates(text)
    except CellError as error:
        raise InvalidInput([Fault("cell-value", "text", error.cause, error.remedy)]) from None
    if not found:
        raise InvalidInput([Fault("cell-value", "text", "It names no day.", "Write 3 ก.ย. 2555 or 2012-09-03.")])
    return DaysAnswer(first=found[0], last=found[-1], days=list(found))
