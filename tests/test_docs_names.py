"""What the pages name is there: files, functions, options, settings, addresses, headings, words of the page."""

from __future__ import annotations

import importlib
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from test_docs import PAGE, commands

from api.language.texts import TEXTS
from api.page.texts import PAGE as WORDS
from api.service.app import ROUTERS
from api.settings import Settings

ROOT = Path(__file__).parents[1]
FLOORS = ("api", "models", "optimizer", "patithin", "tests", "docs", "data", "notebooks")
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(ROOT.glob("data/*/README.md")),
]
#: files that a command writes or somebody brings, and what the example of a page adds
WRITTEN = {
    "_changes.csv", "best_known.csv", "board.json", "changes.json", "draft.json", "edition.json", "evaluation.json",
    "handbook.json", "mine.csv", "moves.json", "office.json", "office-101.json", "office-105.json", "plan.json",
    "problem.json", "visits.csv", "visits.json", "FILE.toml", "agenda.py", "stops.py", ".patithin.json",
    "draft.before.json",
}  # fmt: skip
#: of pip, curl, git, dask and ruff
OPTIONS_OF_OTHERS = {"--config-settings", "--data-binary", "--json", "--stat", "--diff-filter", "--preload", "--check"}

FILE = re.compile(r"(?<![\w/.<>*{}-])((?:[\w.-]+/)*[\w.-]+\.(?:py|js|css|toml|lock|hashes|json|csv))\b")
PROGRAM = re.compile(r"python -m ((?:benchmarks|circle|faults|living|load|optimizer|page)\.\w+)([^`;|]*)")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def sources() -> dict[str, str]:
    """The text of every source file, by its path below the root."""
    found: dict[str, str] = {}
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*"):
            if path.suffix in {".py", ".js", ".css", ".toml"} and "__pycache__" not in path.parts:
                found[str(path.relative_to(ROOT))] = text_of(path)
    return found


def prose_of(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)


def quoted(page: Path) -> list[str]:
    """What stands in backticks within the lines of a page."""
    return re.findall(r"`([^`\n]+)`", prose_of(page))


def anchor(heading: str) -> str:
    """A heading as links name it."""
    plain = re.sub(r"[`*]", "", heading).strip().lower()
    return "".join(c for c in plain if c in "-_ " or unicodedata.category(c)[0] in "LMN").replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    return {anchor(heading) for heading in re.findall(r"^#+ (.*)$", prose_of(page), re.MULTILINE)}


@each_page
def test_every_link_into_a_page_finds_its_heading(page: Path) -> None:
    for target, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", text_of(page)):
        assert heading in anchors((page.parent / target).resolve() if target else page), f"{target}#{heading}"


@each_page
def test_every_file_exists(page: Path) -> None:
    bases = {Path(path).name for path in sources()} | WRITTEN | {path.name for path in ROOT.iterdir()}
    bases |= {path.name for path in (ROOT / "data").rglob("*")}
    for words in quoted(page):
        for path in FILE.findall(words):
            assert (ROOT / path).exists() or (page.parent / path).exists() or Path(path).name in bases, words
        for path in re.findall(rf"(?<![\w/.])((?:{'|'.join(FLOORS)})/[\w/.-]*\w)", words):
            assert (ROOT / path).exists() or Path(path).name in WRITTEN, words


@each_page
def test_every_module_and_function_exists(page: Path) -> None:
    for words in quoted(page):
        for name in re.findall(r"(?<![\w./-])((?:api|models|optimizer|patithin)(?:\.\w+)+)", words):
            parts, at = name.split("."), 0
            while at < len(parts) and (ROOT / "/".join(parts[: at + 1])).is_dir():
                at += 1
            if at < len(parts) and (ROOT / ("/".join(parts[: at + 1]) + ".py")).exists():
                at += 1
            found = importlib.import_module(".".join(parts[:at]))
            for part in parts[at:]:
                assert hasattr(found, part), name
                found = getattr(found, part)


@each_page
def test_every_program_exists_and_knows_its_options(page: Path) -> None:
    text = re.sub(r"\\?\n", " ", text_of(page))
    for module, words in PROGRAM.findall(text):
        path = module.replace(".", "/") + ".py"
        source = sources().get(f"tests/{path}") or sources()[path]
        for option in re.findall(r"(?<=\s)--[a-z-]+", words):
            assert f'"{option}"' in source, f"{module} {option}"


@each_page
def test_every_option_is_one_of_a_command_or_a_program(page: Path) -> None:
    programs = "".join(source for path, source in sources().items() if not path.startswith(("api", "docs")))
    known = set.union(*commands().values()) | OPTIONS_OF_OTHERS
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(page)))
    assert [option for option in named - known if f'"{option}"' not in programs] == []


@each_page
def test_every_target_of_make_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = {name for words in quoted(page) for name in re.findall(r"^make ([a-z-]+)", words)}
    assert named - targets == set()


@each_page
def test_every_variable_of_the_environment_is_read(page: Path) -> None:
    named = set(re.findall(r"PATITHIN_[A-Z_]*[A-Z]", text_of(page)))
    known = {f"PATITHIN_{name.upper()}" for name in Settings.model_fields}
    code = "".join(source for path, source in sources().items() if not path.startswith("docs"))
    assert [name for name in named - known if name not in code] == []


def test_every_address_exists() -> None:
    routes = {
        f"{method} {route.path_format}" for router in ROUTERS for route in router.routes for method in route.methods
    }
    for page in PAGES:
        for method, path in re.findall(r"`(?:(GET|POST|PUT|PATCH|DELETE) )?(/v1/[^`\s?]*)", text_of(page)):
            assert [name for name in routes if name.endswith(f" {path}") and name.startswith(method)], (page.name, path)


def test_the_table_of_options_names_the_commands_that_have_them() -> None:
    known = commands()
    told: dict[str, set[str]] = {}
    for options, of in re.findall(r"^\| (`--[^|]+?) \| ([^|]+?) \|", PAGE, re.MULTILINE):
        names = set(of.removeprefix("all but ").replace(" and ", ", ").split(", "))
        groups = {name: {each for each in known if each.split(" ")[0] == name} for name in names}
        listed = {name for name in known if name in names} | set().union(*groups.values())
        for option in re.findall(r"--[a-z-]+", options):
            told.setdefault(option, set()).update(set(known) - listed if of.startswith("all but ") else listed)
    told.pop("--version")
    of_replan = {option for option in known["replan"] if option not in told}
    assert of_replan >= {"--absent", "--today", "--begins", "--pin", "--frontier"}
    for option in set.union(*known.values()) - of_replan:
        if option.startswith("--"):
            assert told[option] == {name for name, options in known.items() if option in options}, option


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((name, 1) for name in ("page.md", "handbook.md", "next-quarter.md", "explanations.md")),
        *((f"{name}-th.md", 0) for name in ("page", "evaluation", "handbook", "replanning", "moves")),
        *((f"{name}-th.md", 0) for name in ("agendas", "explanations", "next-quarter", "outputs")),
    ],
)
def test_words_in_italics_are_those_that_the_page_shows(name: str, language: int) -> None:
    shown = {texts[language] for texts in (TEXTS | WORDS).values()}
    either = {each.lower() for each in shown}
    for words in re.findall(r"(?<!\*)\*(?!\*)([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)", text_of(ROOT / "docs" / name)):
        for part in words.replace("\n", " ").split(" → "):
            assert part.lower() in either, part
