"""What an analyst gives as series and frames of pandas: taken by labels, never by order, and named in short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from patithin import Case, InvalidInput, Params


def refused(make: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of what is refused; each can be told in Thai."""
    with pytest.raises(InvalidInput) as caught:
        make()
    assert all(one.in_language("th").cause != one.cause for one in caught.value.faults)
    return [(one.code, one.where) for one in caught.value.faults]


def test_a_series_is_a_mapping_by_its_index(small: Case) -> None:
    minutes = small.plan(0.2).visits["minutes"]
    case = small.what_if(durations=minutes + 10, prices=pd.Series({"km": 6.0}))
    assert [one.minutes for one in case.problem.visits] == [one.minutes + 10 for one in small.problem.visits]
    assert case.problem.prices.km == 6
    twice = pd.Series([60, 70], index=["c1", "c1"])
    assert refused(lambda: small.what_if(durations=twice)) == [("id-repeated", "what_if, durations, c1")]
    assert refused(lambda: small.what_if(durations=pd.Series([60.0]))) == [("option-value", "what_if, durations")]
    gap = pd.Series({"c1": np.nan})
    assert refused(lambda: small.what_if(durations=gap)) == [("option-value", "what_if, durations, c1")]


def labelled(case: Case, order: list[str]) -> pd.DataFrame:
    """Minutes of another way for each pair, labelled in this order of ids."""
    size = len(case.problem.travel.minutes)
    plain = pd.DataFrame([[10.0 * a + b for b in range(size)] for a in range(size)])
    ids = ["kk", *(one.id for one in case.problem.cooperatives)]
    return plain.set_axis(ids, axis=0).set_axis(ids, axis=1).loc[order, order]


def test_a_frame_of_ways_goes_by_its_labels(small: Case) -> None:
    size = len(small.problem.travel.minutes)
    assert size == 3
    for frame in (labelled(small, ["c2", "kk", "c1"]), labelled(small, ["kk", "c1", "c2"]).to_numpy()):
        made = small.what_if(travel={"minutes": frame}).problem.travel.minutes
        assert [list(row) for row in made] == [[10.0 * a + b for b in range(size)] for a in range(size)]
    odd = labelled(small, ["kk", "c1", "c2"]).rename(index={"c2": "c9"})
    assert refused(lambda: small.what_if(travel={"minutes": odd})) == [
        ("id-unknown", "what_if, travel, minutes, index"), ("matrix-shape", "what_if, travel, minutes, index"),
    ]  # fmt: skip
    twice = pd.concat([odd.rename(index={"c9": "c2"}), odd.loc[["c1"]]])
    assert refused(lambda: small.what_if(travel={"minutes": twice})) == [
        ("id-repeated", "what_if, travel, minutes, index, c1")
    ]


def test_visits_of_a_frame_keep_its_named_index_and_tell_their_row(small: Case) -> None:
    frame = pd.DataFrame({"minutes": [60], "priority": [3]}, index=pd.Index(["c1"], name="cooperative"))
    assert small.what_if(add=frame).problem.visits[-1].cooperative == "c1"
    rows = [{"cooperative": "c1", "minutes": 60, "priority": priority} for priority in (3, 9)]
    assert refused(lambda: small.what_if(add=rows)) == [("field-value", "what_if, add[1], priority")]


@pytest.mark.parametrize("window", [(9, 12), [[9, 12]], "17:30-18:00", [["17:30", "18:00"]]])
def test_hours_outside_the_day_are_refused(small: Case, window: Any) -> None:
    assert refused(lambda: small.what_if(windows={"c1-1": window})) == [("option-value", "what_if, windows, c1-1")]


def test_minutes_of_the_day_are_hours(small: Case) -> None:
    made = small.what_if(windows={"c1-1": [[540, 720]]}).problem.visit_by_id["c1-1"]
    assert made.window == ((540.0, 720.0),)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"drop": pd.Series(["c1", "c2"])}, "drop=c1+c2"),
        ({"drop": pd.Index(["c1"], name="cooperative")}, "drop=c1"),
        ({"cars": {pd.Timestamp("2012-08-01"): 1}}, "cars=2012-08-01:1"),
        ({"durations": pd.Series({"c1": 60.0})}, "durations=c1:60"),
        ({"travel": {"minutes": np.ones((3, 3)), "km": 1.5}}, "travel=minutes:a table km:1.5"),
    ],
)
def test_the_name_of_a_case_is_one_short_line(small: Case, given: dict[str, Any], name: str) -> None:
    assert small.what_if(**given).name == name


def test_of_many_the_name_of_a_case_says_how_many(office: Case) -> None:
    minutes = {one.id: one.minutes for one in office.problem.visits}
    assert office.what_if(durations=minutes).name == f"durations={len(minutes)} given"
    assert refused(lambda: office.what_if(drop=pd.DataFrame({"visit": ["c013-1"]}))) == [
        ("option-value", "what_if, drop")
    ]


def test_what_params_state_counts_where_nothing_else_is_said(small: Case) -> None:
    stated = small.plan(0.2, params=Params(seed=7, workers=2)).plan.record
    assert stated is not None and (stated.params["seed"], stated.params["workers"]) == (7, 2)
    said = small.plan(0.2, 3, params=Params(seed=7), workers=1).plan.record
    assert said is not None and (said.params["seed"], said.params["workers"]) == (3, 1)
    table: Any = {"seed": 3}
    assert refused(lambda: small.plan(0.2, params=table)) == [("option-value", "params")]


def test_another_language_is_refused(small: Case) -> None:
    word: Any = "thai"
    assert refused(lambda: small.plan(0.2).in_language(word)) == [("option-value", "in_language")]
    assert small.plan(0.2).districts.index.name == "district"
