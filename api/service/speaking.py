"""Which language an answer is in, by one rule: what ``lang`` says, else what Accept-Language prefers, else Thai."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from api.language.lang import Lang
from api.service.errors import language_of


async def spoken(
    request: Request,
    lang: Annotated[
        Lang | None, Query(description="Goes before the header Accept-Language; without both Thai.")
    ] = None,
) -> Lang:
    """The language that a request asks for."""
    return lang or Lang(language_of(request))


Spoken = Annotated[Lang, Depends(spoken)]
