"""Photographs and papers of visits over HTTP: what may be attached, how much, and to whom it is given back."""

from __future__ import annotations

from typing import Any

import pytest
from support.circle import little_plan
from support.reporting import OF, code
from support.serving import Desk

from api.service.attachments import LARGEST, MOST, kind_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk where the little plan is published."""
    desk.published(OF, little_plan(OF))
    return desk


def attach(
    desk: Desk, content: bytes, media: str = "image/png", name: str = "ภาพ.png", token: str | None = None
) -> Any:
    return desk(
        "POST", "/v1/visits/c1-1/attachments", params={"name": name}, content=content, headers={"Content-Type": media},
        token=token,
    )  # fmt: skip


def test_a_photograph_is_kept_once_and_given_back_as_a_file(office: Desk) -> None:
    made = attach(office, PNG)
    assert made.status_code == 201, made.text
    assert attach(office, PNG).status_code == 200
    (told,) = office("GET", "/v1/visits/c1-1/attachments").json()
    assert (told["media"], told["size"], told["name"]) == ("image/png", len(PNG), "ภาพ.png")
    back = office("GET", f"/v1/visits/c1-1/attachments/{told['id']}")
    assert back.content == PNG
    assert back.headers["Content-Disposition"].startswith("attachment;")
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert office("GET", f"/v1/visits/c2-1/attachments/{told['id']}").status_code == 404
    assert office("GET", "/v1/visits/c1-1/attachments", token=office.token_of("officer", "c")).status_code == 404


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"<html><script>alert(1)</script>", "text/html"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg"),
        (PNG, "text/html"), (b"", "image/png"), (b"MZ\x90\x00", "image/png"),
    ],
)  # fmt: skip
def test_what_is_no_safe_file_is_refused(office: Desk, content: bytes, media: str) -> None:
    assert code(attach(office, content, media)) == (415, "attachment-type")


def test_attachments_are_limited(office: Desk) -> None:
    assert code(attach(office, PNG + b"0" * LARGEST)) == (413, "body-too-large")
    for number in range(MOST):
        assert attach(office, PNG + bytes([number])).status_code == 201
    assert code(attach(office, PNG + b"more")) == (409, "attachment-full")


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"RIFF1234WEBPVP8", "image/webp"), (b"%PDF-1.7", "application/pdf"),
        (b"RIFF1234WAVE", None), (b"GIF89a", None),
    ],
)  # fmt: skip
def test_the_first_bytes_decide(content: bytes, media: str | None) -> None:
    assert kind_of(content) == media
