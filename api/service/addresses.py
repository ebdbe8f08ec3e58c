"""Where the service is reached, as links and feeds tell it."""

from __future__ import annotations

from fastapi import Request

from api.service.state import Service


def address_of_service(request: Request, at: Service) -> str:
    """The public address of the settings, else the one that the request came to, a host the service goes by."""
    return at.settings.public_address or f"{request.url.scheme}://{request.url.netloc}"
