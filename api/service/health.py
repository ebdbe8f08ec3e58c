"""Whether the service lives and can do its work."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.service.access import At, Door, Reader
from api.service.errors import documented
from api.storage.reading import counts

router = APIRouter(tags=["health"], route_class=Door)


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """The database answers, and the engine is ready, or stands by for that of another service."""

    status: Literal["ready", "unready"]
    engine: str


@router.get("/healthz")
async def healthz() -> Alive:
    """Whether the process lives. Open to everybody."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Ready, "description": "Not yet, or not now"}})
def readyz(at: At, response: Response) -> Ready:
    """Whether problems are accepted and solved. Open to everybody."""
    at.database.ping()
    engine = at.engine_state
    ready = engine in ("ready", "standing by")
    response.status_code = 200 if ready else 503
    return Ready(status="ready" if ready else "unready", engine=engine)


@router.get(
    "/metrics",
    response_class=Response,
    responses=documented(401, 403)
    | {200: {"description": "Figures", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(at: At, token: Reader) -> Response:
    """Figures for Prometheus."""
    with at.database.read() as session:
        page = at.metrics.page(counts(session), at.engine_state == "ready")
    return Response(page, media_type="text/plain; version=0.0.4")
