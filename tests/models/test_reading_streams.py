"""Pipes and devices as files: read once and to their end, or refused where they have none."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from support.builders import problem

from models import reading
from models.faults import InvalidInput
from models.reading import read_problem


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text(problem().to_json(), encoding="utf-8"))
    writer.start()
    assert read_problem(tmp_path / "pipe") == problem()
    writer.join()


def test_what_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 3_000_000)
    with pytest.raises(InvalidInput) as caught:
        read_problem(Path("/dev/zero"))
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("file-too-large", "/dev/zero")
    assert fault.in_language("th") != fault
