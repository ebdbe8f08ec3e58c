"""Templates, style sheets and scripts of the exports."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from api.rendering import Templates

_TEMPLATES: Final = Templates("api.exports")
render, own = _TEMPLATES.render, _TEMPLATES.own


def fingerprint(script: str) -> str:
    """What a Content-Security-Policy calls this one inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
