"""Problems: posted as problem JSON, as an office's tables in JSON, or as an office's workbook."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.formats import XLSX
from api.language.lang import Lang
from api.service.access import SMALL_BODY, At, Door, Planner, Watcher, most_bytes
from api.service.documents import answered
from api.service.errors import FaultShape, Refused, Unsound, documented, language_of, shape_of
from api.service.examples import PROBLEM
from api.service.loading import load_stated
from api.service.paging import After, Limit, linked
from api.service.reading import Posted, posted, read_posted, read_tables
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage.database import Database
from api.storage.problems import keep_problem, load_problem, newest_problems, season_start
from api.storage.publications import publication
from api.storage.tables import StoredPlan, StoredProblem
from api.storage.what_ifs import make_real
from models.faults import Fault
from models.gathering import gathered
from models.saying import both

#: seconds that reading what is posted may take
READING = 30.0
#: values of a problem that is read at once; of more of them each may be wrong, and nobody else is answered meanwhile
FEW_VALUES = 1_000
#: characters of a file's name that are told
_LONGEST_NAME = 200

router = APIRouter(prefix="/v1/problems", tags=["problems"], route_class=Door)


class ProblemKept(BaseModel):
    """A problem that is sound; ``id`` and ``address`` are absent where it was only checked.

    ``mends``: the published plan, where it is of the same quarter: replanned with this ``problem``, what stands
    is kept.
    """

    id: str | None
    address: str | None
    name: str
    hash: str
    workdays: int
    officers: int
    cooperatives: int
    visits: int
    created_at: dt.datetime | None = None
    mends: str | None = None
    warnings: list[FaultShape] = []


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
                XLSX: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
@most_bytes(lambda at: at.settings.most_bytes)
async def post_problem(
    request: Request,
    response: Response,
    at: At,
    token: Planner,
    dry_run: Annotated[bool, Query()] = False,
    phase: Annotated[
        Literal["visits", "preparation"], Query(description="Of an office: its visits, or those that prepare them.")
    ] = "visits",
    content_disposition: Annotated[
        str | None,
        Header(max_length=2_000, description="The workbook's `filename`, which faults then name."),
    ] = None,
) -> ProblemKept:
    """Keep a problem, or with ``dry_run`` only check it. Everything that is wrong with it is told at once.

    The id follows from the content: posting the same again keeps one and answers 200.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("application/json", XLSX):
        remedy = both(f"Send application/json or {XLSX}.", "ส่งสมุดงาน .xlsx หรือ JSON")
        cause = both(f"It is {media!r}.", f"ระบุไว้ {media!r}")
        raise Refused(415, Fault("media-unknown", "Content-Type", cause, remedy))
    body = await request.body()
    named = () if (file := _file_name(content_disposition)) is None else (file,)
    read = await run_in_threadpool(_read, at, media, body, phase, *named)
    if dry_run:
        response.status_code = 200
        return _told(read, language_of(request))
    keep = kept_beside if phase == "visits" else kept
    return await run_in_threadpool(keep, at, read, response, language_of(request))


#: what it answers that keeps a problem by the content that it has
KEPT_BEFORE: dict[int | str, dict[str, Any]] = {200: {"model": ProblemKept, "description": "It was kept before"}}


@router.post("/sample", status_code=201, responses=documented(401, 403, 404) | KEPT_BEFORE)
def post_sample(response: Response, at: At, token: Planner) -> ProblemKept:
    """Keep the sample office: real places, made-up cooperatives and officers."""
    from patithin.samples import samples  # only now: it takes its time to load

    return kept_beside(at, posted(*read_tables(samples()["khonkaen"])), response, "en")


def _file_name(disposition: str | None) -> str | None:
    """The name of the file that a header Content-Disposition tells, without its folders; None where it tells none."""
    found = re.search(r"filename\*=UTF-8''([^;\s]+)", disposition or "", re.IGNORECASE)
    name = unquote(found[1], errors="replace") if found else ""
    if not name:
        plain = re.search(r'filename="?([^";]+)"?', disposition or "", re.IGNORECASE)
        name = plain[1] if plain else ""
    last = "".join(each for each in re.split(r"[/\\]", name)[-1] if each.isprintable()).strip()
    return last[:_LONGEST_NAME] or None


