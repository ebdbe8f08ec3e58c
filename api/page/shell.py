"""The shell of the page and its files, read once and told with a strict Content-Security-Policy.

Files live below an address that holds a digest of all of them, so that browsers keep them for good and a new version is
never mixed with an old one. The import map has to stand within the shell, since browsers read no other; its hash is the
one exception of the policy to "no inline script", and the vendored libraries stay byte for byte what was published.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable

from api.page.texts import words_of
from api.page.tiles import Tiles
from api.rendering import fingerprint
from models.saying import LANGUAGES

MEDIA_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}
#: below this size compressing gains nothing
SMALL = 500

#: bare names in the modules -> vendored files
IMPORTS = {"preact": "vendor/preact.mjs", "preact/hooks": "vendor/preact-hooks.mjs", "htm": "vendor/htm.mjs"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of the page: its bytes, the same compressed where that is smaller, and its media type."""

    body: bytes
    packed: bytes | None
    media_type: str

    @classmethod
    def of(cls, name: str, body: bytes) -> File:
        """The file of this name."""
        packed = gzip.compress(body, 9, mtime=0) if len(body) >= SMALL else None
        return cls(body, packed, MEDIA_TYPES[name.rpartition(".")[2]])


@dataclass(frozen=True, slots=True)
class Shell:
    """The page as it is served: the shell itself, its ``policy``, the files by their path, and ``offline``, the service
    worker that keeps those files with which an officer's page opens without a line."""

    html: File
    policy: str
    digest: str
    files: dict[str, File]
    offline: File


@cache
def shell(tiles: Tiles | None = None) -> Shell:
    """The page, from the files of this package; its map on ``tiles`` where an installation names some."""
    found = dict(_read(files("api.page") / "static", ""))
    for lang in LANGUAGES:
        found[f"words/{lang}.json"] = json.dumps(_said(words_of(lang), found), ensure_ascii=False).encode()
    digest = hashlib.sha256(b"".join(name.encode() + body for name, body in sorted(found.items()))).hexdigest()[:16]
    base = f"/page/{digest}/"
    imports = json.dumps({"imports": {name: base + path for name, path in IMPORTS.items()}})
    modules = [*IMPORTS.values(), *_needed(found, "js/main.js"), *_needed(found, "js/planner.js")]
    styles = [name for name in sorted(found) if name.startswith("css/")]
    head = [f'<link rel="stylesheet" href="{escape(base + name)}">' for name in styles]
    head += [f'<link rel="modulepreload" href="{escape(base + name)}">' for name in dict.fromkeys(modules)]
    data = {"base": base} | ({"tiles": tiles.url, "attribution": tiles.attribution} if tiles else {})
    told = " ".join(f'data-{key}="{escape(value)}"' for key, value in data.items())
    html = _HTML.format(imports=imports, head="\n".join(head), base=escape(base), told=told)
    return Shell(
        File.of("index.html", html.encode()),
        _policy(imports, tiles),
        digest,
        {name: File.of(name, body) for name, body in found.items()},
        File.of("offline.js", _offline(found, base, [*modules, *styles])),
    )


def _offline(found: dict[str, bytes], base: str, names: list[str]) -> bytes:
    """The service worker: of the officer's page every file, and the address that they stand below."""
    names += [*_needed(found, "js/people/officer.js"), "worker/stream.js", "words/th.json", "words/en.json", "icon.svg"]
    head = f"const BASE = {json.dumps(base)};\nconst FILES = {json.dumps(list(dict.fromkeys(names)))};\n"
    return head.encode() + found["worker/offline.js"]


_HTML = """<!doctype html>
<html lang="th">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ปฏิทิน · Patithin</title>
<link rel="icon" href="{base}icon.svg" type="image/svg+xml">
<script type="importmap">{imports}</script>
{head}
<body>
<div id="page" {told}></div>
<noscript>หน้านี้ต้องใช้ JavaScript · This page needs JavaScript.</noscript>
<script type="module" src="{base}js/main.js"></script>
</body>
</html>
"""


def _policy(imports: str, tiles: Tiles | None) -> str:
    images = "img-src 'self' data:" + (f" {tiles.origin}" if tiles and tiles.origin else "")
    return "; ".join((
        "default-src 'none'", f"script-src 'self' '{fingerprint(imports)}'", "style-src 'self'", images,
        "connect-src 'self'", "worker-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


def _needed(found: dict[str, bytes], module: str) -> list[str]:
    """A module with all that it imports, and they in turn; a browser would find them only one after the other."""
    needed, open_ = {module: None}, [module]
    while open_:
        name = open_.pop()
        for path in re.findall(r"^(?:import|export)[^;]*? from \"(\.[^\"]+)\"", found[name].decode(), re.MULTILINE):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            if target not in needed:
                needed[target] = None
                open_.append(target)
    return list(needed)


def _said(words: dict[str, str], found: dict[str, bytes]) -> dict[str, str]:
    """Those texts that some module names, whole or by their beginning."""
    source = b"\n".join(body for name, body in found.items() if name.endswith(".js")).decode()
    named = set(re.findall(r"\"([\w.-]+)\"", source))
    begun = tuple(set(re.findall(r"`([\w.-]+)\$\{", source)))
    return {key: text for key, text in sorted(words.items()) if key in named or (begun and key.startswith(begun))}


def _read(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    """The files below a folder that are served, as (path, bytes)."""
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _read(entry, f"{path}{entry.name}/")
        elif entry.name.rpartition(".")[2] in MEDIA_TYPES:
            found.append((path + entry.name, entry.read_bytes()))
    return found
