"""HEAD answers as GET does, without the body."""

from __future__ import annotations

import pytest
from support.builders import problem
from support.serving import Desk


@pytest.mark.parametrize(
    "path", ["/", "/v1/plans", "/openapi.json", "/v1/plans/{plan}/calendar?format=csv", "/nowhere"]
)
def test_head_is_get_without_its_body(desk: Desk, path: str) -> None:
    path = path.format(plan=desk.planned(problem()))
    whole, head = desk("GET", path), desk("HEAD", path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers.get("etag") == whole.headers.get("etag")


def test_head_of_a_feed_and_of_a_stream_ends_at_once(desk: Desk) -> None:
    desk.published(problem())
    feed = desk("POST", "/v1/feeds", json={"officer": "a"}).json()["address"]
    path = "/" + feed.split("/", 3)[3]
    answer = desk.client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/calendar")
    run = desk.asked(problem())
    stream = desk("HEAD", f"/v1/plans/{run}/events")  # a run that does not end
    assert stream.status_code == 200


def test_what_has_no_get_has_no_head(desk: Desk) -> None:
    assert desk("HEAD", f"/v1/plans/{desk.planned(problem())}/publish").status_code == 405
