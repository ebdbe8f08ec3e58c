"""One thing has one name: the page, the command line and the glossary call it alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.language.findings import WORDS
from api.language.texts import TEXTS
from api.page.texts import PAGE

GLOSSARY = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text(encoding="utf-8")
PROPOSALS = ("least-disruption", "balanced", "cheapest")


@pytest.mark.parametrize("kind", PROPOSALS)
def test_a_proposal(kind: str) -> None:
    assert PAGE[f"kind_of_{kind}"] == WORDS[kind]
    assert WORDS[kind][0] in GLOSSARY


@pytest.mark.parametrize("key", ["crew", "partner"])
def test_crew_and_partner(key: str) -> None:
    assert f"| {key} | {TEXTS[key][0]} |" in GLOSSARY


def test_a_new_crew() -> None:
    crew = TEXTS["crew"][0]
    assert {WORDS["kind_new-crew"][0], PAGE["kind_new-crew"][0]} == {f"{crew}ใหม่"}
    assert WORDS["crew"][0] == PAGE["col_crew"][0] == crew
