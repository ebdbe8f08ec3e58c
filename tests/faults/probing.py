"""schemathesis over the whole API with all checks, against a real service that also solves what is asked for.

``python -m faults.probing --seconds 600``
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select
from support.processes import Serving

from api.service.examples import CHANGES, PROBLEM
from api.storage.database import Database
from api.storage.tables import FAILED, StoredPlan, StoredProblem
from api.storage.tokens import create_token
from faults.hooks import OWN_TOKEN

CONFIG = Path(__file__).with_name("schemathesis.toml")
HOOKS = Path(__file__).with_name("hooks.py")
#: DELETE cancels a run, which stays readable with its events and its best plan; revoked feeds have tests of their own
KEPT = "use_after_free"
#: a stream of all that happens does not end by itself; it has tests of its own
ENDLESS = "/v1/events"


def publish_example(http: httpx2.Client) -> tuple[str, str]:
    """Plan, publish and mend the API's own example, so that all that comes of it is there to be asked for; the ids of
    the plan and of the replanning run."""
    problem = http.post("/v1/problems", json=PROBLEM).json()["id"]
    run = _over(http, http.post("/v1/plans", json={"problem": problem, "seconds": 0.5}).json()["id"])
    http.post(f"/v1/plans/{run}/publish", json={"replaces": 0}).raise_for_status()
    mended = _over(http, http.post(f"/v1/plans/{run}/replan", json=CHANGES | {"seconds": 0.5}).json()["id"])
    http.get(f"/v1/plans/{mended}/proposals").raise_for_status()
    for _ in range(2):  # the processes that answer questions are warm from now on
        http.get(f"/v1/plans/{run}/visits/C001-1/slots", timeout=120).raise_for_status()
    return run, mended


def with_ids(described: dict[str, Any], run: str, mended: str) -> dict[str, Any]:
    """The description with examples of ids that exist: a guess would meet nothing but 404."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", ()):
                reads = path.startswith("/v1/plans/{id}") and method == "get"
                if reads and parameter["name"] in ("id", "from"):
                    parameter["example"] = mended if path.endswith("/proposals") else run
    return described


def failed_runs(database: str) -> list[str]:
    """Each run that failed for a reason of ours, with all that is needed to run it again: a line of JSON each."""
    store = Database(database)
    with store.read() as session:
        rows = session.execute(
            select(StoredPlan, StoredProblem.problem)
            .join(StoredProblem, StoredPlan.problem_id == StoredProblem.id)
            .where(StoredPlan.state == FAILED)
        ).all()
    store.close()
    return [
        json.dumps({"run": row.id, "faults": row.faults, "request": row.request, "problem": json.loads(problem)})
        for row, problem in rows
    ]


def _over(http: httpx2.Client, run: str) -> str:
    while http.get(f"/v1/plans/{run}").json()["state"] in ("queued", "running"):
        time.sleep(0.1)
    return run


def probe(seconds: int, examples: int, seed: int) -> tuple[int, str]:
    """Probe for at most so long; schemathesis' exit code and what it and the service say."""
    with tempfile.TemporaryDirectory(prefix="patithin-probe-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder}/probe.db"
        store = Database(database)
        store.migrate()
        own, token = create_token(store, "probe", "planner")
        told = {"SCHEMATHESIS_HOOKS": str(HOOKS), OWN_TOKEN: own.id, "COLUMNS": "120"}
        store.close()
        service = Serving(folder, database, rate="100000000/minute", most_seconds="1", queue="20", runs_per_token="20",
                          overdue_seconds="300")  # fmt: skip
        try:
            service.start()
            service.until_ready()
            described = folder / "openapi.json"
            with httpx2.Client(
                base_url=service.address, headers={"Authorization": f"Bearer {token}"}, timeout=60
            ) as http:
                ids = publish_example(http)
                described.write_text(json.dumps(with_ids(http.get("/openapi.json").json(), *ids)))
            command = [
                "schemathesis", "--config-file", str(CONFIG), "run", str(described), "--url", service.address,
                "--header", f"Authorization: Bearer {token}", "--checks", "all", "--exclude-checks", KEPT,
                "--exclude-path", ENDLESS,
                "--max-examples", str(examples),
                "--seed", str(seed), "--max-time", str(seconds), "--no-color", "--generation-database", "none",
            ]  # fmt: skip
            done = subprocess.run(
                [str(Path(sys.executable).with_name(command[0])), *command[1:]],
                capture_output=True, text=True, cwd=folder, check=False, env=os.environ | told,
            )  # fmt: skip
            defects = [line for line in service.log.splitlines() if '"error"' in line]
            defects += failed_runs(database)
        finally:
            service.clear()
    return done.returncode or len(defects), "\n".join([done.stdout, done.stderr, *defects])


def main() -> int:
    """Probe as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    code, told = probe(chosen.seconds, chosen.examples, chosen.seed)
    sys.stdout.write(told + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
