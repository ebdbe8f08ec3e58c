"""The short version of ``make faults``' failing machines: one that takes neither root nor half a minute."""

from __future__ import annotations

from faults.failing import tried


def test_without_file_handles_the_service_says_so_and_recovers_by_itself() -> None:
    assert tried("no-file-handles")["wrong"] == []
