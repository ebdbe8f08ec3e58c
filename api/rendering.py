"""From templates to HTML: everything that is filled in is escaped, and a name that does not exist is an error."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


class Templates:
    """What lies in the folder ``templates`` of a ``package``."""

    def __init__(self, package: str) -> None:
        self._loader = PackageLoader(package, "templates")
        self._environment = Environment(
            loader=self._loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    def render(self, template: str, **context: Any) -> str:
        """The text of a template, filled in."""
        return self._environment.get_template(template).render(**context)

    def own(self, name: str) -> Markup:
        """A style sheet or script, to stand in a page as it is."""
        source, _, _ = self._loader.get_source(self._environment, name)
        return Markup(source)


def fingerprint(script: str) -> str:
    """What a Content-Security-Policy calls this one inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
