"""The shell and its files as they are served: no data, no code but its own, and a policy that says so."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support.serving import idle

from api.page.circletexts import CIRCLE_PAGE
from api.page.shell import shell
from api.service.app import create_app
from api.settings import Settings
from models.handbook.columns import NEW_ISSUES, PROGRESS, VISITS, forms


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("shell")
    with TestClient(
        create_app(Settings(database=f"sqlite:///{folder}/patithin.db"), idle), base_url="http://localhost"
    ) as opened:
        yield opened


def test_the_shell_needs_no_token_and_lets_in_no_foreign_code(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    scripts = re.findall(r"<script(?: type=\"(\w+)\")?(?: src=\"([^\"]*)\")?>(.*?)</script>", answer.text, re.S)
    for kind, source, text in scripts:
        if text:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert kind == "importmap" and f"'sha256-{digest}'" in policy["script-src"]
        else:
            assert kind == "module" and source.startswith("/page/")
    assert (
        "<style" not in answer.text
        and " style=" not in answer.text
        and " on" not in re.sub(r">[^<]*<", "><", answer.text)
    )


def test_every_file_named_is_there_and_kept_for_good(client: TestClient) -> None:
    named = set(re.findall(r"\"(/page/[^\"]+\.[a-z]+)\"", client.get("/").text))
    assert len(named) > 30
    for path in named:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"]
        kind = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
        assert answer.headers["content-type"].startswith(kind[path.rpartition(".")[2]])


def test_files_are_sent_compressed_to_those_who_like_it(client: TestClient) -> None:
    path = f"/page/{shell().digest}/css/3-board.css"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.text == plain.text and len(gzip.compress(plain.content)) < len(plain.content) / 2


@pytest.mark.parametrize("path", ["/page/0000/js/main.js", "/page/x", "/page/../api/page/shell.py", "/page//"])
def test_what_is_not_a_file_of_this_version_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 422)


def test_both_languages_say_the_same_keys(client: TestClient) -> None:
    thai, english = (client.get(f"/page/{shell().digest}/words/{lang}.json").json() for lang in ("th", "en"))
    assert thai.keys() == english.keys() and thai["view_week"] != english["view_week"]


def test_a_report_is_asked_for_in_the_words_of_the_workbook() -> None:
    headings = {(form.name, column.key): column.thai for form in forms(()) for column in form.columns}
    for key, heading in {
        "sessions_wanted": (PROGRESS, "wanted"),
        "sessions_held": (PROGRESS, "sessions"),
        "sessions_needed": (PROGRESS, "needed"),
        "sessions_of_issue": (NEW_ISSUES, "sessions"),
        "observations": (VISITS, "remarks"),
    }.items():
        assert CIRCLE_PAGE[key][0] == headings[heading]
