"""The options that commands share: how they are given, and what they mean."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, overload

import typer

from api.language.lang import Lang
from api.together import all_of, each_of
from models import given
from models.faults import Fault, InvalidInput

if TYPE_CHECKING:
    from optimizer.params import Params
    from optimizer.stopping import Stop


def lang_of(environment: Mapping[str, str]) -> Lang:
    """The language of ``PATITHIN_LANG``, else that of a terminal's locale: Thai where it is Thai, else English."""
    names = ("PATITHIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := environment.get(name))), "")
    return Lang.th if locale.lower().startswith("th") else Lang.en


Seconds = Annotated[
    float,
    typer.Option("--seconds", "-s", metavar="N", help="Search at most this long. A longer search finds cheaper plans."),
]
Gap = Annotated[
    float | None,
    typer.Option("--gap", "-g", metavar="G", help="Stop once proven to be this near the optimum: 0.03 is 3 %."),
]
Seed = Annotated[
    int | None, typer.Option("--seed", metavar="N", help="Where the draws of the search begin.", show_default="1")
]
Deterministic = Annotated[
    bool,
    typer.Option(
        "--deterministic",
        help="Count work in steps instead of seconds: the same seed makes the same plan, byte for byte.",
    ),
]
ParamsFile = Annotated[
    Path | None,
    typer.Option(
        "--params", metavar="FILE.toml", help="Parameters of the search; nobody needs them (docs/command-line.md)."
    ),
]
LangOption = Annotated[
    Lang,
    typer.Option(
        "--lang",
        default_factory=lambda: lang_of(os.environ),
        show_default="your terminal's",
        help="Language of the help, the summary and the files.",
    ),
]


@dataclass(frozen=True, slots=True)
class Steering:
    """How a solve is steered: its parameters and when it stops."""

    params: Params
    stops: tuple[Stop, ...]


def steering(
    seconds: float, gap: float | None, seed: int | None, deterministic: bool, params_file: Path | None
) -> Steering:
    """What the options of a solve mean; an option goes before the same key of the parameters' file.

    Raises:
        InvalidInput: with every option and every parameter that cannot be used.
    """
    from optimizer.params import Params, read_params
    from optimizer.stopping import GapLimit, TimeLimit

    numbers = ((given.seconds, seconds, "--seconds"), (given.gap, gap, "--gap"), (given.seed, seed, "--seed"))
    _, params = all_of(
        lambda: each_of(lambda one: one[0](one[1], one[2]), [one for one in numbers if one[1] is not None]),
        lambda: read_params(params_file) if params_file else Params(),
    )
    update = {"seed": params.seed if seed is None else seed, "deterministic": params.deterministic or deterministic}
    stops: list[Stop] = [TimeLimit(seconds)]
    if gap is not None:
        stops.append(GapLimit(gap))
    return Steering(params.model_copy(update=update), tuple(stops))


@overload
def date_of(option: str, text: str) -> dt.date: ...
@overload
def date_of(option: str, text: str | None) -> dt.date | None: ...
def date_of(option: str, text: str | None) -> dt.date | None:
    """The date that is given to an ``option``, in any of the ways in which tables write one; None where none is.

    Raises:
        InvalidInput: it is no date.
    """
    from models.intake.values import CellError, date  # readers of tables, which most commands do without

    try:
        return date(text) if text is not None else None
    except CellError as error:
        raise InvalidInput([Fault("option-value", option, error.cause, error.remedy)]) from None
