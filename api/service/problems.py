"""Problems: posted as problem JSON, as an office's tables in JSON, or as an office's workbook."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.service.access import At, Door, Planner, Watcher, most_bytes
from api.service.documents import told
from api.service.errors import Refused, documented, unknown
from api.service.examples import PROBLEM
from api.service.paging import After, Limit, linked
from api.storage.database import Database
from api.storage.problems import Stated, keep_problem, load_problem, newest_problems
from models.faults import Fault, InvalidInput
from models.problem import PROBLEM_FORMAT
from models.reading import read_problem

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(prefix="/v1/problems", tags=["problems"], route_class=Door)


class ProblemKept(BaseModel):
    """A problem that is sound; ``id`` and ``address`` are absent where it was only checked."""

    id: str | None
    address: str | None
    name: str
    hash: str
    workdays: int
    officers: int
    cooperatives: int
    visits: int
    created_at: dt.datetime | None = None


@router.post(
    "",
    status_code=201,
    response_model=ProblemKept,
    responses=documented(401, 403, 413, 415, 422)
    | {200: {"model": ProblemKept, "description": "Checked only, or kept before"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemOrOffice"},
                    "example": PROBLEM,
                },
                WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
@most_bytes(lambda at: at.settings.most_bytes)
async def post_problem(
    request: Request, response: Response, at: At, token: Planner, dry_run: Annotated[bool, Query()] = False
) -> ProblemKept:
    """Keep a problem, or with ``dry_run`` only check it. Everything that is wrong with it is told at once.

    The id follows from the content: posting the same again keeps one and answers 200.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    stated = await run_in_threadpool(_stated, media, body)
    problem = stated.problem
    kept = ProblemKept(
        id=None, address=None, name=problem.name, hash=problem.hash, workdays=len(problem.workdays),
        officers=len(problem.officers), cooperatives=len(problem.cooperatives), visits=len(problem.visits),
    )  # fmt: skip
    if dry_run:
        response.status_code = 200
        return kept
    row, new = await run_in_threadpool(keep_problem, at.database, stated)
    response.status_code = 201 if new else 200
    address = response.headers["Location"] = f"/v1/problems/{row.id}"
    return kept.model_copy(update={"id": row.id, "address": address, "created_at": row.created_at})


class ProblemListed(BaseModel):
    """A problem that is kept."""

    id: str
    name: str
    created_at: dt.datetime


@router.get("", responses=documented(401, 403, 422))
def list_problems(
    request: Request, response: Response, at: At, token: Watcher, limit: Limit = 50, after: After = None
) -> list[ProblemListed]:
    """The problems that are kept, the newest first."""
    with at.database.read() as session:
        rows = newest_problems(session, after, limit)
    linked(request, response, "after", rows[-1].id if len(rows) == limit else None)
    return [ProblemListed(id=row.id, name=row.name, created_at=row.created_at) for row in rows]


@router.get("/{id}", responses=documented(401, 403, 404), response_class=Response)
def get_problem(id: str, request: Request, at: At, token: Watcher) -> Response:
    """The problem as it is solved: problem.json of the contract."""
    return told(request, at.shelf.get(("problem", id), partial(_drawn, at.database, id)), "application/json")


def _drawn(database: Database, id: str) -> bytes:
    with database.read() as session:
        stated = load_problem(session, id)
    if stated is None:
        raise unknown("problem")
    return stated.problem.to_json().encode()


def _stated(media: str, body: bytes) -> Stated:
    from models.intake.document import OFFICE_FORMAT, read_document  # only now: it takes its time to load

    if media == WORKBOOK:
        return _from_workbook(body)
    if media != "application/json":
        fault = Fault("media-unknown", "Content-Type", f"It is {media!r}.", f"Send application/json or {WORKBOOK}.")
        raise Refused(415, fault)
    try:
        data: Any = json.loads(body)
    except json.JSONDecodeError as error:
        where = f"body, line {error.lineno}, column {error.colno}"
        raise InvalidInput([Fault("json-syntax", where, f"It is not JSON: {error.msg}.", "Mend it there.")]) from None
    except (ValueError, RecursionError) as error:
        fault = Fault("json-syntax", "body", f"It is not JSON: {type(error).__name__}.", "Send UTF-8 JSON.")
        raise InvalidInput([fault]) from None
    if not isinstance(data, dict):
        fault = Fault("json-shape", "body", "The JSON is not an object.", f"Send {PROBLEM_FORMAT} or {OFFICE_FORMAT}.")
        raise InvalidInput([fault])
    if data.get("format") == OFFICE_FORMAT:
        book = read_document(data)
        return Stated(book.problem, book.office)
    return Stated(read_problem(data), None)


def _from_workbook(body: bytes) -> Stated:
    """The office in a workbook; it is weighed before it is unpacked, see :mod:`models.intake.workbook`."""
    from models.intake import read_office

    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(body)
        try:
            book = read_office(path)
        except InvalidInput as error:
            raise InvalidInput(
                Fault(f.code, f.where.replace(str(path), path.name), f.cause, f.remedy) for f in error.faults
            ) from None
    return Stated(book.problem, book.office)
