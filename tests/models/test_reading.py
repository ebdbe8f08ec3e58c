"""Malformed files of many kinds: each is met with coded faults in their place, all at once, and never with a crash."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from support.builders import cooperative, days, officer, on, plan, problem, tour, visit

from models import reading
from models.faults import Fault, InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.reading import read_problem
from models.validation import cause_and_remedy


def sample() -> dict[str, Any]:
    """The JSON object of a small sound problem."""
    return problem().to_dict()


def faults_of(source: Any) -> tuple[Fault, ...]:
    with pytest.raises(InvalidInput) as caught:
        read_problem(source)
    for fault in caught.value.faults:
        assert str(fault).encode("utf-8")  # can be printed
        assert len(str(fault)) < 500
    return caught.value.faults


def found(source: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in faults_of(source)]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sample with the value at a path such as ``visits.0.minutes`` replaced."""
    data = copy.deepcopy(sample())
    *way, last = path.split(".")
    place: Any = data
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return data


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json-syntax"),
        ("   ", "json-syntax"),
        ("{", "json-syntax"),
        ('{"format": "visit-problem/1",}', "json-syntax"),
        ("{'format': 'visit-problem/1'}", "json-syntax"),
        ("\x00", "json-syntax"),
        ('"text', "json-syntax"),
        ("[" * 100_000, "json-syntax"),
        ('{"a":' * 50_000, "json-syntax"),
        (b"\xff\xfe\x00", "json-syntax"),
        (b'{"format": "\xe0\xb8"}', "json-syntax"),
        ("null", "json-shape"),
        ("[]", "json-shape"),
        ("3", "json-shape"),
        ("NaN", "json-shape"),
        ('"visit-problem/1"', "json-shape"),
        ("{}", "format-unknown"),
        ('{"format": null}', "format-unknown"),
        ('{"format": 1}', "format-unknown"),
        ('{"format": "visit-problem/2"}', "format-unknown"),
        ('{"format": "visit-plan/1"}', "format-unknown"),
    ],
)
def test_what_is_not_an_object_of_the_format(text: str | bytes, code: str) -> None:
    assert [each for each, _ in found(text)] == [code]


def test_a_syntax_fault_names_line_and_column() -> None:
    (fault,) = faults_of('{\n "format": oops\n}')
    assert fault.where == "input, line 2, column 12"


def test_the_remedy_for_a_workbook_names_what_is_wanted() -> None:
    for format, part in (
        ("visit-plan/1", "plan.json"),
        ("visit-problem/1", "problem"),
        ("visit-evaluation/1", "visit-evaluation/1"),
    ):
        with pytest.raises(InvalidInput) as caught:
            reading.load_json(Path("handbook.xlsx"), format)
        assert part in caught.value.faults[0].remedy


def test_a_byte_order_mark_does_no_harm() -> None:
    text = problem().to_json()
    assert read_problem(text.encode("utf-8-sig")) == problem()
    assert read_problem(text.encode()) == problem()


