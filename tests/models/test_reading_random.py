"""Random damage to sound files: whatever stands there, it is read or refused with coded faults, never with a crash."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.strategies import problems

from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan, read_problem
from models.referee import violations

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2012-08-01", "08:30", "25:00", "c1", "o1", "kk", "\ud800", 10**400, -0.0, 1e308, 10**9, ""])
)
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) within a JSON value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [here for key in keys for here in [(value, key), *places(value[key])]]


@st.composite
def damaged(draw: st.DrawFn, sound: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A sound JSON object with up to four of its values replaced, removed, doubled or swapped."""
    data = copy.deepcopy(draw(sound))
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from([place for place in places(data) if place[1] != "format"]))
        match draw(st.sampled_from(["replace", "remove", "double", "swap", "add"])):
            case "replace":
                holder[key] = draw(JUNK)
            case "remove":
                del holder[key]
            case "double" if isinstance(holder, list):
                holder.append(holder[key])
            case "swap" if isinstance(holder, list):
                other = draw(st.sampled_from(range(len(holder))))
                holder[key], holder[other] = holder[other], holder[key]
            case _ if isinstance(holder, dict):
                holder[draw(st.text(max_size=5))] = draw(JUNK)
            case _:
                holder.append(draw(JUNK))
    return data


def read_or_refused(text: str | dict[str, Any]) -> Problem | None:
    try:
        return read_problem(text)
    except InvalidInput as refused:
        for fault in refused.faults:
            assert str(fault).encode("utf-8")
        return None


@settings(max_examples=150, deadline=None)
@given(damaged(problems().map(Problem.to_dict)))
def test_a_damaged_problem_is_read_or_refused(data: dict[str, Any]) -> None:
    direct, by_text = read_or_refused(data), read_or_refused(json.dumps(data))
    assert (direct is None) == (by_text is None)
    if by_text is not None:
        # What is accepted is sound: it can be written, read again, and judged.
        assert read_problem(by_text.to_json()) == by_text
        violations(by_text, by_text.published or Plan())


@settings(max_examples=100, deadline=None)
@given(problems(max_workdays=3).filter(lambda p: p.published is not None), st.data())
def test_a_damaged_plan_is_read_and_judged_or_refused(p: Problem, data: st.DataObject) -> None:
    sound = json.loads((p.published or Plan()).to_json())
    text = json.dumps(data.draw(damaged(st.just(sound))))
    try:
        plan = read_plan(text, p)
    except InvalidInput as refused:
        assert all(str(fault).encode("utf-8") for fault in refused.faults)
    else:
        assert all(str(each) for each in violations(p, plan))


@settings(max_examples=200, deadline=None)
@given(st.text() | st.binary())
@example("9" * 10_000)
@example("-" + "9" * 10_000)
@example('{"format": "visit-problem/1", "name": "\\ud800"}')
@example(b"\xef\xbb\xbf{}")
@example("[" * 2000 + "]" * 2000)
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    for read in (read_problem, read_plan):
        try:
            read(text)
        except InvalidInput as refused:
            assert refused.faults
