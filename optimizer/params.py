"""Everything that steers a solve, in one typed object; the defaults are good enough that nobody needs it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, ValidationError

from models.faults import Fault, InvalidInput
from models.plan import Frozen
from models.refusals import toml_refusal
from models.saying import FieldError, both, said

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]


def _known(operators: dict[str, float]) -> dict[str, float]:
    if operators:
        from optimizer.search.ruining import OPERATORS  # compiled code, which most parameters do without

        names = [operator.name for operator in OPERATORS]
        for name in operators:
            if name not in names:
                cause = both(f"There is no operator {name!r}.", f"ไม่มีตัวดำเนินการ {name!r}")
                listed = ", ".join(names)
                raise FieldError(cause, both(f"Name one of {listed}.", f"เลือกหนึ่งอย่าง: {listed}"))
        if all(operators.get(name, 1.0) == 0 for name in names):
            cause = both("Not all operators can have weight 0.", "ตัวดำเนินการทุกตัวมีน้ำหนัก 0 ไม่ได้")
            raise FieldError(cause, both("Give one of them more.", "ให้ตัวหนึ่งมีน้ำหนักมากกว่า 0"))
    return operators


Operators = Annotated[dict[str, Annotated[float, Field(ge=0, le=1e6)]], AfterValidator(_known)]


class Params(Frozen):
    """Parameters of a solve.

    ``seed``: draws of the search follow from it. ``deterministic``: work is counted in steps instead of seconds and
    threads exchange plans at fixed steps, so that the same seed gives the same plan byte for byte. ``workers``:
    threads at work, 2 suits two cores. ``warm`` and ``cool``: temperature at the start and the end, in shares of what
    a stop costs on average. ``ruin``: how much a step takes out, in average tours. ``exchange``: shares of the run at
    which the searchers go on from the best plan of all. ``bound_share``: the part of the limit for which one worker
    proves a lower bound before it searches, at most, or half as long again while the bound soars; a single one proves
    in between. ``core_share``: the part of the
    limit, at most, for which CP-SAT may put plans together from the tours driven so far, in one worker's time; 0 for
    none. ``operators``: how often each ruin operator is drawn, where not by default (see
    ``optimizer.search.ruining.OPERATORS``). In a deterministic run, ``exact_work``: CP-SAT's deterministic seconds
    for a small problem, ``core_work``: those of each slice of the core, and ``bound_rounds``: rounds of proving that
    a second allows for others, 0 for none at all.
    """

    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1
    deterministic: bool = False
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    warm: Positive = 5.0
    cool: Positive = 0.03
    ruin: Annotated[float, Field(ge=0, le=100)] = 1.4
    exchange: tuple[Share, ...] = (0.5, 0.9)
    bound_share: Share = 0.5
    core_share: Share = 0.06
    exact_work: Positive = 3.0
    core_work: Positive = 0.5
    operators: Operators = Field(default_factory=dict)
    bound_rounds: Annotated[float, Field(ge=0)] = 1.0

    if not TYPE_CHECKING:  # its arguments are those of the fields

        def __init__(self, /, **values: object) -> None:
            """The parameters with these ``values``.

            Raises:
                InvalidInput: with every parameter that there is not, or that cannot have its value.
            """
            from models.reading import faults_of_validation

            try:
                super().__init__(**values)
            except ValidationError as error:
                raise InvalidInput(faults_of_validation(error)) from None


def read_params(path: Path) -> Params:
    """Parameters from a TOML file whose keys are the fields of :class:`Params`.

    Raises:
        InvalidInput: the file is not there, is not TOML, or has keys or values that do not fit.
    """
    from models.reading import read_text

    try:
        return Params(**tomllib.loads(read_text(path)))
    except (ValueError, RecursionError) as error:  # no TOML, or nested or of more digits than can be read
        cause = said("It is not TOML: {reason}.", reason=toml_refusal(error))
        raise InvalidInput([Fault("file-unreadable", str(path), cause, said("Mend the text there."))]) from None
