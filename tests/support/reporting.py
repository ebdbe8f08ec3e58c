"""Reports of the little plan, put in over HTTP."""

from __future__ import annotations

import json
from typing import Any

from support.circle import little_handbook, little_problem
from support.serving import Desk

OF = little_problem()
REPORTS = {report.visit: json.loads(report.model_dump_json(exclude_none=True)) for report in little_handbook().reports}


def put(desk: Desk, visit: str, replaces: int = 0, /, token: str | None = None, **changes: Any) -> Any:
    """The answer to a report of a visit, with ``changes``."""
    body = {"replaces": replaces, "report": REPORTS[visit] | changes}
    return desk("PUT", f"/v1/visits/{visit}/report", token=token, json=body)


def code(answer: Any) -> tuple[int, str]:
    """Status and code of the first fault."""
    return answer.status_code, answer.json()["errors"][0]["code"]
