"""What the options of a solve mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import serving
from api.cli.options import lang_of, steering
from api.language.lang import Lang
from models.faults import InvalidInput
from optimizer.params import Params
from optimizer.stopping import GapLimit, TimeLimit


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"LANG": "th_TH.UTF-8"}, Lang.th),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": "C"}, Lang.en),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "th_TH"}, Lang.th),
        ({"LANG": ""}, Lang.en),
        ({}, Lang.en),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], lang: Lang) -> None:
    assert lang_of(environment) is lang


def test_without_options_the_parameters_are_the_defaults() -> None:
    made = steering(60.0, None, None, False, None)
    assert made.params == Params()
    assert made.stops == (TimeLimit(60.0),)


def test_a_gap_joins_the_time_limit() -> None:
    assert steering(5.0, 0.03, None, False, None).stops == (TimeLimit(5.0), GapLimit(0.03))


def test_an_option_goes_before_the_parameters_file(tmp_path: Path) -> None:
    file = tmp_path / "params.toml"
    file.write_text("seed = 5\nworkers = 1\ndeterministic = true\n", encoding="utf-8")
    assert steering(5.0, None, None, False, file).params == Params(seed=5, workers=1, deterministic=True)
    assert steering(5.0, None, 9, False, file).params.seed == 9


@pytest.mark.parametrize("text", ["seed = = 1", f"seed = {'9' * 5000}", f"seed = {'[' * 20_000}", "seed = -1", "x = 1"])
def test_parameters_that_cannot_be_read_are_faults(tmp_path: Path, text: str) -> None:
    file = tmp_path / "params.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput):
        steering(5.0, None, None, False, file)


@pytest.mark.parametrize("address", ["x", "tcp://", "tcp://scheduler", "tcp://a b:1", "scheduler:port", "::1:8786"])
def test_a_worker_asks_for_an_address_it_can_join(address: str) -> None:
    with pytest.raises(InvalidInput, match="no address of a scheduler"):
        serving.worker(address, 1)
