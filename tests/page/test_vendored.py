"""Libraries of the page are those that were published: by version, licence and hash; nothing else is fetched."""

from __future__ import annotations

import hashlib
import json
import re

from api.page.shell import IMPORTS
from page.vendoring import MANIFEST, VENDOR, WANTED

#: loads its libraries itself, only where tiles are set
TILES = VENDOR.parent / "js/views/tiles.js"


def test_the_files_have_the_hashes_noted() -> None:
    for noted in json.loads(MANIFEST.read_text()):
        body = (VENDOR / noted["file"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == noted["sha256"], noted["file"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", noted["version"])
        assert noted["licence"] in ("MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause")
        assert (VENDOR / f"LICENSE.{noted['package']}").stat().st_size > 500


def test_all_files_are_noted_and_imported() -> None:
    noted = {each["file"] for each in json.loads(MANIFEST.read_text())}
    assert noted == {name for wanted in WANTED.values() for name in wanted}
    assert noted == {path.name for path in VENDOR.iterdir() if path.suffix in (".mjs", ".js", ".css")}
    loaded = set(re.findall(r"vendor/[\w.-]+\.(?:js|css)", TILES.read_text(encoding="utf-8")))
    assert {f"vendor/{name}" for name in noted} == set(IMPORTS.values()) | loaded
