"""Publishing: which plan people act on, version by version, and going back to an earlier one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from api.language.lang import Lang
from api.service.access import At, Door, Planner, Watcher
from api.service.bell import NEWS
from api.service.calendars import require_plan
from api.service.errors import Refused, documented, unknown
from api.service.examples import shown
from api.service.loading import load_planned
from api.service.paging import Limit, linked
from api.service.queries import Whole
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage.database import Database
from api.storage.drafts import broken_in, draft_of
from api.storage.publications import Overtaken, first_versions, publication, publish, versions
from api.storage.tables import Publication, StoredPlan, Token
from api.storage.what_ifs import base_of
from models.faults import Fault
from models.plan import Plan
from models.saying import both
from optimizer.comparing.differences import Difference, differences

router = APIRouter(prefix="/v1", tags=["publishing"], route_class=Door)

#: at most so many changes are listed when a publication was overtaken
MOST_CHANGES = 50

Version = Annotated[Whole, Path(ge=1, lt=2**31)]


class PublishRequest(BaseModel, extra="forbid", strict=True):
    """``replaces``: the version that the planner saw and means to replace; 0 where nothing was published.

    ``what_if``: it is known that the plan is of a changed copy of the office, and the office is so from now on.
    """

    model_config = shown(replaces=0)

    replaces: Annotated[int, Field(ge=0, lt=2**31)]
    what_if: bool = False


class Published(BaseModel):
    """A version of the published calendar."""

    version: int
    plan: str
    published_at: dt.datetime


class VersionAnswer(Published):
    """A version, who published it, and which earlier version it restores, if it does."""

    by: str
    restores: int | None


def _told(made: Publication) -> Published:
    return Published(version=made.version, plan=made.plan_id, published_at=made.published_at)


_ANSWERS = documented(401, 403, 404, 409, 413, 422) | {
    200: {"model": Published, "description": "It stands already: nothing changes"}
}


@router.post("/plans/{id}/publish", status_code=201, responses=_ANSWERS)
def publish_plan(id: str, asked: PublishRequest, response: Response, at: At, token: Planner, lang: Spoken) -> Published:
    """Make a plan the published one. Who publishes on the ground of a version that is not the current one any more
    gets 409 and is told what changed. A draft that breaks rules is not published, and a plan of a what-if
    office not without saying so."""
    require_plan(at, id)
    _require_sound(at, id, lang)
    if not asked.what_if:
        _require_real(at, id)
    return _publish(at, id, token, asked.replaces, response)


@router.get("/publications", responses=documented(401, 403, 422))
def list_publications(
    request: Request,
    response: Response,
    at: At,
    token: Watcher,
    limit: Limit = 50,
    before: Annotated[Whole | None, Query(ge=1, lt=2**31, description="Versions older than this one.")] = None,
) -> list[VersionAnswer]:
    """The published versions, the newest first, with who published them and when."""
    with at.database.read() as session:
        found = versions(session, before, limit)
        firsts = first_versions(session, {made.plan_id for made, _ in found})
    linked(request, response, "before", found[-1][0].version if len(found) == limit else None)
    return [
        VersionAnswer(
            **_told(made).model_dump(), by=by,
            restores=None if firsts[made.plan_id] == made.version else firsts[made.plan_id],
        )
        for made, by in found
    ]  # fmt: skip


@router.post("/publications/{version}/restore", status_code=201, responses=_ANSWERS)
def restore(version: Version, asked: PublishRequest, response: Response, at: At, token: Planner) -> Published:
    """Publish an earlier version again, as a new one; what was published since stays in the list."""
    with at.database.read() as session:
        earlier = publication(session, version)
    if earlier is None:
        raise unknown("version")
    return _publish(at, earlier.plan_id, token, asked.replaces, response)


def _publish(at: Service, plan: str, token: Token, replaces: int, response: Response) -> Published:
    try:
        made, new = publish(at.database, plan, token.id, replaces)
    except Overtaken as overtaken:
        raise _overtaken(at, replaces, overtaken.current) from None
    finally:
        at.memory.forget()
    at.bell.ring(NEWS)
    response.status_code = 201 if new else 200
    return _told(made)


def _require_sound(at: Service, plan: str, lang: Lang) -> None:
    with at.database.read() as session:
        draft = draft_of(session, plan)
    if draft is not None and (broken := broken_in(draft, lang)):
        number = len(broken)
        english = f"It breaks {number} rules." if number > 1 else "It breaks a rule."
        remedy = both(
            "Mend what is listed as broken, or plan the rest anew around it.", "แก้ข้อที่ผิดตามรายการ หรือจัดส่วนที่เหลือใหม่"
        )
        fault = Fault("plan-broken", "plan", both(english, f"แผนผิดข้อกำหนด {number} ข้อ"), remedy)
        raise Refused(409, fault, more={"broken": broken})


def _require_real(at: Service, plan: str) -> None:
    with at.database.read() as session:
        base = base_of(session, session.get_one(StoredPlan, plan).problem_id)
    if base is not None:
        cause = both(
            "This plan is of a what-if office: a changed copy, not the office itself.",
            "แผนนี้เป็นของสำนักงานสมมติ (สำเนาที่เปลี่ยนข้อมูลเพื่อลองดู) ไม่ใช่สำนักงานจริง",
        )
        remedy = both(
            "Publish a plan of the office itself; or, where the office is so from now on, say so with what_if true.",
            "ประกาศแผนของสำนักงานจริง หรือหากสำนักงานเปลี่ยนเป็นเช่นนี้จริง ให้ยืนยันด้วย what_if เป็น true",
        )
        raise Refused(409, Fault("plan-what-if", "plan", cause, remedy), more={"base": base})


def _overtaken(at: Service, seen: int, current: Publication | None) -> Refused:
    from api.telling.differences import visit_json  # only now: it takes its time to load

    with at.database.read() as session:
        before = publication(session, seen) if seen else None
    found = _changed(at.database, before, current)
    standing = current.version if current else 0
    fault = Fault(
        "publish-overtaken",
        "replaces",
        both(
            f"Version {standing} stands now, not {seen}; {len(found)} visits differ.",
            f"ฉบับปัจจุบันคือฉบับที่ {standing} ไม่ใช่ {seen} ต่างกัน {len(found)} รายการ",
        ),
        both(
            f"Look at what changed, and publish with replaces {standing}.",
            f"ดูสิ่งที่เปลี่ยน แล้วประกาศแทนฉบับที่ {standing}",
        ),
    )
    more = {
        "current": _told(current).model_dump(mode="json") if current else None,
        "changed": len(found),
        "changes": [visit_json(one) for one in found[:MOST_CHANGES]],
    }
    return Refused(409, fault, more=more)


def _changed(database: Database, before: Publication | None, current: Publication | None) -> tuple[Difference, ...]:
    """The visits that differ between two publications, those that matter most first; None is an empty calendar."""
    known = [load_planned(database, made.plan_id)[1:] for made in (before, current) if made is not None]
    if not known:
        return ()
    former, old = known[0] if before is not None else (known[-1][0], Plan())
    stated, new = known[-1] if current is not None else (known[0][0], Plan())
    return differences(old, new, stated.problem, former.problem).visits
