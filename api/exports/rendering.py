"""From templates to HTML: everything that is filled in is escaped, and a name that does not exist is an error."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_ENVIRONMENT = Environment(
    loader=PackageLoader("api.exports", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, **context: Any) -> str:
    """The text of a template of this package."""
    return _ENVIRONMENT.get_template(template).render(**context)


def own(name: str) -> Markup:
    """A style sheet or script of this package, to stand in a page as it is."""
    source, _, _ = PackageLoader("api.exports", "templates").get_source(_ENVIRONMENT, name)
    return Markup(source)


def fingerprint(script: str) -> str:
    """What a Content-Security-Policy calls this one inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
