"""The page's own modules: small, linted, without inline code, and every text they say exists in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from api.language.texts import TEXTS
from api.page.texts import PAGE

STATIC = Path(__file__).parents[2] / "api/page/static"
MODULES = sorted(STATIC.glob("js/**/*.js")) + sorted(STATIC.glob("worker/*.js"))
SOURCES = {path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8") for path in MODULES}

#: what looks up a text: t("key"), head("key"), count("key", n), toast(t("key"))
CALL = re.compile(r"\b(?:t|head|count)\(\s*(?:\"([\w.-]+)\"|`([^`]*)`)")


def test_modules_are_small_and_begin_by_saying_what_they_are_for() -> None:
    for name, source in SOURCES.items():
        assert source.startswith("// "), name
        assert source.count("\n") < 300, name


def test_whose_doing_something_was_is_said_in_the_pages_language() -> None:
    """What the service calls itself, ``patithin serve``, is no name for people: ``who`` has the words for it."""
    for name, source in SOURCES.items():
        assert not re.findall(r"· \$\{\w+\.by\}|\$\{\w+\.by\} ·|by: \w+\.(?:by|approved_by)\b", source), name


def test_the_linter_finds_nothing() -> None:
    oxlint = Path(sys.executable).with_name("oxlint")
    told = subprocess.run([oxlint, "--deny-warnings", STATIC / "js"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_there_is_no_code_in_text() -> None:
    for name, source in SOURCES.items():
        for risky in ("eval(", "new Function", "innerHTML", "dangerouslySetInnerHTML", "document.write", "http://"):
            assert risky not in source, f"{name}: {risky}"


def keys() -> tuple[set[str], set[str]]:
    """The keys that modules name, and the beginnings of those that they make."""
    named, made = set(), set()
    for source in SOURCES.values():
        for key, template in CALL.findall(source):
            if key:
                named.add(key)
            else:
                made.add(template.split("${")[0])
    return named, made


def test_every_text_that_is_said_exists() -> None:
    named, made = keys()
    known = TEXTS | PAGE
    assert named <= known.keys(), sorted(named - known.keys())
    for beginning in made:
        assert any(key.startswith(beginning) for key in known), beginning


def test_every_text_of_the_page_is_said_in_both_languages() -> None:
    named, made = keys()
    unsaid = {key for key in PAGE if key not in named and not any(key.startswith(start) for start in made if start)}
    assert not unsaid
    assert not [key for key in PAGE.keys() & TEXTS.keys() if PAGE[key] == TEXTS[key]], "said by all outputs already"
    for key, (thai, english) in PAGE.items():
        assert thai.strip() and english.strip(), key
        fields = [sorted(re.findall(r"{(\w+)}", text.split("|")[0])) for text in (thai, english)]
        assert fields[0] == fields[1], key
