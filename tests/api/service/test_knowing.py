"""What an officer is told follows from what he or she may know, and from nothing else.

Two worlds are alike in all that officer ``a`` may know, and differ in everything else: whatever is drawn for ``a`` in
one of them has to be drawn in the other, byte for byte. A format that is added is tried here without another word.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import icalendar
import pytest
from support.builders import cooperative, days, line, officer, on, plan, problem, tour, visit
from support.serving import Desk

from api.formats import Format
from api.language.lang import Lang
from api.service.calendars import _Asked, _drawn
from api.service.choosing import Chosen
from api.service.feeds import _drawn as feed_drawn
from api.service.knowing import reduced
from api.service.names import names_of
from api.storage import plans
from api.storage.plans import Room
from api.storage.problems import Stated, keep_problem
from api.storage.publications import publish
from api.storage.tables import Feed, Publication
from models.office import Agency, CooperativeRow, DepotRow, IssueRow, Office, OfficerRow, Topic
from models.plan import Plan, Unplanned
from models.problem import Problem

#: what differs from world to world is made of this
SECRETS = ("azure", "crimson")


def stated_of(secret: str) -> Stated:
    """The world: ``a`` rides with ``mate`` to c1, leads c2, which is left out; c3 and c4 are ``other``'s."""
    first = secret == SECRETS[0]
    made = problem(
        name="world",
        workdays=days(1, 2, 3, 6, 7),
        officers=[
            officer("a", "x", absent=days(7)),
            officer("mate", "xy", absent=days(2 if first else 3), fair_hours=3 if first else 4),
            officer("other", "z", name=secret, absent=days(6 if first else 2), max_days_per_week=3 if first else 4),
        ],
        partners=[{"id": "cad", "dates": days(1, 2), "per_day": 1},
                  {"id": secret, "dates": days(3 if first else 6), "per_day": 1}],
        cooperatives=[
            cooperative("c1", 1, current_lead="other" if first else "mate"), cooperative("c2", 2),
            cooperative("c3", 3, name=secret), cooperative("c4", 4, name=secret),
        ],
        visits=[
            visit("c1-1", topics=["x"], partner="cad", issues=["i1"]), visit("c2-1", issues=["i2"]),
            visit("c3-1", minutes=30 if first else 50, partner=secret, issues=["i3"], due=on(1 if first else 2)),
            visit("c4-1", minutes=40, priority=2 if first else 3),
        ],
        travel=line(0, 10, 20, 30 if first else 33, -20 if first else -23),
        prices={"km": 1, "officer_day": 100, "unplanned": 1000, "late_day": 10, "lead_change": 50, "overload_hour": 5},
    )  # fmt: skip
    return Stated(made, _office(made, secret))


def _office(made: Problem, secret: str) -> Office:
    place = {"district_th": "เมือง", "district_en": "Mueang", "kind": "agricultural", "standard": "good"}
    cooperatives = [
        CooperativeRow(
            id=id_, name_th=name, name_en=name, lat=16.0 + n / 100, lon=102.0 + lon, current_lead=lead, **place
        )
        for n, (id_, name, lon, lead) in enumerate([
            ("c1", "one", 0.1, made.cooperatives[0].current_lead), ("c2", "two", 0.2, None),
            ("c3", secret, len(secret) / 100, "other"), ("c4", secret, len(secret) / 90, None),
        ])
    ]  # fmt: skip
    officers = [
        OfficerRow(id="a", name_th="ก", name_en="A", topics=("x",), depot="kk"),
        OfficerRow(id="mate", name_th="ข", name_en="B", topics=("x", "y"), depot="kk", fair_hours=float(len(secret))),
        OfficerRow(id="other", name_th=secret, name_en=secret, topics=("z",), depot="kk"),
    ]
    issues = [
        IssueRow(id="i1", cooperative="c1", topic="x", severity=2, sessions=1, audience="board", title_en="mine"),
        IssueRow(id="i2", cooperative="c2", topic="x", severity=2, sessions=1, audience="board", title_en="also mine"),
        IssueRow(id="i3", cooperative="c3", topic="z", severity=5, sessions=1, audience="members", title_en=secret),
    ]
    return Office(
        name_th="ที่ทำการ", name_en="office",
        depots=(DepotRow(id="kk", name_th="ข", name_en="K", lat=16, lon=102, cars=2, seats=2),),
        cooperatives=tuple(cooperatives), officers=tuple(officers), issues=tuple(issues),
        topics=(Topic(id="x", name_th="x", name_en="x"), Topic(id="y", name_th="y", name_en="y"),
                Topic(id="z", name_th=secret, name_en=secret)),
        agencies=(Agency(id="cad", name_th="ตรวจ", name_en="audit"), Agency(id=secret, name_th=secret, name_en=secret)),
    )  # fmt: skip


