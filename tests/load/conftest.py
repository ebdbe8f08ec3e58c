"""Services as small as they may be: a second worker that nobody needs takes seconds of the processor to load."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _of_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATITHIN_WORKERS", "1")
