"""The pages in docs say what there is: every command, option and parameter, and no link leads nowhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from api.cli.commands import application
from api.language.circle import CIRCLE
from models.reasons import FORMS
from optimizer.params import Params

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """The options of each command, by its name; those of a group of commands by ``group command``."""
    found: dict[str, set[str]] = {}

    def collect(command: Any, name: str) -> None:
        for child_name, child in getattr(command, "commands", {}).items():
            collect(child, f"{name} {child_name}".strip())
        if not hasattr(command, "commands"):
            found[name] = {option for parameter in command.params for option in parameter.opts if option[0] == "-"}

    collect(get_command(application()), "")
    return found


def test_every_command_and_option_is_on_some_page() -> None:
    known = commands()
    assert {"plan", "solve", "check"} <= set(known)
    assert "--seconds" in known["plan"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command, options in known.items():
        assert f"patithin {command}" in text
        assert [option for option in options if not re.search(rf"{option}(?![a-z-])", text)] == []


def test_the_page_names_no_option_that_does_not_exist() -> None:
    named = set(re.findall(r"^\| `(--[a-z-]+)`", PAGE, re.MULTILINE))
    assert named - {"--version"} <= set.union(*commands().values())


def test_every_parameter_is_on_the_page_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| `(.+?)` \|", PAGE, re.MULTILINE))
    defaults = {name: field.get_default(call_default_factory=True) for name, field in Params.model_fields.items()}
    written = {name: str(list(value) if isinstance(value, tuple) else value) for name, value in defaults.items()}
    assert rows == {name: value.lower() if value in ("True", "False") else value for name, value in written.items()}


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_the_commands_of_a_page_are_such(page: Path) -> None:
    """Every command in a block of a page is one, with options and numbers of words that it takes."""
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    for line in (line for line in lines if line.startswith("patithin ")):
        command, words = get_command(application()), shlex.split(line, comments=True)[1:]
        while hasattr(command, "commands"):
            command, words = command.commands[words[0]], words[1:]
        command.make_context(command.name, words)


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *PAGES], ids=lambda page: page.name)
def test_no_link_leads_nowhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_index_leads_to_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in PAGES:
        assert page.name == "index.md" or f"({page.name})" in index


def test_every_code_of_a_reason_is_on_the_page_of_outputs() -> None:
    text = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    assert [code for code, _ in FORMS.values() if f"`{code}`" not in text] == []


def test_both_glossaries_have_the_same_words_in_the_same_order() -> None:
    def words(page: str) -> list[tuple[str, ...]]:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        rows = [row.split(" | ") for row in re.findall(r"^\| (.+) \|$", text, re.MULTILINE)]
        return [tuple(row[:2]) for row in rows if row[0] not in ("word", "คำ")]

    thai = words("glossary-th.md")
    assert len(thai) > 60
    assert [(english, word) for word, english in thai] == words("glossary.md")


def table_rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading of a page in docs, without its own headings."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [row.split(" | ") for row in re.findall(r"^\| (.+) \|$", text, re.MULTILINE)][1:]


def test_the_thai_page_of_the_evaluation_defines_each_figure_by_the_name_in_the_report() -> None:
    thai = table_rows("evaluation-th.md", "ความหมายของตัวเลข")
    shown = {word for word, _ in CIRCLE.values()}
    assert [name for names, _ in thai for name in names.split(", ") if name not in shown] == []
    # kilometres driven, and those of metered tours alone, have a row each
    assert len(thai) == len(table_rows("evaluation.md", "What each figure is")) + 1


def test_the_thai_page_of_the_evaluation_has_the_same_points() -> None:
    thai, english = table_rows("evaluation-th.md", "ความเร่งด่วน"), table_rows("evaluation.md", "Urgency")
    assert len(thai) >= 10
    assert [row[:2] for row in thai] == [row[:2] for row in english]
