"""Instance, state and best plan as compiled code holds them: one pointer each, read by the names of the tuples."""

from __future__ import annotations

import os
from typing import Any, NamedTuple, TypeVar, cast

from optimizer.borrowing import Handle
from optimizer.instance import Instance
from optimizer.search.state import Best, State

Fields = TypeVar("Fields", bound=NamedTuple)

#: numba does not compile (NUMBA_DISABLE_JIT=1, for a debugger): tuples do as they are
INTERPRETED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def handle(fields: Fields) -> Fields:
    """The fields by reference, to be read as the same; arrays are shared, so both sides see every change."""
    return fields if INTERPRETED else cast(Any, Handle(fields))


def instance_handle(instance: Instance) -> Instance:
    """The instance by reference."""
    return handle(instance)


def state_handle(state: State) -> State:
    """The state by reference."""
    return handle(state)


def best_handle(best: Best) -> Best:
    """The best plan by reference."""
    return handle(best)