WRONG: list[tuple[str, Any, str]] = [
    # path, value, code
    ("name", 3, "field-value"),
    ("name", None, "field-value"),
    ("name", "a\x00b", "field-value"),
    ("name", "\x1b[31m", "field-value"),
    ("name", "\ud800", "field-value"),
    ("workdays", "2012-08-01", "field-value"),
    ("workdays", {"2012-08-01": 1}, "field-value"),
    ("workdays.1", 20120802, "field-value"),
    ("workdays.1", 1343865600, "field-value"),
    ("workdays.1", "2012-08-02T00:00:00", "field-value"),
    ("workdays.1", "2012-02-30", "field-value"),
    ("workdays.1", "02/08/2012", "field-value"),
    ("workdays.1", "2555-8-2", "field-value"),
    ("workdays.1", "๒๐๑๒-๐๘-๐๒", "field-value"),
    ("workdays.1", None, "field-value"),
    ("workdays.1", "2012-08-01", "date-order"),
    ("day", None, "field-value"),
    ("day", [], "field-value"),
    ("day.start", 510, "field-value"),
    ("day.start", "8 o'clock", "field-value"),
    ("day.end", "25:61", "field-value"),
    ("day.max_minutes", "480", "field-value"),
    ("day.max_minutes", -1, "field-value"),
    ("day.max_minutes", float("nan"), "field-value"),
    ("day.max_minutes", float("inf"), "field-value"),
    ("day.max_minutes", 10**400, "field-value"),
    ("day.max_minutes", 1e18, "field-value"),
    ("day.max_minutes", True, "field-value"),
    ("day.lunch", "12:00", "field-unknown"),
    ("offices", [], "field-value"),
    ("offices.0", None, "field-value"),
    ("offices.0.location", -1, "field-value"),
    ("offices.0.location", 1.5, "field-value"),
    ("offices.0.location", "0", "field-value"),
    ("offices.0.location", False, "field-value"),
    ("offices.0.location", 99, "location-unknown"),
    ("offices.0.seats", 0, "field-value"),
    ("offices.0.cars", 10**30, "field-value"),
    ("offices.0.cars_on", {"yesterday": 1}, "field-value"),
    ("offices.0.cars_on", {"2012-08-01": -1}, "field-value"),
    ("offices.0.cars_on", ["2012-08-01"], "field-value"),
    ("officers.0.id", "", "field-value"),
    ("officers.0.id", 7, "field-value"),
    ("officers.0.id", "b", "id-repeated"),
    ("officers.0.topics", "accounts", "field-value"),
    ("officers.0.topics", None, "field-value"),
    ("officers.0.topics", [1], "field-value"),
    ("officers.0.office", "nowhere", "id-unknown"),
    ("officers.0.absent", ["soon"], "field-value"),
    ("cooperatives.0.open", ["08:30"], "field-missing"),
    ("cooperatives.0.open", ["08:30", "09:00", "10:00"], "field-value"),
    ("cooperatives.0.open", "08:30-16:30", "field-value"),
    ("cooperatives.0.open", ["16:30", "08:30"], "time-order"),
    ("cooperatives.0.open", [["08:30", "12:00"], ["13:00"]], "field-missing"),
    ("cooperatives.0.open", [["08:30", "12:00"], ["14:00", "13:00"]], "time-order"),
    ("cooperatives.0.open", {"monday": [["08:30", "12:00"]]}, "field-value"),
    ("cooperatives.0.open", {"mon": ["08:30", "12:00"]}, "field-value"),
    ("cooperatives.0.open", {"mon": [["12:00", "08:30"]]}, "time-order"),
    ("cooperatives.0.open", {"mon": None}, "field-value"),
    ("cooperatives.0.barred", ["nobody"], "id-unknown"),
    ("cooperatives.0.barred", "a", "field-value"),
    ("officers.0.busy", [{"date": "2012-08-01", "from": "12:00"}], "field-missing"),
    ("officers.0.busy", [{"date": "2012-08-01", "from": "12:00", "to": "08:00"}], "time-order"),
    ("officers.0.busy", [{"date": "2012-08-01", "from": "12:00", "to": "13:00", "why": ""}], "field-unknown"),
    ("officers.0.busy", ["2012-08-01"], "field-value"),
    ("offices.0.cars", [], "cars-mixed"),
    ("offices.0.cars", [{"id": "v", "seats": 2}], "cars-mixed"),
    ("offices.0.cars", [{"id": "v"}], "field-missing"),
    ("offices.0.cars", [{"id": "v", "seats": 0}], "field-value"),
    ("offices.0.cars", [{"id": "v", "seats": 2}, {"id": "v", "seats": 3}], "id-repeated"),
    ("offices.0.cars", {"id": "v", "seats": 2}, "field-value"),
    ("offices.0.cars", "2", "field-value"),
    ("offices.0.seats", None, "field-missing"),
    ("day.step_minutes", -5, "field-value"),
    ("day.step_minutes", 5e-324, "field-value"),  # less than a second: times of it cannot be written
    ("day.step_minutes", 1e9, "field-value"),  # more than a day: a share of it would hide hours
    ("day.slack_minutes", "5", "field-value"),
    ("visits.0.crew", 1.5, "field-value"),
    ("visits.0.dates", "2012-08-01", "field-value"),
    ("visits.0.window", [["09:00", "10:00"], ["11:00", "10:30"]], "time-order"),
    ("visits.0.window", [["09:00", "10:00"], "11:00"], "field-value"),
    ("prices.officer_day", [], "field-value"),
    ("prices.officer_day", [{"hours": 1, "baht": 5}], "field-value"),
    ("prices.officer_day", [{"hours": 0, "baht": 5}, {"hours": 0, "baht": 6}], "field-value"),
    ("prices.officer_day", [{"hours": 0}], "field-missing"),
    ("prices.officer_day", {"hours": 0, "baht": 5}, "field-value"),
    ("prices.crew_change", -1, "field-value"),
    ("cooperatives.0.rhythms", ["2012-08-01"], "field-value"),
    ("cooperatives.0.rhythms", [[]], "rhythm-length"),
    ("cooperatives.0.lead", "nobody", "id-unknown"),
    ("visits.0.priority", 0, "field-value"),
    ("visits.0.priority", 6, "field-value"),
    ("visits.0.priority", 2.5, "field-value"),
    ("visits.0.seq", "first", "field-value"),
    ("visits.0.minutes", -5, "field-value"),
    ("visits.0.minutes", [60], "field-value"),
    ("visits.0.cooperative", "c9", "id-unknown"),
    ("visits.0.minuets", 60, "field-unknown"),
    ("visits.0.partner", "cad", "id-unknown"),
    ("travel.minutes", [], "matrix-shape"),
    ("travel.minutes.0", [0, 1], "matrix-shape"),
    ("travel.km.0.1", -1, "field-value"),
    ("travel.km.0.1", None, "field-value"),
    ("travel.km", [[0] * 3] * 2, "matrix-shape"),
    ("prices.km", "4 baht", "field-value"),
    ("prices.km", -4, "field-value"),
    ("prices.lunch", 4, "field-unknown"),
    ("today", "today", "field-value"),
    ("notice_days", -1, "field-value"),
    ("pins", ["c1-1"], "pin-unpublished"),
    ("published", {"format": "visit-plan/2"}, "field-value"),
    ("published", {"format": "visit-plan/1", "tours": [{"id": "t"}]}, "field-missing"),
    ("published", {"format": "visit-plan/1", "leads": {"c9": "a"}}, "plan-foreign"),
    ("extra", {"deep": [[[[]]]]}, "field-unknown"),
    ("\ud800", 1, "field-value"),
]