def _read(at: Service, media: str, body: bytes, phase: Literal["visits", "preparation"], *name: str) -> Posted:
    """What was posted, under the ``name`` of its file where one is told; what may take long is read aside."""
    if media == "application/json" and len(body) <= SMALL_BODY and body.count(b",") < FEW_VALUES:
        read = read_posted(media, body, phase, *name)
    else:
        read = at.aside.ask("posted", "api.service.reading:read_posted", media, body, phase, *name, seconds=READING)
    if isinstance(read, Posted):
        return read
    raise Unsound(read.faults, read.sheets)


def _told(read: Posted, lang: str) -> ProblemKept:
    understood = [one for one in read.warnings if one.code == "value-understood"]  # a cell each, as it was read
    doubtful = gathered(one for one in read.warnings if one.code != "value-understood")
    return ProblemKept(
        id=None, address=None, name=read.kept.name, hash=read.hash, workdays=read.workdays, officers=read.officers,
        cooperatives=read.cooperatives, visits=read.visits,
        warnings=[FaultShape.model_validate(shape_of(warning, lang)) for warning in (*doubtful, *understood)],
    )  # fmt: skip


def kept(at: Service, read: Posted, response: Response, lang: str) -> ProblemKept:
    """Keep what was read, and tell of it."""
    row, new = keep_problem(at.database, read.kept)
    if not new:  # it may have been made as a what-if before
        with at.database.write() as session:
            make_real(session, row.id)
    return kept_as(row, new, read, response, lang)


def kept_beside(at: Service, read: Posted, response: Response, lang: str) -> ProblemKept:
    """Keep what was read of an office's visits, and tell which published plan it may mend."""
    told = kept(at, read, response, lang)
    with at.database.read() as session:
        made = publication(session)
        stated = load_problem(session, session.get_one(StoredPlan, made.plan_id).problem_id) if made else None
    same = stated is not None and season_start(stated.problem) == read.first
    return told.model_copy(update={"mends": made.plan_id}) if made and same else told


def kept_as(row: StoredProblem, new: bool, read: Posted, response: Response, lang: str) -> ProblemKept:
    """What is told of a problem that is kept as ``row``, ``new`` or as it was; status and address go into the
    ``response``."""
    response.status_code = 201 if new else 200
    address = response.headers["Location"] = f"/v1/problems/{row.id}"
    return _told(read, lang).model_copy(update={"id": row.id, "address": address, "created_at": row.created_at})


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


@router.get(
    "/template",
    response_class=Response,
    responses=documented(401, 403, 422)
    | {200: {"description": "The workbook", "content": {XLSX: {"schema": {"type": "string"}}}}},
)
def get_template(request: Request, at: At, token: Planner, lang: Spoken) -> Response:
    """The empty workbook of an office: every sheet and heading that is read, with drop-downs and notes."""
    document = at.shelf.get(("template", lang), partial(_template, lang))
    return answered(request, document, XLSX, {"Content-Disposition": 'attachment; filename="office.xlsx"'})


def _template(lang: Lang) -> bytes:
    from models.template import write_template  # only now: it takes its time to load

    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        path = Path(folder) / "office.xlsx"
        write_template(path, lang.value)
        return path.read_bytes()


@router.get("/{id}", responses=documented(401, 403, 404), response_class=Response)
def get_problem(id: str, request: Request, at: At, token: Watcher) -> Response:
    """The problem as it is solved: problem.json of the contract."""
    return answered(request, at.shelf.get(("problem", id), partial(_drawn, at.database, id)), "application/json")


def _drawn(database: Database, id: str) -> bytes:
    with database.read() as session:
        stated = load_stated(session, id)
    return stated.problem.to_json().encode()
