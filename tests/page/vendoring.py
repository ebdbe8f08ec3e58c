"""``make vendor``: fetch the page's libraries anew from the npm registry, and note version, licence and hash.

They are kept as they were published, byte for byte; tests/page/test_vendored.py compares the hashes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "api/page/static/vendor"
MANIFEST = VENDOR / "vendored.json"

#: package -> the file as it is named here -> where it is in the package
WANTED = {
    "preact": {"preact.mjs": "dist/preact.mjs", "preact-hooks.mjs": "hooks/dist/hooks.mjs"},
    "htm": {"htm.mjs": "dist/htm.module.js"},
    "leaflet": {"leaflet.js": "dist/leaflet.js", "leaflet.css": "dist/leaflet.css"},
    "protomaps-leaflet": {"protomaps-leaflet.js": "dist/protomaps-leaflet.js"},
}


def main() -> None:
    noted = []
    for package, wanted in WANTED.items():
        with tempfile.TemporaryDirectory() as folder:
            packed = subprocess.run(
                ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
            ).stdout.split()[-1]
            with tarfile.open(Path(folder) / packed) as archive:
                about = json.loads(_read(archive, "package.json"))
                (VENDOR / f"LICENSE.{package}").write_bytes(_read(archive, "LICENSE"))
                for name, path in wanted.items():
                    body = _read(archive, path)
                    (VENDOR / name).write_bytes(body)
                    noted.append(
                        {
                            "file": name, "package": package, "version": about["version"], "path": path,
                            "licence": about["license"], "sha256": hashlib.sha256(body).hexdigest(),
                        }
                    )  # fmt: skip
    MANIFEST.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")


def _read(archive: tarfile.TarFile, path: str) -> bytes:
    found = archive.extractfile(f"package/{path}")
    if found is None:
        raise FileNotFoundError(path)
    return found.read()


if __name__ == "__main__":
    main()
