"""The bound's structures as compiled code holds them: one pointer each, not a copy at every call.

The fields are those of the tuples, so ``relaxed.km[a, b]`` reads the same on both sides.
"""

from __future__ import annotations

from typing import Any, cast

from numba import types
from numba.experimental import structref

from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.structures import Crew, Ground, Path, Prices, Staff, Task
from optimizer.compiling import compiled


class _Fields(types.StructRef):
    """The type of a handle: its fields, without literal values."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Fields may hold any value of their type."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class _RelaxedType(_Fields):
    """Type of :class:`RelaxedHandle`."""


class RelaxedHandle(structref.StructRefProxy):
    """:class:`Relaxed` by reference."""

    _fields = Relaxed._fields  # machine code is filed under them


structref.define_proxy(RelaxedHandle, _RelaxedType, list(Relaxed._fields))


@compiled
def _relaxed(fields: Any) -> Any:
    return RelaxedHandle(*fields)


def relaxed_handle(fields: Relaxed) -> Relaxed:
    """``fields`` by reference; to be read as the same."""
    return cast(Relaxed, _relaxed(fields))


@structref.register
class _PricesType(_Fields):
    """Type of :class:`PricesHandle`."""


class PricesHandle(structref.StructRefProxy):
    """:class:`Prices` by reference."""

    _fields = Prices._fields  # machine code is filed under them


structref.define_proxy(PricesHandle, _PricesType, list(Prices._fields))


@compiled
def _prices(fields: Any) -> Any:
    return PricesHandle(*fields)


def prices_handle(fields: Prices) -> Prices:
    """``fields`` by reference; to be read as the same."""
    return cast(Prices, _prices(fields))


@structref.register
class _StaffType(_Fields):
    """Type of :class:`StaffHandle`."""


class StaffHandle(structref.StructRefProxy):
    """:class:`Staff` by reference."""

    _fields = Staff._fields  # machine code is filed under them


structref.define_proxy(StaffHandle, _StaffType, list(Staff._fields))


@compiled
def _staff(fields: Any) -> Any:
    return StaffHandle(*fields)


def staff_handle(fields: Staff) -> Staff:
    """``fields`` by reference; to be read as the same."""
    return cast(Staff, _staff(fields))


@structref.register
class _CrewType(_Fields):
    """Type of :class:`CrewHandle`."""


class CrewHandle(structref.StructRefProxy):
    """:class:`Crew` by reference."""

    _fields = Crew._fields  # machine code is filed under them


structref.define_proxy(CrewHandle, _CrewType, list(Crew._fields))


@compiled
def _crew(fields: Any) -> Any:
    return CrewHandle(*fields)


def crew_handle(fields: Crew) -> Crew:
    """``fields`` by reference; to be read as the same."""
    return cast(Crew, _crew(fields))


@structref.register
class _TaskType(_Fields):
    """Type of :class:`TaskHandle`."""


class TaskHandle(structref.StructRefProxy):
    """:class:`Task` by reference."""

    _fields = Task._fields  # machine code is filed under them


structref.define_proxy(TaskHandle, _TaskType, list(Task._fields))


@compiled
def _task(fields: Any) -> Any:
    return TaskHandle(*fields)


def task_handle(fields: Task) -> Task:
    """``fields`` by reference; to be read as the same."""
    return cast(Task, _task(fields))


@structref.register
class _GroundType(_Fields):
    """Type of :class:`GroundHandle`."""


class GroundHandle(structref.StructRefProxy):
    """:class:`Ground` by reference."""

    _fields = Ground._fields  # machine code is filed under them


structref.define_proxy(GroundHandle, _GroundType, list(Ground._fields))


@compiled
def _ground(fields: Any) -> Any:
    return GroundHandle(*fields)


def ground_handle(fields: Ground) -> Ground:
    """``fields`` by reference; to be read as the same."""
    return cast(Ground, _ground(fields))


@structref.register
class _PathType(_Fields):
    """Type of :class:`PathHandle`."""


class PathHandle(structref.StructRefProxy):
    """:class:`Path` by reference."""

    _fields = Path._fields  # machine code is filed under them


structref.define_proxy(PathHandle, _PathType, list(Path._fields))


@compiled
def _path(fields: Any) -> Any:
    return PathHandle(*fields)


def path_handle(fields: Path) -> Path:
    """``fields`` by reference; to be read as the same."""
    return cast(Path, _path(fields))
