"""Libraries of the page are those that were published: by version, licence and hash; nothing else is fetched."""

from __future__ import annotations

import hashlib
import json
import re

from api.page.shell import IMPORTS
from page.vendoring import MANIFEST, VENDOR, WANTED


def test_the_files_have_the_hashes_noted() -> None:
    for noted in json.loads(MANIFEST.read_text()):
        body = (VENDOR / noted["file"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == noted["sha256"], noted["file"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", noted["version"])
        assert noted["licence"] in ("MIT", "Apache-2.0")
        assert (VENDOR / f"LICENSE.{noted['package']}").stat().st_size > 500


def test_all_files_are_noted_and_imported() -> None:
    noted = {each["file"] for each in json.loads(MANIFEST.read_text())}
    assert noted == {name for wanted in WANTED.values() for name in wanted}
    assert noted == {path.name for path in VENDOR.glob("*.mjs")}
    assert {f"vendor/{name}" for name in noted} == set(IMPORTS.values())
