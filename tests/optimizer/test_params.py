"""Parameters from TOML, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.faults import InvalidInput
from optimizer.params import Params, read_params
from optimizer.search.ruining import SERIES, weights_of


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("")
    assert read_params(tmp_path / "p.toml") == Params()


def test_keys_are_the_fields(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("seed = 7\ndeterministic = true\nexchange = [0.5]\n")
    assert read_params(tmp_path / "p.toml") == Params(seed=7, deterministic=True, exchange=(0.5,))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("seed = ", ["file-unreadable"]),
        ("seed = -1\nworkers = 0\nheat = 3\n", ["field-unknown", "field-value", "field-value"]),
        ("warm = 'much'\n", ["field-value"]),
    ],
)
def test_every_fault_at_once(tmp_path: Path, text: str, codes: list[str]) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(InvalidInput) as caught:
        read_params(tmp_path / "p.toml")
    assert sorted(fault.code for fault in caught.value.faults) == codes


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="file-missing"):
        read_params(tmp_path / "none.toml")


def test_weights_of_operators(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("operators = {days = 0.2, tours = 0}\n")
    assert read_params(tmp_path / "p.toml").operators == {"days": 0.2, "tours": 0}
    (tmp_path / "p.toml").write_text("operators = {dais = 0.2}\n")
    with pytest.raises(InvalidInput, match="strings, series") as caught:
        read_params(tmp_path / "p.toml")
    assert caught.value.faults[0].in_language("th").cause == "ไม่มีตัวดำเนินการ 'dais'"


def test_series_go_more_often_where_cooperatives_are_bound_to_rhythms() -> None:
    free, half, own = (
        weights_of(given, leads_matter=True, rhythms=rhythms)[SERIES]
        for given, rhythms in (({}, 0.0), ({}, 0.5), ({"series": 0.1}, 0.5))
    )
    assert (free, half, own) == (pytest.approx(0.18), pytest.approx(0.34), pytest.approx(0.1))  # 0.18 + 0.5 x 0.32


def test_not_every_operator_can_be_left_out() -> None:
    names = ("strings", "series", "days", "officers", "led", "tours", "singles")
    with pytest.raises(InvalidInput, match="weight 0"):
        Params(operators=dict.fromkeys(names, 0.0))
