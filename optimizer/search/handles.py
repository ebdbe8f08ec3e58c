"""Instance, state and best plan as compiled code holds them: one pointer each.

A tuple of a hundred arrays would be copied at every call of a compiled function; a reference is not. The fields are
those of the tuples, so ``inst.km[a, b]`` reads the same on both sides.
"""

from __future__ import annotations

import os
from typing import Any, cast

from numba import types
from numba.experimental import structref

from optimizer.borrowing import borrowed
from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.state import Best, State

#: numba does not compile (NUMBA_DISABLE_JIT=1, for a debugger): tuples do as they are
INTERPRETED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


class _Fields(types.StructRef):
    """The type of a handle: its fields, without literal values."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Fields may hold any value of their type."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class _InstanceType(_Fields):
    """Type of :class:`InstanceHandle`."""


@structref.register
class _StateType(_Fields):
    """Type of :class:`StateHandle`."""


@structref.register
class _BestType(_Fields):
    """Type of :class:`BestHandle`."""


class InstanceHandle(structref.StructRefProxy):
    """An :class:`Instance` by reference."""

    _fields = Instance._fields  # machine code is filed under them


class StateHandle(structref.StructRefProxy):
    """A :class:`State` by reference."""

    _fields = State._fields  # machine code is filed under them


class BestHandle(structref.StructRefProxy):
    """A :class:`Best` by reference."""

    _fields = Best._fields  # machine code is filed under them


structref.define_proxy(InstanceHandle, _InstanceType, list(Instance._fields))
structref.define_proxy(StateHandle, _StateType, list(State._fields))
structref.define_proxy(BestHandle, _BestType, list(Best._fields))


@compiled
def _instance(fields: Any) -> Any:
    return InstanceHandle(*borrowed(fields))


@compiled
def _state(fields: Any) -> Any:
    return StateHandle(*borrowed(fields))


@compiled
def _best(fields: Any) -> Any:
    return BestHandle(*borrowed(fields))


def instance_handle(instance: Instance) -> Instance:
    """The instance by reference; to be read as an :class:`Instance`."""
    return instance if INTERPRETED else cast(Instance, _owning(_instance(instance), instance))


def state_handle(state: State) -> State:
    """The state by reference; arrays are shared with ``state``, so both sides see every change."""
    return state if INTERPRETED else cast(State, _owning(_state(state), state))


def best_handle(best: Best) -> Best:
    """The best plan by reference; arrays are shared with ``best``."""
    return best if INTERPRETED else cast(Best, _owning(_best(best), best))


def _owning(handle: Any, arrays: Any) -> Any:
    """The handle, which from now on keeps the arrays that it borrows alive."""
    handle.owner = arrays
    return handle
