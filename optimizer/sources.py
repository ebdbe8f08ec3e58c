"""Which sources made a plan: one hash over the two floors that a plan follows from."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def source_hash() -> str:
    """SHA-256 of every Python file of ``models`` and ``optimizer``, by name; shortened to 16 digits."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for floor in ("models", "optimizer") for path in (root / floor).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
