"""The application: the operations of API version 1 behind limits, counters and one way to tell errors."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import log
from api.page import serving as page
from api.service import (
    approving,
    attachments,
    calendars,
    capacity,
    comparing,
    days,
    errors,
    explaining,
    feeds,
    filling,
    handbook,
    health,
    me,
    moves,
    names,
    news,
    nextquarter,
    people,
    plans,
    preparing,
    problems,
    publications,
    remedying,
    replanning,
    reported,
    reports,
    runevents,
    searching,
    trying,
    welcome,
)
from api.service.access import Door, Reader
from api.service.floods import Floods
from api.service.guarding import Guard
from api.service.heads import Heads
from api.service.state import Runner, RunnerOf, Service
from api.settings import Settings
from api.storage.database import Database
from models.problem import Problem


def engine(database: Database, settings: Settings, on_event: Callable[[str], None]) -> Runner:
    """The real engine, loaded only now: Dask takes its time."""
    from api.runs.engine import Engine

    return Engine(database, settings, on_event=on_event)


def create_app(settings: Settings, runner_of: RunnerOf = engine) -> FastAPI:
    """The service with these settings; its database is opened here, its engine when the application starts."""
    service = Service(settings, runner_of)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        service.bell.attach()
        await run_in_threadpool(service.start)
        yield
        await run_in_threadpool(service.stop)

    app = Api(
        title="Patithin", version=version("patithin"), lifespan=living, docs_url=None, redoc_url=None, openapi_url=None,
        redirect_slashes=False,
        description="Plans the visit calendar of a cooperative promotion office.",
    )  # fmt: skip
    app.state.service = service
    routes = [route for router in ROUTERS for route in router.routes]
    app.router.routes.extend(routes)  # as they are: including routers makes every route anew
    errors.install(app, routes)
    app.add_middleware(Floods, rates=service.rates)  # the innermost: its answers are guarded and counted like others
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Heads)
    app.add_middleware(Observing, service=service)
    return app


class Api(FastAPI):
    """An application that describes itself with the contract's own schemas."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = described(self)
        return self.openapi_schema


class Observing:
    """Counts each answer by the pattern of its address, and logs what changes something."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app, self._service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(scope, message["status"], time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception:  # what answers it stands outside of this
            self._note(scope, 500, time.perf_counter() - began)
            raise

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path_format", "none")
        self._service.metrics.answered(scope["method"], route, status, seconds)
        if scope["method"] not in ("GET", "HEAD") and not 400 <= status < 500:  # who is refused does not fill the log
            log().info("answered", method=scope["method"], route=route, status=status, seconds=round(seconds, 4))


description = APIRouter(route_class=Door, include_in_schema=False)


@description.get("/openapi.json")
async def openapi(request: Request, token: Reader) -> dict[str, Any]:
    """This API's description."""
    told: dict[str, Any] = request.app.openapi()
    return told


#: all operations
ROUTERS: Final = [
    *(
        part.router
        for part in (
            me, people, days, problems, trying, plans, runevents, moves, replanning, explaining, remedying, capacity,
            comparing, publications, calendars, names, feeds, news, reports, attachments, handbook, filling, preparing,
            approving, searching, nextquarter, reported,
            welcome, health, page,
        )
    ),
    description,
]  # fmt: skip


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the contract's own schemas."""
    from models.intake.document import OFFICE_FORMAT

    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    _, contract = models_json_schema(
        [(Problem, "validation"), (errors.ProblemDetails, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    tables = {
        "type": "object",
        "required": ["format", "settings", "tables"],
        "properties": {
            "format": {"const": OFFICE_FORMAT},
            "settings": {"type": "object"},
            "tables": {"type": "object"},
            "map": {"type": "object"},
        },
    }
    either = {"oneOf": [{"$ref": "#/components/schemas/Problem"}, tables]}
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(contract["$defs"] | {"ProblemOrOffice": either})
    return document
