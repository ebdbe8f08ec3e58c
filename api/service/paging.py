"""Lists by the page: the header ``Link`` leads to the next one, as RFC 8288 says."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.service.queries import Whole

Limit = Annotated[Whole, Query(ge=1, le=200, description="At most so many; the header Link leads to more.")]
After = Annotated[str | None, Query(min_length=1, max_length=100, description="Those after this id.")]


def linked(request: Request, response: Response, key: str, last: object | None) -> None:
    """Say where the next page is, after the ``last`` item of this one; nothing where this is the last page."""
    if last is not None:
        query = request.url.include_query_params(**{key: str(last)}).query
        response.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