def plan_of(stated: Stated) -> Plan:
    made, first = stated.problem, stated.problem.cooperatives[2].name == SECRETS[0]
    tours = [
        tour(made, on(1), ["a", "mate"], ["c1-1"], id_="mine"),
        tour(made, on(6 if first else 7), ["mate"], ["c3-1"]),
    ]
    if first:
        tours.append(tour(made, on(3), ["other"], ["c4-1"]))
    told = plan(made, *tours, leads={"c1": "mate", "c2": "a", "c3": "mate" if first else "other"})
    who = "`other`" if first else "`mate`"
    left = tuple(Unplanned(visit=item.visit, reason=f"no-officer: {who} is away.") for item in told.unplanned)
    return told.model_copy(update={"unplanned": left, "lower_bound": 10.0 if first else 20.0})


WORLDS = [(stated, plan_of(stated)) for stated in map(stated_of, SECRETS)]
CHOICES = [
    Chosen(officer="a"), Chosen("a", cooperative="c1"), Chosen("a", cooperative="c2"), Chosen("a", district="Mueang"),
    Chosen("a", day=on(1)), Chosen("a", week=(2012, 31)), Chosen("a", day=on(6)),
]  # fmt: skip


def published(desk: Desk, stated: Stated, plan: Plan) -> Publication:
    """A world in the database, published."""
    database = desk.service.database
    token = desk("GET", "/v1/me").json()["id"]
    problem = keep_problem(database, stated)[0].id
    request = {"seconds": 1.0, "gap": None, "seed": 1, "deterministic": False}
    id_ = plans.accept(database, token, problem, request, None, Room(9, 9))[0].id
    run = plans.start(database, id_)
    assert run is not None and plans.finish(database, id_, run.attempt, plan)
    current = desk("GET", "/v1/calendar").headers.get("Patithin-Version", "0")
    made = publish(database, id_, token, int(current))[0]
    return Publication(version=1, plan_id=made.plan_id, published_at=dt.datetime(2012, 7, 30, tzinfo=dt.UTC))


def comparable(format: Format, body: bytes) -> Any:
    """The document without the moment at which it was written."""
    if format is not Format.xlsx:
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return {part: package.read(part) for part in package.namelist() if part != "docProps/core.xml"}


@pytest.fixture
def worlds(desk: Desk) -> list[Publication]:
    return [published(desk, stated, plan) for stated, plan in WORLDS]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("format", Format)
def test_what_an_officer_may_not_know_changes_nothing_that_is_drawn(
    desk: Desk, worlds: list[Publication], format: Format, lang: Lang
) -> None:
    def drawn_for(whose: str | None, made: Publication, chosen: Chosen) -> object:
        asked = _Asked(made.plan_id, made.version, made.published_at, chosen, format, lang, whose, True)
        return comparable(format, _drawn(desk.service.database, asked))

    for chosen in CHOICES:
        drawn = [drawn_for("a", made, chosen) for made in worlds]
        assert drawn[0] == drawn[1], chosen
    whole = [drawn_for(None, made, Chosen()) for made in worlds]
    assert whole[0] != whole[1], "a test that could not fail"


def test_names_and_feeds_of_an_officer_follow_from_the_same(desk: Desk, worlds: list[Publication]) -> None:
    names = [names_of("x", reduced("a", stated, plan)[0]) for stated, plan in WORLDS]
    assert names[0] == names[1]
    assert {each.id for each in names[0].officers} == {"a", "mate"}
    feed = Feed(officer="a", cooperative=None, lang="en")
    with desk.service.database.read() as session:
        drawn = [feed_drawn(session, feed, made) for made in worlds]
    assert drawn[0] == drawn[1]
    assert len(icalendar.Calendar.from_ical(drawn[0]).events) == 1


@pytest.mark.parametrize("format", Format)
def test_the_service_tells_an_officer_no_more(desk: Desk, worlds: list[Publication], format: Format) -> None:
    token = desk.token_of("officer", "a")
    for query in ("", "&version=1", "&district=Mueang", "&week=2012-W31", "&day=2012-08-06"):
        answer = desk("GET", f"/v1/calendar?format={format}&lang=en{query}", token=token)
        assert answer.status_code == 200
        text = answer.content
        if format is Format.xlsx:
            with zipfile.ZipFile(io.BytesIO(text)) as package:
                text = b"".join(package.read(part) for part in package.namelist())
        assert not [secret for secret in SECRETS if secret.encode() in text]
    for secret in ("c3", "c4"):
        assert desk("GET", f"/v1/calendar?cooperative={secret}", token=token).status_code == 404


def test_an_entity_tag_of_another_tells_nothing(desk: Desk, worlds: list[Publication]) -> None:
    tag = desk("GET", "/v1/calendar").headers["ETag"]
    answer = desk("GET", "/v1/calendar", token=desk.token_of("officer", "a"), headers={"If-None-Match": tag})
    assert answer.status_code == 200


def test_the_own_part_is_whole() -> None:
    stated, made = reduced("a", *WORLDS[0])
    assert [item.id for item in made.tours] == ["mine"]
    assert [item.visit for item in made.unplanned] == ["c2-1"]
    assert stated.problem.officer_by_id["a"].absent == (on(7),)
    assert stated.problem.officer_by_id["mate"].absent is None
    assert made.cost.km == 20