@pytest.mark.parametrize(("path", "value", "code"), WRONG)
def test_each_wrong_value_is_found(path: str, value: Any, code: str) -> None:
    data = changed(path, value)
    assert code in {each for each, _ in found(data)}
    text = json.dumps(data)  # NaN, infinities and lone surrogates survive in this text
    assert code in {each for each, _ in found(text)}


def test_a_published_plan_without_its_format_is_one() -> None:
    # The format of the plan inside is known from where it stands.
    assert read_problem(changed("published", {})).published == Plan()


@pytest.mark.parametrize("key", ["name", "workdays", "day", "offices", "officers", "cooperatives", "visits", "travel",
                                 "prices"])  # fmt: skip
def test_a_missing_key_is_named(key: str) -> None:
    data = sample()
    del data[key]
    assert ("field-missing", key) in found(data)


def test_every_missing_key_is_named_at_once() -> None:
    nothing = found({"format": "visit-problem/1"})
    assert len(nothing) == 9
    assert {code for code, _ in nothing} == {"field-missing"}


def test_a_repeated_key_is_a_fault_and_does_not_hide_others() -> None:
    text = json.dumps(changed("visits.0.priority", 9))
    twice = text.replace('"name": "tiny"', '"name": "tiny", "name": "other"')
    assert found(twice) == [("key-repeated", "input"), ("field-value", "visits[0].priority")]
    assert found(problem().to_json().replace('"seats": 2', '"seats": 2, "seats": 9')) == [("key-repeated", "input")]


def test_a_number_of_a_hundred_thousand_digits() -> None:
    text = problem().to_json().replace('"seats": 2', '"seats": ' + "9" * 100_000)
    assert found(text) == [("field-value", "offices[0].seats")]


def test_a_long_value_is_shown_cut_short() -> None:
    (fault,) = faults_of(changed("visits.0.minutes", "x" * 10_000))
    assert len(fault.cause) < 200
    (fault,) = faults_of(changed("visits.0.minutes", [[list(range(1000))] * 1000]))
    assert len(fault.cause) < 200


def test_faults_in_values_do_not_hide_faults_between_parts() -> None:
    data = sample()
    data["visits"][0] |= {"priority": 9, "minutes": "60"}
    data["visits"][1]["cooperative"] = "c9"
    data["officers"][0]["office"] = "ud"
    data["cooperatives"][0]["location"] = True
    data["cooperatives"][1]["lead"] = "z"
    data["prices"]["km"] = -1
    data["day"]["start"] = 510
    data["today"] = "soon"
    data["workdays"] = ["2012-08-02", "2012-08-01"]
    assert sorted(found(data)) == [
        ("date-order", "workdays[1]"),
        ("field-value", "cooperatives[0].location"),
        ("field-value", "day.start"),
        ("field-value", "prices.km"),
        ("field-value", "today"),
        ("field-value", "visits[0].minutes"),
        ("field-value", "visits[0].priority"),
        ("id-unknown", "cooperatives[1].lead"),
        ("id-unknown", "officers[0].office"),
        ("id-unknown", "visits[1].cooperative"),
    ]


