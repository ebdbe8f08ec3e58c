"""Templates of the circle, with the same strictness as those of the exports."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_LOADER: Final = PackageLoader("api.circle", "templates")
_ENVIRONMENT: Final = Environment(
    loader=_LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
#: nothing but the page's own style: no script, no picture from elsewhere
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(template: str, **context: Any) -> str:
    """The text of a template of this package."""
    return _ENVIRONMENT.get_template(template).render(policy=POLICY, style=_style(), **context)


def _style() -> Markup:
    source, _, _ = _LOADER.get_source(_ENVIRONMENT, "circle.css")
    return Markup(source)
