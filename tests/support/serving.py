"""A service for tests: its application in this process, and runs that end when the test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.service import state
from api.service.aside import Aside
from api.service.state import Service
from api.settings import Settings
from api.storage import plans
from api.storage.database import Database
from api.storage.tokens import create_token
from models.plan import Plan
from models.problem import Problem
from support.publishing import little_plan


class Idle:
    """A runner that runs nothing: the test plays the engine."""

    state = "ready"

    def __init__(self) -> None:
        self.rung = 0

    def start(self) -> None:
        pass

    def ring(self) -> None:
        self.rung += 1

    def stop(self) -> None:
        pass


def idle(_database: Database, _settings: Settings, _on_event: Callable[[str], None]) -> Idle:
    return Idle()


class Staying(Aside):
    """Processes aside that outlive the service which they were made for."""

    def close(self) -> None:
        """Stay, for the next service."""

    def end(self) -> None:
        """End the processes, after the last service."""
        super().close()


@contextmanager
def staying() -> Iterator[None]:
    """Services made within have the same processes aside: loading them takes longer than most questions."""
    made: list[Staying] = []

    @cache
    def aside(module: str, most_memory: int | None) -> Staying:
        made.append(Staying(module, most_memory=most_memory))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "Aside", aside)
        yield
    for each in made:
        each.end()


@dataclass
class Desk:
    """A client with a token, and hands on the service behind it."""

    client: TestClient
    service: Service
    token: str

    def __call__(self, method: str, path: str, *, token: str | None = None, **options: Any) -> Response:
        """A request with the desk's token, or another."""
        headers = {"Authorization": f"Bearer {token or self.token}"} | options.pop("headers", {})
        return self.client.request(method, path, headers=headers, **options)

    def token_of(self, role: str, officer: str | None = None) -> str:
        """A new token of this role."""
        return create_token(self.service.database, role, role, officer)[1]

    def posted(self, problem: Problem) -> str:
        """The id of a problem that was posted."""
        answer = self("POST", "/v1/problems", content=problem.to_json(), headers={"Content-Type": "application/json"})
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["id"])

    def asked(self, problem: Problem | str, **more: Any) -> str:
        """The id of a run that was accepted, for a problem or the id of one that is kept."""
        id_ = problem if isinstance(problem, str) else self.posted(problem)
        answer = self("POST", "/v1/plans", json={"problem": id_, "seconds": 1.0} | more)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def planned(self, problem: Problem, plan: Plan | None = None, seed: int = 1) -> str:
        """The id of a run that has ended with ``plan``, else with some plan drawn from ``seed``."""
        return self.ended(problem, plan or little_plan(problem, Random(seed)), seed)

    def ended(self, problem: Problem | str, plan: Plan, seed: int = 1) -> str:
        id_ = self.asked(problem, seed=seed)
        run = plans.start(self.service.database, id_)
        assert run is not None
        assert plans.finish(self.service.database, id_, run.attempt, plan)
        return id_

    def published_of(self, problem: str, plan: Plan) -> int:
        """The version under which a plan of a kept problem was published in the place of the current one."""
        return self._publish(self.ended(problem, plan))

    def published(self, problem: Problem, plan: Plan | None = None, seed: int = 1) -> int:
        """The version under which a plan was published in the place of the current one."""
        return self._publish(self.planned(problem, plan, seed))

    def _publish(self, id_: str) -> int:
        current = self("GET", "/v1/calendar")
        replaces = int(current.headers.get("Patithin-Version", 0))
        answer = self("POST", f"/v1/plans/{id_}/publish", json={"replaces": replaces})
        assert answer.status_code == 201, answer.text
        return int(answer.json()["version"])
