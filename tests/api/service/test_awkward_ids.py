"""Ids that would be paths, or that hold what a reader cannot see, at every route that names something."""

from __future__ import annotations

import json
import re
from itertools import product
from urllib.parse import quote

from support.awkward import PATHS, WILD, office_of_paths, with_wild
from support.serving import Desk

from api.formats import Format
from models.problem import Problem

from .test_doors import ENDLESS, ROUTES

NAMING = [name for name in ROUTES if name.startswith("GET ") and "{" in name and name not in ENDLESS]


def is_plain(body: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in body)


def test_a_calendar_of_paths_is_served_under_a_name_that_is_none(desk: Desk) -> None:
    of, made = office_of_paths()
    desk.published(of, made)
    parts = ("", f"officer={quote(PATHS[0], safe='')}", f"cooperative={quote(PATHS[1], safe='')}")
    for format, query in product(Format, parts):
        answer = desk("GET", f"/v1/calendar?format={format}&{query}")
        assert answer.status_code == 200, answer.text
        named = re.findall(r'filename="?([^";]*)', answer.headers.get("Content-Disposition", ""))
        assert not [name for name in named if "/" in name or "\\" in name or ".." in name]


def test_a_visit_of_paths_is_explained_and_reported_on(desk: Desk) -> None:
    of, made = office_of_paths()
    id_ = desk.planned(of, made)
    desk.published(of, made)
    for visit in of.visit_by_id:
        written = quote(visit, safe="").replace(".", "%2E")  # a client takes /../ for a step back
        for path in ("why?seconds=0", "slots"):
            assert desk("GET", f"/v1/plans/{id_}/visits/{written}/{path}").status_code == 200
        for path in ("reporting", "report/versions", "attachments"):
            assert desk("GET", f"/v1/visits/{written}/{path}").status_code == 200
        attached = desk("POST", f"/v1/visits/{written}/attachments?name=x.png", content=b"\x89PNG\r\n\x1a\n",
                        headers={"Content-Type": "image/png"}).json()  # fmt: skip
        assert desk("GET", f"/v1/visits/{written}/attachments/{attached['id']}").content[:4] == b"\x89PNG"
        report = {"visit": visit, "held": False, "reason": "weather"}
        assert desk("PUT", f"/v1/visits/{written}/report", json={"replaces": 0, "report": report}).status_code == 201
        assert desk("GET", f"/v1/visits/{written}/report").json()["report"]["visit"] == visit
    asked = {"moves": [{"kind": "place", "visit": PATHS[0], "date": "2012-08-03"}]}
    assert desk("POST", f"/v1/plans/{id_}/moves", json=asked).status_code == 201


def test_no_route_is_led_astray_by_what_it_is_named(desk: Desk) -> None:
    """Nothing bears such an id here: it is not found, and what is said of it can be read."""
    for id_, name in product([*PATHS, *(each for each in WILD if "\ud800" not in each)], NAMING):
        written = quote(id_, safe="").replace(".", "%2E")  # a client takes /../ for a step back
        path = re.sub(r"\{(\w+)\}", written, name.removeprefix("GET "))
        answer = desk("GET", path)
        assert answer.status_code in (404, 422), (path, answer.text)
        assert is_plain(answer.text)


def test_a_body_that_holds_one_is_refused_in_plain_text(desk: Desk) -> None:
    of, made = office_of_paths()
    plan = desk.planned(of, made)
    for id_ in WILD:
        refused(desk, of, plan, id_)


def refused(desk: Desk, of: Problem, plan: str, id_: str) -> None:
    bodies = [data for _, data in with_wild(of.to_dict(), id_)][::6]
    answers = [desk("POST", "/v1/problems", content=json.dumps(body), headers={"Content-Type": "application/json"})
               for body in bodies]  # fmt: skip
    moves = ({"kind": "pin", "visit": id_}, {"kind": "crew", "tour": "t", "officers": [id_]})
    answers += [desk("POST", f"/v1/plans/{plan}/moves", content=json.dumps({"moves": [move]})) for move in moves]
    changes = {"changes": [{"kind": "absent", "officer": id_, "first": "2012-08-01", "last": "2012-08-01"}]}
    answers.append(desk("POST", f"/v1/plans/{plan}/replan", content=json.dumps(changes)))
    for answer in answers:
        assert answer.status_code in (400, 415, 422), answer.text
        assert is_plain(answer.text)
