"""A clock that is set back holds up no message of the cluster: its connections count by one that only runs forward.

Nor do they keep what they have sent.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import distributed.batched
import pytest
from distributed.batched import BatchedSend
from tornado.ioloop import IOLoop

from api.runs.forward import KEPT, forward, run_forward

#: the time of day, before anything here puts another in its place
CLOCK = time.time


class Pipe:
    """What a connection writes; the clock of the machine is set back during the first write."""

    def __init__(self, set_back: Callable[[], None]) -> None:
        self.written: list[Any] = []
        self._set_back = set_back

    def closed(self) -> bool:
        return False

    async def write(self, messages: list[Any], **_: Any) -> int:
        if not self.written:
            self._set_back()
        self.written += messages
        return 1


async def kept(messages: int) -> int:
    """How many messages a connection still holds that were sent one by one, when all have gone out."""
    pipe = Pipe(lambda: None)
    sending = BatchedSend(interval="1ms", loop=IOLoop.current())
    sending.start(pipe)
    for number in range(messages):
        sending.send(number)
        while len(pipe.written) <= number:
            await asyncio.sleep(0)
    await asyncio.sleep(0)
    sending.please_stop = True
    return len(sending.recent_message_log)


async def told(set_back: Callable[[], None]) -> list[str]:
    """What of two messages has gone out after a while: the second was handed in just after the first was written."""
    pipe = Pipe(set_back)
    sending = BatchedSend(interval="10ms", loop=IOLoop.current())
    sending.start(pipe)
    sending.send("first")
    while not pipe.written:
        await asyncio.sleep(0)
    sending.send("second")
    for _ in range(100):
        if len(pipe.written) == 2:
            break
        await asyncio.sleep(0.02)
    sending.please_stop = True
    return pipe.written


@pytest.fixture
def set_back(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What sets the time of day back by an hour, for this process and as long as the test runs."""
    return lambda: monkeypatch.setattr(time, "time", lambda: CLOCK() - 3600)


def test_messages_go_out_when_the_clock_is_set_back(set_back: Callable[[], None]) -> None:
    run_forward()
    assert asyncio.run(told(set_back)) == ["first", "second"]


def test_by_the_time_of_day_they_would_wait_as_long_as_it_was_set_back(
    set_back: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # why the clock is replaced: where this fails, Dask counts otherwise by itself
    monkeypatch.setattr(IOLoop, "time", lambda _: time.time())
    monkeypatch.setattr(distributed.batched, "time", lambda: time.time())
    assert asyncio.run(told(set_back)) == ["first"]


async def time_of_the_loop() -> float:
    return IOLoop.current().time()


def test_the_clock_begins_at_the_time_of_day_and_only_grows(set_back: Callable[[], None]) -> None:
    assert abs(forward() - CLOCK()) < 3600
    before = forward()
    set_back()
    assert forward() >= before
    assert asyncio.run(time_of_the_loop()) >= before


def test_what_was_sent_is_forgotten() -> None:
    """Each message to a worker has the texts of a problem and a plan, and Dask would keep a thousand of them."""
    assert asyncio.run(kept(20)) <= KEPT
