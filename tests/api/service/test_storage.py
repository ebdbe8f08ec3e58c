"""What the database promises, on both kinds of database."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from support.builders import problem
from support.publishing import little_plan

from api.runs.mishaps import lost, overdue
from api.storage import plans, publications, reading
from api.storage.database import Database
from api.storage.faults import fault_of, row_of, text_in
from api.storage.links import claim, invite
from api.storage.migrating import HEAD, configuration
from api.storage.plans import KeyReused, QueueFull, Room
from api.storage.problems import Stated, Tables, keep_problem, tables_of
from api.storage.publications import Overtaken
from api.storage.tables import StoredPlan, Table
from api.storage.tokens import create_token, find_token, list_tokens, revoke_token
from models.faults import Fault
from models.plan import Plan
from models.saying import both, named, place, said
from optimizer.replanning.proposals import Proposal

REQUEST = {"seconds": 5.0, "gap": None, "seed": 1, "deterministic": False}
ROOM = Room(100, 100)
FAULT = Fault("run-lost", "plan", "It went.", "Look.")
DAY = dt.date(2012, 9, 3)
NAMED = said("{value} is already the id in {place}.", value=named("topics", "ด้าน"), place=place(sheet="สหกรณ์", row=8))


@pytest.fixture
def token(database: Database) -> str:
    return create_token(database, "test", "planner")[0].id


@pytest.fixture
def stated(database: Database) -> str:
    return keep_problem(database, Stated(problem(), None))[0].id


@pytest.fixture
def accept(database: Database, token: str, stated: str) -> Callable[..., str]:
    def accepted(key: str | None = None, room: Room = ROOM, **more: Any) -> str:
        return plans.accept(database, token, stated, REQUEST | more, key, room)[0].id

    return accepted


def kinds(database: Database, id_: str) -> list[str]:
    with database.read() as session:
        events = reading.events_after(session, id_, 0)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    return [event.kind for event in events]


def state(database: Database, id_: str) -> str:
    with database.read() as session:
        return session.get_one(StoredPlan, id_).state


def test_migrations_go_up_and_down_and_make_what_the_code_needs(url: str) -> None:
    database = Database(url)
    database.migrate()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    database.migrate("base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.migrate()
    assert set(Table.metadata.tables) < set(inspect(database.engine).get_table_names())
    database.close()


def test_a_step_down_and_up_again_keeps_the_plans_that_were_proposed(
    database: Database, accept: Callable[..., str]
) -> None:
    id_ = proposed(database, accept)
    with database.read() as session:
        ids = [each.plan_id for each in reading.proposals_of(session, id_)]
    database.migrate("0001")
    assert "proposals" not in inspect(database.engine).get_table_names()
    database.migrate()
    assert [state(database, each) for each in [id_, *ids]] == ["done"] * 3
    with database.read() as session:
        assert reading.proposals_of(session, id_) == []


def test_the_newest_migration_is_the_one_the_code_names() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD


def test_two_services_may_start_on_one_empty_database_at_once(url: str) -> None:
    databases = [Database(url) for _ in range(4)]
    threads = [threading.Thread(target=database.migrate) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "plans" in inspect(databases[0].engine).get_table_names()
    for database in databases:
        database.close()


def test_one_key_is_one_run(database: Database, accept: Callable[..., str]) -> None:
    first = accept("key")
    assert accept("key") == first
    assert accept("other") != first
    with pytest.raises(KeyReused):
        accept("key", seed=2)


def test_many_at_once_with_one_key_are_one_run(database: Database, accept: Callable[..., str]) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(accept("key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_there_is_room_for_so_many_runs_and_no_more_even_at_once(
    database: Database, accept: Callable[..., str]
) -> None:
    results: list[str] = []

    def ask() -> None:
        try:
            results.append(accept(room=Room(3, 100)))
        except QueueFull as full:
            results.append("full")
            assert not full.own
            assert full.seconds == 15.0

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("full") == 5


def test_a_token_has_its_own_room(database: Database, accept: Callable[..., str]) -> None:
    accept(room=Room(9, 1))
    with pytest.raises(QueueFull) as full:
        accept(room=Room(9, 1))
    assert full.value.own


def test_a_run_goes_from_accepted_to_done(database: Database, accept: Callable[..., str]) -> None:
    id_ = accept()
    assert plans.waiting(database, 5) == [id_]
    run = plans.start(database, id_)
    assert run is not None
    assert plans.start(database, id_) is None
    assert plans.progress(database, id_, 1, {"cost": 7.0})
    assert plans.finish(database, id_, 1, little_plan(problem(), Random(1)))
    assert (state(database, id_), plans.waiting(database, 5)) == ("done", [])
    assert kinds(database, id_) == ["accepted", "started", "progress", "ended"]


def test_an_attempt_that_was_given_up_has_no_say(database: Database, accept: Callable[..., str]) -> None:
    id_ = accept()
    plans.start(database, id_)
    assert plans.recover(database) == [id_]
    assert not plans.progress(database, id_, 1, {})
    second = plans.start(database, id_)
    assert second is not None
    assert second.attempt == 2
    made = little_plan(problem(), Random(1))
    assert not plans.finish(database, id_, 1, made)
    assert not plans.fail(database, id_, 1, [FAULT])
    plans.hand_back(database, id_, 1, said("the cluster lost it"))
    assert state(database, id_) == "running"
    assert plans.finish(database, id_, 2, made)
    assert not plans.finish(database, id_, 2, made)
    assert plans.recover(database) == []
    assert kinds(database, id_) == ["accepted", "started", "interrupted", "started", "ended"]


def proposed(database: Database, accept: Callable[..., str]) -> str:
    """The id of a replanning run that has ended with two proposals."""
    base = accept()
    assert plans.start(database, base)
    made = little_plan(problem(), Random(1))
    assert plans.finish(database, base, 1, made)
    id_ = accept(replans=base)
    run = plans.start(database, id_)
    assert run is not None
    assert run.former is not None
    assert Plan.model_validate_json(run.former[1]) == made
    both = [Proposal("balanced", made, (), 0, True), Proposal("cheapest", made, (), 0, False)]
    assert plans.propose(database, id_, 1, both, cancelled=False)
    return id_


def test_proposals_are_plans_of_their_own_kept_once(database: Database, accept: Callable[..., str]) -> None:
    id_ = proposed(database, accept)
    assert not plans.propose(database, id_, 1, [], cancelled=False)
    assert (state(database, id_), kinds(database, id_)) == ("done", ["accepted", "started", "ended"])
    with database.read() as session:
        found = reading.proposals_of(session, id_)
        assert [(each.number, each.kind, each.proven) for each in found] == [
            (1, "balanced", True),
            (2, "cheapest", False),
        ]
        texts = [reading.plan_text(session, each.plan_id) for each in found]
    assert all(text is not None and text[1] is not None and text[0].summary is not None for text in texts)
    assert [kinds(database, each.plan_id) for each in found] == [["ended"], ["ended"]]
    assert plans.waiting(database, 9) == plans.recover(database) == []


def test_a_run_that_costs_too_many_workers_fails_alone(database: Database, accept: Callable[..., str]) -> None:
    poison, other = accept(), accept()
    for attempt in (1, 2):
        plans.start(database, poison)
        plans.lose_worker(database, poison, attempt, 2, [FAULT])
    assert (state(database, poison), state(database, other)) == ("failed", "queued")
    with database.read() as session:
        faults = session.get_one(StoredPlan, poison).faults
    assert faults is not None
    assert faults[0]["code"] == "run-lost"


@pytest.mark.parametrize(
    "fault",
    [
        FAULT,
        lost(2),
        overdue(61.7),
        Fault(
            "date-order", place(file="a.xlsx", row=3), said("{last} lies before {first}.", last=DAY, first=DAY), NAMED
        ),
        Fault("field-value", "seconds", both("It is {n}.", "คือ {n}", n=None), both("{No value}.", "ไม่มีค่า")),
    ],
    ids=lambda fault: fault.code,
)
def test_a_fault_is_kept_with_all_that_any_language_needs(fault: Fault) -> None:
    again = fault_of(json.loads(json.dumps(row_of(fault))))
    assert [again.in_language(lang) for lang in ("en", "th")] == [fault.in_language(lang) for lang in ("en", "th")]
    assert again.place == fault.place


def test_what_older_versions_kept_in_english_is_read() -> None:
    row = {"code": "run-lost", "where": "plan", "cause": "3 workers died over it.", "remedy": "Look into the log."}
    assert fault_of(row).in_language("en") == Fault(**row)
    assert fault_of(row).in_language("th").cause == "ตัวคำนวณหยุดทำงานซ้ำหลายครั้ง (3 workers died over it.)"
    assert (text_in("its worker died", "en"), text_in("its worker died", "th")) == (
        "its worker died",
        "ตัวคำนวณที่ทำงานนี้หยุดทำงาน",
    )
    assert text_in("it went {away}", "th") == "it went {away}", "no sentence that is known"


DAMAGED = [
    None, 3, "x", {}, {"code": "run-lost"},
    row_of(lost(2)) | {"code": "a-code-of-another-version"},
    row_of(lost(2)) | {"cause": None},
    row_of(lost(2)) | {"cause": {}},
    row_of(lost(2)) | {"where": 7},
    row_of(lost(2)) | {"cause": {"template": "{workers} workers died over it.", "values": {}}},
    row_of(lost(2)) | {"cause": {"template": "{workers} workers died over it.", "values": {"other": 1}}},
    row_of(lost(2)) | {"cause": {"template": "{workers", "values": {"workers": 1}}},
    row_of(overdue(9)) | {"cause": row_of(overdue(9))["cause"] | {"values": {"seconds": "nine"}}},
    row_of(lost(2)) | {"remedy": {"date": "32 August"}},
]  # fmt: skip


@pytest.mark.parametrize("row", DAMAGED, ids=str)
def test_a_fault_that_cannot_be_read_is_told_as_that(row: object) -> None:
    """One damaged row hides neither its run nor the list that it stands in."""
    fault = fault_of(json.loads(json.dumps(row)))
    assert fault.in_language("en").cause == "What is kept about the reason cannot be read."
    assert fault.in_language("th").cause == "สาเหตุที่บันทึกไว้อ่านไม่ได้"


@pytest.mark.parametrize("data", [None, 3, {}, {"template": "{n}", "values": {"m": 1}}, {"date": "never"}], ids=str)
def test_a_reason_that_cannot_be_read_is_told_as_that(data: object) -> None:
    assert (text_in(data, "en"), text_in(data, "th")) == (
        "What is kept about the reason cannot be read.",
        "สาเหตุที่บันทึกไว้อ่านไม่ได้",
    )


def test_cancelling(database: Database, accept: Callable[..., str]) -> None:
    waits, runs = accept(), accept()
    plans.cancel(database, waits)
    assert state(database, waits) == "cancelled"
    plans.start(database, runs)
    plans.cancel(database, runs)
    plans.cancel(database, runs)
    assert plans.cancels(database, [waits, runs]) == {waits, runs}
    assert kinds(database, runs) == ["accepted", "started", "cancelling"]
    plans.recover(database)
    assert plans.start(database, runs) is None
    assert state(database, runs) == "cancelled"
    assert plans.cancel(database, "nothing") is None


def test_of_two_that_publish_at_once_one_wins(database: Database, accept: Callable[..., str], token: str) -> None:
    ids = [accept() for _ in range(6)]
    results: list[str] = []

    def publish(id_: str) -> None:
        try:
            publications.publish(database, id_, token, 0)
            results.append("won")
        except Overtaken as overtaken:
            assert overtaken.current is not None
            results.append(f"lost to {overtaken.current.version}")

    threads = [threading.Thread(target=publish, args=(id_,)) for id_ in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["lost to 1"] * 5 + ["won"]


def test_publishing_again_in_the_same_place_changes_nothing(
    database: Database, accept: Callable[..., str], token: str
) -> None:
    id_ = accept()
    assert publications.publish(database, id_, token, 0)[1]
    again, new = publications.publish(database, id_, token, 0)
    assert (again.version, new) == (1, False)


def test_equal_problems_are_kept_once(database: Database) -> None:
    first, new = keep_problem(database, Stated(problem(), None))
    second, again = keep_problem(database, Stated(problem(), None))
    assert (first.id, new, again) == (second.id, True, False)
    assert keep_problem(database, Stated(problem(name="other"), None))[0].id != first.id


def test_the_newest_tables_of_a_problem_are_kept(database: Database) -> None:
    def tables(notes: str, workbook: bytes | None) -> tuple[str, bool]:
        row, new = keep_problem(database, Stated(problem(), None, Tables(notes, workbook)))
        return row.id, new

    id_, new = tables("{}", b"one")
    assert new
    assert tables("{}", b"two") == tables("{}", b"two") == (id_, False)
    keep_problem(database, Stated(problem(), None))  # a problem without tables takes none away
    with database.read() as session:
        assert tables_of(session, id_) == Tables("{}", b"two")


def test_tokens_are_kept_as_hashes_and_can_be_revoked(database: Database) -> None:
    token, secret = create_token(database, "phone", "officer", "P01")
    with database.read() as session:
        found = find_token(session, secret)
        assert found is not None
        assert found.id == token.id
        assert secret not in repr(vars(found))
        assert find_token(session, token.hash) is None
    assert revoke_token(database, token.id)
    assert not revoke_token(database, "nothing")
    with database.read() as session:
        assert find_token(session, secret) is None
    assert [token.name for token in list_tokens(database)] == ["phone"]


def test_the_one_time_link_works_once_and_only_before_there_is_a_planner(database: Database) -> None:
    old, code = invite(database), invite(database)
    assert old is not None
    assert code is not None
    assert claim(database, old) is None
    assert claim(database, code) is not None
    assert claim(database, code) is None
    assert invite(database) is None


def test_one_process_holds_the_engine_lock_and_frees_it(url: str) -> None:
    one, other = Database(url), Database(url)
    with one.hold("engine") as held:
        assert held is not None
        assert held.still()
        with other.hold("engine") as second:
            assert second is None
    for _ in range(20):  # free at once, and not a moment later
        for each in (other, one):
            with each.hold("engine") as held:
                assert held is not None
    one.close()
    other.close()
