"""The process beside the service: it may be slow, die or be killed, and the next question is answered all the same."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from api.service import aside as module
from api.service.aside import Aside
from api.service.errors import Refused

ENOUGH = 60.0
#: as it is where nothing keeps it from loading ahead
WARM = Aside.warm


@pytest.fixture
def aside() -> Iterator[Aside]:
    made = Aside("support.answers", processes=1)
    yield made
    made.close()


def test_one_process_answers_question_after_question(aside: Aside) -> None:
    first, second = aside.ask("x", "mine", seconds=ENOUGH), aside.ask("x", "mine", seconds=ENOUGH)
    assert first == second != str(os.getpid()).encode()
    aside.close()
    assert not psutil.pid_exists(int(first))
    with pytest.raises(Refused):
        aside.ask("x", "mine", seconds=ENOUGH)


def test_what_takes_too_long_is_ended_and_harms_nobody(aside: Aside) -> None:
    first = aside.ask("x", "mine", seconds=ENOUGH)
    with pytest.raises(Refused) as caught:
        aside.ask("x", "never", seconds=0.05)
    assert (caught.value.status_code, caught.value.fault.code) == (503, "answer-overdue")
    assert caught.value.headers is not None
    assert "Retry-After" in caught.value.headers
    assert not psutil.pid_exists(int(first))
    assert aside.ask("x", "mine", seconds=ENOUGH) != first


def test_a_process_that_is_killed_between_questions_is_replaced(aside: Aside) -> None:
    first = aside.ask("x", "mine", seconds=ENOUGH)
    psutil.Process(int(first)).kill()
    assert aside.ask("x", "mine", seconds=ENOUGH) != first


def test_a_deadly_question_is_tried_twice_and_no_more(aside: Aside) -> None:
    with pytest.raises(Refused) as caught:
        aside.ask("x", "deadly", seconds=ENOUGH)
    assert caught.value.fault.code == "answer-overdue"
    assert aside.ask("x", "mine", seconds=ENOUGH)


def test_an_error_is_told_by_type_and_place_only(aside: Aside, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match=r"ZeroDivisionError at .*answers.py") as caught:
        aside.ask("x", "broken", seconds=ENOUGH)
    assert "secret" not in str(caught.value) + "".join(capfd.readouterr())
    assert aside.ask("x", "mine", seconds=ENOUGH)


def test_too_many_questions_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 0)
    with pytest.raises(Refused):
        Aside("support.answers", processes=1).ask("x", "mine", seconds=ENOUGH)


def test_it_ends_with_a_service_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "service.py"
    script.write_text(
        "from api.service.aside import Aside\n"
        "if __name__ == '__main__':\n"
        "    aside = Aside('support.answers')\n"
        "    print(aside.ask('x', 'mine', seconds=60).decode(), flush=True)\n"
        "    aside.ask('x', 'never', seconds=600)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        child = psutil.Process(int(service.stdout.readline()))
        service.kill()
        _, alive = psutil.wait_procs([child], timeout=ENOUGH)
    assert alive == []


def test_several_are_asked_side_by_side_and_again_where_things_are_at_hand(tmp_path: Path) -> None:
    made, answers = Aside("support.answers", processes=2), {}

    def ask(about: str, name: str) -> None:
        answers[about] = made.ask(about, name, str(tmp_path / "met"), seconds=ENOUGH)

    try:
        waiting = threading.Thread(target=ask, args=["a", "awaits"])
        waiting.start()
        ask("b", "meets")
        waiting.join()
        assert answers["a"] != answers["b"]
        assert [made.ask(about, "mine", seconds=ENOUGH) for about in "abba"] == [answers[about] for about in "abba"]
    finally:
        made.close()


def test_a_process_that_was_started_ahead_is_asked_once_for_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Aside, "warm", WARM)
    made, asked = Aside("support.answers", processes=1), threading.Semaphore(0)

    def first() -> tuple[str, tuple[Any, ...]]:
        asked.release()
        return "mine", ()

    try:
        made.warm(most=1)
        started = made.ask("x", "mine", seconds=ENOUGH)  # once it is ready
        made.warm("x", first)
        assert asked.acquire(timeout=ENOUGH)
        assert made.ask("x", "mine", seconds=ENOUGH) == started
        made.warm("x", first)
        assert not asked.acquire(timeout=0.1)
    finally:
        made.close()


def test_a_process_has_a_limit_of_memory() -> None:
    made = Aside("support.answers", processes=1, most_memory=1 << 30)
    try:
        with pytest.raises(Refused) as refused:
            made.ask("x", "giant", seconds=ENOUGH)
        assert (refused.value.status_code, refused.value.fault.code) == (503, "answer-overdue")
        assert made.ask("x", "mine", seconds=ENOUGH)
    finally:
        made.close()


def test_where_no_process_can_be_started_that_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made, spawn = Aside("support.answers", processes=1), multiprocessing.get_context("spawn")

    def no_handles() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    try:
        with monkeypatch.context() as without:
            without.setattr(spawn, "Pipe", no_handles)
            with pytest.raises(Refused) as refused:
                made.ask("x", "mine", seconds=ENOUGH)
        assert (refused.value.status_code, refused.value.fault.code) == (503, "answer-overdue")
        assert made.ask("x", "mine", seconds=ENOUGH)
    finally:
        made.close()