def test_a_faulty_item_is_no_reason_to_complain_about_those_who_name_it() -> None:
    # Officer a is wrong in itself, but it is there: c1 may name it. Officer z is not.
    data = sample()
    data["officers"][0]["topics"] = "accounts"
    data["cooperatives"][0]["lead"] = "a"
    assert found(data) == [("field-value", "officers[0].topics")]
    data["cooperatives"][1]["lead"] = "z"
    assert found(data) == [("field-value", "officers[0].topics"), ("id-unknown", "cooperatives[1].lead")]
    # Where an officer's id itself cannot be read, nobody knows who is meant.
    data["officers"][0]["id"] = None
    assert ("id-unknown", "cooperatives[1].lead") not in found(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("travel", 5),
        ("travel.km.0.0", -1),
        ("workdays", None),
        ("offices", "kk"),
        ("cooperatives.0.rhythms", 5),
        ("visits.0.seq", None),
        ("visits.0.cooperative", None),
        ("visits", 7),
        ("published", {"format": "visit-plan/1", "tours": 3}),
    ],
)
def test_one_faulty_part_feigns_no_other_fault(path: str, value: Any) -> None:
    data = changed(path, value)
    data.setdefault(
        "published", plan(problem(), tour(problem(), on(1), "a", ["c1-1"])).model_dump(mode="json", by_alias=True)
    )
    assert {code for code, _ in found(data)} == {"field-value"}


def test_an_office_of_faults() -> None:
    """Twelve faults of as many kinds, in the order of the file where they are faults of values."""
    data = Problem.to_dict(problem(
        officers=[officer("a"), officer("b"), officer("c")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2), cooperative("c3", 1)],
        visits=[visit("c1-1"), visit("c2-1"), visit("c3-1"), visit("c3-2", earliest=on(1))],
    ))  # fmt: skip
    data["nmae"] = data.pop("name")
    data["workdays"] = [str(day) for day in days(1, 3, 2)]
    data["officers"][1]["id"] = "a"
    data["officers"][2]["absent"] = ["1 Aug"]
    data["cooperatives"][1]["open"] = ["12:00", "08:00"]
    data["cooperatives"][2]["rhythms"] = [["2012-08-01"]]
    data["visits"][0]["window"] = ["09:00"]
    data["visits"][1]["seq"] = 1.5
    data["visits"][2]["seq"] = 2
    data["visits"][3]["latest"] = "2012-07-31"
    data["cooperatives"][0]["location"] = 9
    data["pins"] = ["c9-1"]
    assert sorted(found(data)) == sorted([
        ("field-missing", "name"), ("field-value", "officers[2].absent[0]"), ("field-missing", "visits[0].window[1]"),
        ("field-value", "visits[1].seq"), ("field-unknown", "nmae"), ("date-order", "workdays[2]"),
        ("id-repeated", "officers[1].id"), ("time-order", "cooperatives[1].open"),
        ("date-order", "visits[3].latest"), ("location-unknown", "cooperatives[0].location"),
        ("seq-repeated", "visits[3].seq"), ("id-unknown", "pins[0]"),
    ])  # fmt: skip


def test_files(tmp_path: Path) -> None:
    good = tmp_path / "problem.json"
    good.write_text("\ufeff" + problem().to_json(), encoding="utf-8")
    assert read_problem(good) == problem()
    cases = {"nothing.json": None, "latin.json": "สวัสดี".encode("tis-620"), "empty.json": b"", "folder": "folder"}
    codes = {}
    for name, content in cases.items():
        path = tmp_path / name
        if content == "folder":
            path.mkdir()
        elif isinstance(content, bytes):
            path.write_bytes(content)
        codes[name] = [code for code, _ in found(path)]
    assert codes == {"nothing.json": ["file-missing"], "latin.json": ["file-unreadable"],
                     "empty.json": ["json-syntax"], "folder": ["file-unreadable"]}  # fmt: skip
    assert found(Path("a\x00b"))[0][0] == "file-unreadable"


def test_where_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text('{"format": oops}', encoding="utf-8")
    assert found(path) == [("json-syntax", f"{path}, line 1, column 12")]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [("4", "Write a number without quotes, such as 1.5."), ("300 บาท/ลำ", "Write digits only, such as 17.5.")],
)
def test_only_a_number_is_told_to_drop_its_quotes(written: str, remedy: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(float).validate_python(written, strict=True)
    (item,) = caught.value.errors()
    assert str(cause_and_remedy(item)[1]) == remedy
