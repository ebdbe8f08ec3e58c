"""JSON from outside: what is told of it, and that telling it takes no longer than reading it."""

from __future__ import annotations

import pytest

from models.faults import InvalidInput
from models.jsontext import DEEPEST, parse_json, unending


def test_each_key_that_is_there_twice_is_told_with_how_often() -> None:
    _, faults = parse_json('{"b": 1, "a": 1, "b": 2, "c": {"d": 1, "d": 2, "d": 3}}', "input")
    assert [(fault.code, fault.cause) for fault in faults] == [
        ("key-repeated", "One object has the key 'd' 3 times."),
        ("key-repeated", "One object has the key 'b' 2 times."),
    ]


def test_a_key_that_is_there_a_million_times_is_told_at_once() -> None:
    """Were each key held against each other one, this would take an hour."""
    text = "{" + ",".join(['"key":0'] * 1_000_000) + "}"
    _, faults = parse_json(text, "input")
    assert [fault.cause for fault in faults] == ["One object has the key 'key' 1000000 times."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"map": NaN}', True), ('{"map": [1, -Infinity]}', True), ('{"map": 1e400}', True),
        (f'{{"map": {"9" * 500}}}', True), ('{"name": "NaN 1e400"}', False), ("[1e300, 1e-400, 0.5]", False),
    ],
)  # fmt: skip
def test_a_number_that_is_not_finite_is_told_once(text: str, told: bool) -> None:
    data, faults = parse_json(text, "input")
    assert faults == [], "fields say better where it is"
    assert [(fault.code, fault.where) for fault in unending(data, lambda _: "map")] == [("field-value", "map")] * told


def test_what_is_nested_deeper_than_any_format_is_refused() -> None:
    assert parse_json("[" * DEEPEST + "]" * DEEPEST, "input")[1] == []
    for levels in (DEEPEST + 1, 100_000):
        with pytest.raises(InvalidInput):
            parse_json("[" * levels + "]" * levels, "input")
