"""Templates of the circle, each with the circle's style and policy."""

from __future__ import annotations

from typing import Any, Final

from api.rendering import Templates

_TEMPLATES: Final = Templates("api.circle")
#: nothing but the page's own style: no script, no picture from elsewhere
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(template: str, **context: Any) -> str:
    """The text of a template of this package."""
    return _TEMPLATES.render(template, policy=POLICY, style=_TEMPLATES.own("circle.css"), **context)
