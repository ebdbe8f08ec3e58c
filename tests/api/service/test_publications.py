from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from support.builders import on, plan, problem, tour
from support.serving import Desk

from api.storage.drafts import keep_draft
from api.storage.news import newest_news
from api.storage.problems import Stated

TINY = problem()
ONE = plan(TINY, tour(TINY, on(1), "a", ["c1-1"]))
TWO = plan(TINY, tour(TINY, on(2), "a", ["c1-1"]))


def test_versions_are_listed_with_who_published_them_page_by_page(desk: Desk) -> None:
    for number in range(5):
        desk.published(TINY, ONE if number % 2 else TWO, seed=number + 1)
    answer = desk("GET", "/v1/publications?limit=2")
    assert [(each["version"], each["by"]) for each in answer.json()] == [(5, "test"), (4, "test")]
    seen = [each["version"] for each in answer.json()]
    while "next" in answer.links:
        answer = desk("GET", answer.links["next"]["url"])
        seen += [each["version"] for each in answer.json()]
    assert seen == [5, 4, 3, 2, 1]


def test_an_earlier_version_is_restored_as_a_new_one(desk: Desk) -> None:
    desk.published(TINY, ONE)
    desk.published(TINY, TWO, seed=2)
    late = desk("POST", "/v1/publications/1/restore", json={"replaces": 1})
    assert late.json()["errors"][0]["code"] == "publish-overtaken"
    made = desk("POST", "/v1/publications/1/restore", json={"replaces": 2})
    assert (made.status_code, made.json()["version"]) == (201, 3)
    assert desk("GET", "/v1/calendar").json()["visits"][0]["date"] == "2012-08-01"
    assert [(each["version"], each["restores"]) for each in desk("GET", "/v1/publications").json()] == [
        (3, 1), (2, None), (1, None),
    ]  # fmt: skip
    assert desk("POST", "/v1/publications/9/restore", json={"replaces": 3}).status_code == 404


def test_publishing_what_stands_changes_nothing(desk: Desk) -> None:
    made = desk.planned(TINY, ONE)
    assert desk("POST", f"/v1/plans/{made}/publish", json={"replaces": 0}).status_code == 201
    feed = desk("POST", "/v1/feeds", json={"officer": "a"}).json()["address"]
    before = desk("GET", feed).text
    for address, said in ((f"plans/{made}/publish", 1), (f"plans/{made}/publish", 0), ("publications/1/restore", 1)):
        again = desk("POST", f"/v1/{address}", json={"replaces": said})
        assert (again.status_code, again.json()["version"]) == (200, 1)
    assert [(each["version"], each["restores"]) for each in desk("GET", "/v1/publications").json()] == [(1, None)]
    assert desk("GET", feed).text == before
    assert desk("POST", f"/v1/plans/{made}/publish", json={"replaces": 2}).status_code == 409


def test_a_broken_draft_is_kept_but_not_published(desk: Desk) -> None:
    parent = desk.planned(TINY, ONE)
    token = desk("GET", "/v1/me").json()["id"]
    broken = [{"rule": 5, "where": "tour x", "what": "two tours at once"}]
    row, _ = keep_draft(desk.service.database, token, parent, Stated(TINY, None), TWO, [{"kind": "day"}], broken)
    refused = desk("POST", f"/v1/plans/{row.id}/publish", json={"replaces": 0})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "plan-broken")
    assert refused.json()["broken"] == broken
    told = desk("GET", f"/v1/plans/{row.id}").json()["draft"]
    assert told == {"parent": parent, "name": None, "moves": [{"kind": "day"}], "broken": broken}
    sound, _ = keep_draft(desk.service.database, token, row.id, Stated(TINY, None), TWO, [], [])
    assert desk("POST", f"/v1/plans/{sound.id}/publish", json={"replaces": 0}).status_code == 201


def test_a_plan_of_a_what_if_office_is_published_only_by_saying_so(desk: Desk) -> None:
    office = desk.posted(TINY)
    copy = desk("POST", f"/v1/problems/{office}/what-if", json={"cars": {"kk": 5}}).json()["id"]
    made = desk.ended(copy, ONE)
    for lang, words in (("th", "สำนักงานสมมติ"), ("en", "what-if office")):
        refused = desk("POST", f"/v1/plans/{made}/publish", json={"replaces": 0}, headers={"Accept-Language": lang})
        assert (refused.status_code, refused.json()["base"]) == (409, office)
        (error,) = refused.json()["errors"]
        assert error["code"] == "plan-what-if" and words in error["cause"]
    # what goes on from it is no more the office than itself is: a move by hand, and mending
    token = desk("GET", "/v1/me").json()["id"]
    after = Stated(TINY.changed(name="moved by hand"), None)
    moved, _ = keep_draft(desk.service.database, token, made, after, ONE, [], [])
    assert desk("POST", f"/v1/plans/{moved.id}/publish", json={"replaces": 0}).status_code == 409
    told = {"changes": [{"kind": "absent", "officer": "b", "first": "2012-08-03", "last": "2012-08-03"}]}
    mended = desk("POST", f"/v1/plans/{made}/replan", json=told).json()["problem"]
    assert desk("POST", f"/v1/plans/{desk.ended(mended, ONE)}/publish", json={"replaces": 0}).status_code == 409
    assert desk("GET", "/v1/publications").json() == []
    assert [desk("GET", f"/v1/plans/{id_}").json()["what_if"] for id_ in (made, moved.id)] == [office, office]
    assert {one["what_if"] for one in desk("GET", "/v1/plans").json()} == {office}
    assert [one["what_if"] for one in desk("GET", "/v1/plans", params={"drafts": True}).json()] == [office]
    said = {"replaces": 0, "what_if": True}
    assert desk("POST", f"/v1/plans/{made}/publish", json=said).status_code == 201
    assert desk("GET", f"/v1/plans/{made}").json()["what_if"] is None
    # the office is so from now on: a lost answer, and what is planned of it next, needs no saying
    assert desk("POST", f"/v1/plans/{made}/publish", json={"replaces": 0}).status_code == 200
    assert desk("POST", f"/v1/plans/{desk.ended(copy, TWO)}/publish", json={"replaces": 1}).status_code == 201


