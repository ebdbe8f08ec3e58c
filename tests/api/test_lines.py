"""The log's lines: whoever has something to say waits for nobody who would take it."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import suppress

import pytest

from api import lines as module
from api.lines import Lines

PATIENCE = 60.0


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def said(lines: Lines, text: str) -> None:
    lines.emit(logging.LogRecord("x", logging.INFO, "", 0, text, (), None))


def test_lines_come_out_in_their_order_and_whole(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENDING", PATIENCE)
    lines = Lines(pipe[1])
    for number in range(100):
        said(lines, f"line {number} \ud800")
    lines.flush()
    assert os.read(pipe[0], 100_000).decode().splitlines() == [f"line {number} \\ud800" for number in range(100)]


def test_where_nobody_reads_nobody_waits_and_what_was_left_out_is_told(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    lines = Lines(pipe[1])
    for _ in range(1_000):  # more than the pipe and the queue hold
        said(lines, "x" * 1_000)
    os.set_blocking(pipe[0], False)
    taken = b""
    while lines._waiting.unfinished_tasks:
        with suppress(BlockingIOError):
            taken += os.read(pipe[0], 64_000)
    with suppress(BlockingIOError):
        taken += os.read(pipe[0], 64_000)
    told = taken.decode().splitlines()
    assert 10 <= len(told) < 1_000
    assert set(told) == {"x" * 1_000}
    assert "lines were left out" in caplog.text


def test_after_a_line_that_a_full_disk_has_cut_the_next_begins_anew(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENDING", PATIENCE)
    lines, room, written = Lines(pipe[1]), [3], []

    def write(_descriptor: int, data: bytes) -> int:
        taken = data[: room[0]]
        if not taken:
            raise OSError(errno.ENOSPC, "full")
        room[0] -= len(taken)
        written.append(taken)
        return len(taken)

    monkeypatch.setattr(module.os, "write", write)
    said(lines, "cut")
    said(lines, "lost")
    lines.flush()
    room[0] = 100
    said(lines, "whole")
    lines.flush()
    assert b"".join(written) == b"cut\nwhole\n"
