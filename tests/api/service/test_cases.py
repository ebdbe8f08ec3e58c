"""Every input of ``tests/cases`` that can be posted, by the service."""

from __future__ import annotations

import pytest
from support.cases import CASES, FOLDER, PROBLEMS, WORKBOOKS
from support.serving import Desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("name", [*WORKBOOKS, *PROBLEMS])
def test_the_service_reads_it_right(name: str, desk: Desk) -> None:
    case, body = CASES[name], (FOLDER / name).read_bytes()
    media = XLSX if name in WORKBOOKS else "application/json"
    for lang, words in zip(("en", "th"), case.words, strict=True):
        answer = desk("POST", "/v1/problems", content=body, headers={"Content-Type": media, "Accept-Language": lang})
        if case.sound:
            assert answer.status_code in (200, 201), answer.text
            continue
        assert answer.status_code == 422
        errors = answer.json()["errors"]
        assert [error["code"] for error in errors] == list(case.codes)
        assert any(words in f"{error['cause']} {error['remedy']}" for error in errors)