def test_a_copy_without_a_change_or_posted_as_the_office_is_the_office(desk: Desk) -> None:
    office = desk.posted(TINY)
    same = desk("POST", f"/v1/problems/{office}/what-if", json={"prices": {"km": 1}}).json()["id"]
    assert same == office
    assert desk("POST", f"/v1/plans/{desk.ended(same, ONE)}/publish", json={"replaces": 0}).status_code == 201
    copy = desk("POST", f"/v1/problems/{office}/what-if", json={"prices": {"km": 5}}).json()["id"]
    assert desk("POST", f"/v1/plans/{desk.ended(copy, ONE)}/publish", json={"replaces": 1}).status_code == 409
    problem_ = desk("GET", f"/v1/problems/{copy}")
    assert desk("POST", "/v1/problems", json=problem_.json()).json()["id"] == copy
    assert desk("POST", f"/v1/plans/{desk.ended(copy, ONE)}/publish", json={"replaces": 1}).status_code == 201


def test_drafts_are_named_and_listed_apart(desk: Desk) -> None:
    parent = desk.planned(TINY, ONE)
    token = desk("GET", "/v1/me").json()["id"]
    row, _ = keep_draft(desk.service.database, token, parent, Stated(TINY, None), TWO, [], [])
    assert desk("PATCH", f"/v1/plans/{row.id}", json={"name": "ลองดู"}).json()["draft"]["name"] == "ลองดู"
    assert desk("PATCH", f"/v1/plans/{parent}", json={"name": "x"}).status_code == 404
    assert [each["id"] for each in desk("GET", "/v1/plans").json()] == [parent]
    assert [each["draft"]["name"] for each in desk("GET", "/v1/plans?drafts=true").json()] == ["ลองดู"]


def damaged_draft(desk: Desk, column: str, damaged: str) -> str:
    """The id of a draft of which a column was damaged in the database."""
    parent = desk.planned(TINY, ONE)
    database, token = desk.service.database, desk("GET", "/v1/me").json()["id"]
    row, _ = keep_draft(database, token, parent, Stated(TINY, None), TWO, [], [])
    with database.write() as session:
        session.execute(
            text(f"UPDATE drafts SET {column} = :value WHERE plan_id = :plan"), {"value": damaged, "plan": row.id}
        )
    return row.id


def told_of(desk: Desk, draft: str) -> Iterator[dict[str, Any]]:
    """What is told of a draft, alone and in the list, in Thai."""
    for address in (f"/v1/plans/{draft}", "/v1/plans?drafts=true"):
        answer = desk("GET", address, headers={"Accept-Language": "th"})
        assert answer.status_code == 200, address
        yield (answer.json() if isinstance(answer.json(), dict) else answer.json()[0])["draft"]


def require_unpublishable(desk: Desk, draft: str) -> None:
    refused = desk("POST", f"/v1/plans/{draft}/publish", json={"replaces": 0})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "plan-broken")


KEPT = '{"rule": 5, "title": "t", "where": "w", "what": "two tours at once", "about": null}'


@pytest.mark.parametrize(
    "damaged",
    ["not JSON", "null", "7", '"x"', "{}", "[7]", "[null]", '[{"th": 3}]', '[{"rule": 5}]',
     '[{"rule": "x", "what": "y"}]', f'[{KEPT.replace("null", "7")}]', f'[{KEPT.replace("null", "{}")}]'],
)  # fmt: skip
def test_what_a_draft_breaks_that_was_damaged_in_the_database_is_told_as_that(desk: Desk, damaged: str) -> None:
    """It fails no list, and what nobody can read is no proof that the draft keeps every rule."""
    draft = damaged_draft(desk, "broken", damaged)
    for told in told_of(desk, draft):
        assert [broken["title"] for broken in told["broken"]] == ["ข้อกำหนดที่ผิดซึ่งอ่านไม่ได้"]
    require_unpublishable(desk, draft)
    with desk.service.database.read() as session:
        assert newest_news(session).drafts[draft]["broken"] == 1


@pytest.mark.parametrize(
    "damaged", ["not JSON", "null", "7", "{}", "[7]", '[{"kind": "place"}]', '[{"visit": "c1-1"}]']
)
def test_moves_of_a_draft_that_were_damaged_are_told_and_leave_the_others(desk: Desk, damaged: str) -> None:
    """They may have pinned a visit, so the draft is not published; it is shown, and gone on from."""
    draft = damaged_draft(desk, "moves", damaged)
    for told in told_of(desk, draft):
        assert told["moves"] == []
        assert [broken["title"] for broken in told["broken"]] == ["การย้ายด้วยตนเองที่อ่านไม่ได้"]
    require_unpublishable(desk, draft)
    for address in ("moves", "calendar?format=board"):
        assert desk("GET", f"/v1/plans/{draft}/{address}").status_code == 200, address
