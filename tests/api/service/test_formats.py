"""Every format of the list is served, under its media type."""

from __future__ import annotations

import pytest
from support.builders import problem
from support.serving import Desk

from api.formats import Format


@pytest.mark.parametrize("format", list(Format))
def test_the_service_gives_every_format(format: Format, desk: Desk) -> None:
    id_ = desk.planned(problem())
    answer = desk("GET", f"/v1/plans/{id_}/calendar?format={format}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == format.media
    assert answer.content
