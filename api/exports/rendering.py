"""Templates, style sheets and scripts of the exports."""

from __future__ import annotations

from typing import Final

from api.rendering import Templates, fingerprint

_TEMPLATES: Final = Templates("api.exports")
render, own = _TEMPLATES.render, _TEMPLATES.own

#: what a browser may do with the calendar as a page: run its own script, and use styles that are filled in
CALENDAR_POLICY: Final = f"default-src 'none'; style-src 'unsafe-inline'; script-src '{fingerprint(own('page.js'))}'"
