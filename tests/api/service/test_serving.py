"""The commands as processes: first start, a run of the real optimizer, a graceful stop, tokens."""

from __future__ import annotations

import datetime as dt
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from support.builders import problem
from support.processes import Process, Serving, outliving

from api.cli.commands import application
from api.cli.ending import ended
from api.cli.serving import _line
from api.service import serving
from api.settings import read_settings
from api.storage.tables import Token
from models.faults import InvalidInput
from models.intake import read_office

THAI = re.compile("[ก-๙]")

KHONKAEN = Path(__file__).parents[3] / "data" / "khonkaen"


def patithin(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATITHIN_DATABASE": database}
    command = [sys.executable, "-m", "api.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def listening(service: Serving) -> set[tuple[str, int]]:
    """Where the service and all below it answer HTTP; they listen on the loopback interface and nowhere else."""
    places = {
        (each.laddr.ip, each.laddr.port)
        for process in service.tree for each in process.net_connections("inet") if each.status == "LISTEN"
    }  # fmt: skip
    assert len(places) > 1, "the cluster listens too"
    assert {address for address, _ in places} == {"127.0.0.1"}
    return {place for place in places if _answers_http(*place)}


def _answers_http(address: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((address, port), timeout=5) as client:
        client.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return client.recv(5) == b"HTTP/"
    return False


def test_from_the_first_start_to_a_published_calendar_and_a_graceful_stop(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/patithin.db"
    service = Serving(tmp_path, database, drain_seconds="0", workers="1")
    try:
        service.start()
        service.until_ready()
        link = re.search(r"http://\S+/welcome/\S+", service.log)
        assert link
        token = httpx2.post(link[0], timeout=60).json()["token"]
        with httpx2.Client(base_url=service.address, headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
            stated = {"content": problem().to_json(), "headers": {"Content-Type": "application/json"}}
            kept = http.post("/v1/problems", **stated).json()["id"]
            run = http.post("/v1/plans", json={"problem": kept, "seconds": 0.5}).json()["id"]
            told = http.get(f"/v1/plans/{run}/events").text
            assert "event: ended" in told
            plan = http.get(f"/v1/plans/{run}").json()
            assert plan["state"] == "done", f"{plan}\n{service.log}"
            assert (plan["state"], plan["planned"], plan["cost"]["total"]) == ("done", 2, 160.0)
            assert plan["record"]["problem_hash"] == problem().hash
            assert http.post(f"/v1/plans/{run}/publish", json={"replaces": 0}).status_code == 201
            sample = {"content": read_office(KHONKAEN).problem.to_json(), "headers": stated["headers"]}
            hard = http.post("/v1/problems", **sample).json()["id"]  # nobody proves its optimum within the test
            long = http.post("/v1/plans", json={"problem": hard, "seconds": 600.0}).json()["id"]
            with http.stream("GET", f"/v1/plans/{long}/events") as stream:
                for line in stream.iter_lines():
                    if line == "event: progress":
                        break
                workers = service.workers
                assert workers
                assert listening(service) == {("127.0.0.1", service.port)}
                assert service.stop() == 0
        assert outliving(workers, seconds=60) == []
        assert link[0].rpartition("/")[2] not in service.log.replace(link[0], "")
        assert token not in service.log
        assert "Traceback" not in service.log
        service.start()
        service.until_ready()
        with httpx2.Client(base_url=service.address, headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
            assert http.get(f"/v1/plans/{long}").json()["state"] in ("queued", "running")
            assert http.delete(f"/v1/plans/{long}").status_code == 202
            assert "event: ended" in http.get(f"/v1/plans/{long}/events").text
            assert http.get("/v1/calendar").json()["version"] == 1
        assert service.log.count("Nobody may plan") == service.log.count("ยังไม่มีผู้วางแผน") == 1
    finally:
        service.clear()


def test_tokens_are_made_listed_and_revoked_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATITHIN_DATABASE", f"sqlite:///{tmp_path}/patithin.db")

    def token(*arguments: str) -> tuple[int, str]:
        code = ended(application(), ["token", *arguments])
        return code, capsys.readouterr().out

    code, secret = token("create", "P01 on the phone", "--role", "officer", "--officer", "P01")
    assert code == 0
    assert secret.startswith("pat_")
    _, listed = token("list")
    assert "officer P01" in listed
    assert secret.strip() not in listed
    id_ = listed.split()[0]
    assert token("revoke", id_)[0] == 0
    assert "revoked" in token("list")[1]
    for wrong in (["revoke", "nothing"], ["create", "x", "--role", "king"], ["create", "x", "--role", "officer"]):
        assert token(*wrong)[0] == 2


@pytest.mark.parametrize(
    "arguments", [("serve", "--host", "nowhere.invalid"), ("worker",), ("serve", "--port", "99999")]
)
def test_what_cannot_be_started_ends_with_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATITHIN_DATABASE", f"sqlite:///{tmp_path}/patithin.db")
    for name in ("start_logging", "_share_heaps"):  # this process goes on as it is
        monkeypatch.setattr(serving, name, lambda: None)
    monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: None)
    assert ended(application(), arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_database_out_of_reach_is_told_without_its_password() -> None:
    done = patithin("postgresql://planner:hidden@127.0.0.1:1/none", "serve", "--port", "0")
    assert done.returncode == 2
    assert "service-unready" in done.stderr
    assert "hidden" not in done.stderr


def test_every_setting_that_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"DATABASE": "mysql://x", "WORKERS": "0", "RATE": "often", "SCHEDULER": "localhost", "MOST_SECONDS": "nan"}
    for name, value in wrong.items():
        monkeypatch.setenv(f"PATITHIN_{name}", value)
    with pytest.raises(InvalidInput) as caught:
        read_settings()
    assert {fault.where for fault in caught.value.faults} == {f"PATITHIN_{name}" for name in wrong}
    told = [fault.in_language("th") for fault in caught.value.faults]
    texts = [text for each in told for text in (each.cause.removeprefix("mysql "), each.remedy)]
    assert [text for text in texts if not THAI.match(text)] == []


def test_a_worker_ends_when_it_is_told_to(tmp_path: Path) -> None:
    soon = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}  # else it tries for half a minute
    worker = Process(tmp_path / "worker.log", soon, "api.cli", "worker", "tcp://127.0.0.1:9", "--runs", "1")
    try:
        worker.start()
        while "could not join" not in worker.log and worker.tree:
            time.sleep(0.1)
        assert worker.stop() == 0
        assert "Traceback" not in worker.log
    finally:
        worker.clear()


def test_a_token_is_listed_by_the_day_on_the_clock_here(monkeypatch: pytest.MonkeyPatch) -> None:
    evening = dt.datetime(2012, 8, 1, 20, tzinfo=dt.UTC)
    token = Token(id="t", name="Somsri", role="viewer", officer=None, hash="", created_at=evening, revoked_at=None)
    try:
        monkeypatch.setenv("TZ", "Asia/Bangkok")
        time.tzset()
        monkeypatch.setenv("PATITHIN_LANG", "en")
        assert "since 2012-08-02" in _line(token)
        monkeypatch.setenv("PATITHIN_LANG", "th")
        assert "ตั้งแต่ 2 ส.ค. 2555" in _line(token)
    finally:
        monkeypatch.undo()
        time.tzset()
