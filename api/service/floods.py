"""Floods without a token, turned away before anything of a request is looked at but where it comes from.

Who has asked too often without a token for what needs one is refused by the operation's door as well; here that costs a
tenth. What is open to everybody, and whoever shows a token, goes on to the doors.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.service.access import address_of, secrets_of
from api.service.errors import Refused, answer, language_of
from api.service.limiting import Rates

#: addresses below the first need a token, but for those below the second, whose secret is in them
GUARDED, BY_SECRET = "/v1/", "/v1/feeds/"


class Floods:
    """Refuses requests without a token from an address that has sent too many of them."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self._app, self._rates = app, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(GUARDED) and not path.startswith(BY_SECRET):
            request = Request(scope)
            if secrets_of(request) == (None, None):
                try:
                    self._rates.refuse(address_of(request))
                except Refused as over:
                    told = answer(over.status_code, [over.fault], over.headers, language_of(request))
                    return await told(scope, receive, send)
        return await self._app(scope, receive, send)
