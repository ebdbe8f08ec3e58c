"""Named arrays and numbers as compiled code holds them: one pointer, and nothing counted.

A tuple of a hundred arrays would be copied at every call of a compiled function. numba's own structures by reference
are not, but each access to them counts references up and down again by locked instructions, which took more than half
of the search's time. Here the fields lie in a table of 64-bit slots (an array's address and shape, a number itself)
that compiled code reads by ``handle.name``. Since a table never changes, such reads may be moved out of loops; what
the arrays hold may change on both sides. The handle keeps the arrays alive; compiled code must not outlive it.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast, get_type_hints

import numpy as np
from llvmlite import ir
from numba import typeof, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    unbox,
)  # fmt: skip
from numba.np.arrayobj import populate_array

from optimizer.indexing import OnePiece

Fields = TypeVar("Fields", bound=NamedTuple)

#: numba does not compile (NUMBA_DISABLE_JIT=1, for a debugger): tuples do as they are
INTERPRETED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


class Borrowed(types.Type):
    """The type of a handle: the fields' types and the first slot of each."""

    def __init__(self, title: str, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.slots: dict[str, int] = {}
        end = 0
        for name, kind in fields.items():
            self.slots[name] = end
            end += 1 + (kind.ndim if isinstance(kind, types.Array) else 0)
        digest = hashlib.sha256(repr([(name, str(kind)) for name, kind in fields.items()]).encode())
        super().__init__(name=f"{title} {digest.hexdigest()[:16]}")


@cache
def _in_one_piece(dtype: np.dtype[Any], axes: int) -> Any:
    """The type of arrays; made once, for that takes longer than borrowing one."""
    return OnePiece(typeof(np.empty(0, dtype)).dtype, axes)


@cache
def _borrowed(title: str, fields: tuple[tuple[str, Any], ...]) -> Borrowed:
    return Borrowed(title, dict(fields))


def borrowed(fields: Fields) -> Fields:
    """The fields by reference, to be read as the same; arrays are shared, so both sides see every change.

    Raises:
        ValueError: an array does not lie in one piece.
    """
    return fields if INTERPRETED else cast(Any, Handle(fields))


@cache
def _floats(kind: type) -> frozenset[str]:
    """The fields that are stated to be floats."""
    return frozenset(name for name, stated in get_type_hints(kind).items() if stated is float)


class Handle:
    """Fields by reference, to be read as the tuple that they are of."""

    __slots__ = ("_inner", "_numba_type_", "_owner", "_table", "address")
    _numba_type_: Borrowed
    address: int

    def __init__(self, fields: NamedTuple) -> None:
        """Borrow the arrays of ``fields``, which must be contiguous, and of tuples among them.

        Raises:
            ValueError: one is not.
        """
        kinds: dict[str, Any] = {}
        table: list[int] = []
        self._inner: list[Handle] = []
        floats = _floats(type(fields))
        for name, value in zip(fields._fields, fields, strict=True):
            if isinstance(value, np.ndarray):
                if not value.flags.c_contiguous:
                    raise ValueError(f"the array {name} does not lie in one piece")
                kinds[name] = _in_one_piece(value.dtype, value.ndim)
                table += [value.ctypes.data, *value.shape]
            elif isinstance(value, tuple):
                inner = Handle(cast(NamedTuple, value))
                self._inner.append(inner)
                kinds[name] = inner._numba_type_
                table.append(inner.address)
            elif name in floats:  # a whole number in its place must not be a type of its own
                kinds[name] = types.float64
                table.append(int(np.float64(value).view(np.int64)))
            else:
                kinds[name] = types.int64
                table.append(int(value))
        self._owner = fields
        self._table = np.array(table, np.int64)
        self._numba_type_ = _borrowed(type(fields).__name__, tuple(kinds.items()))
        self.address = int(self._table.ctypes.data)


@register_model(Borrowed)
class _Pointer(models.OpaqueModel):
    """A bare pointer to the table."""


@unbox(Borrowed)
def _unbox(_: Any, handle: Any, c: Any) -> Any:
    number = c.pyapi.object_getattr_string(handle, "address")
    address = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(address)


@infer_getattr
class _Fields(AttributeTemplate):
    """Fields are read by name."""

    key = Borrowed

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]  # numba declares no arguments
        """The type of a field; None where there is none of that name."""
        return kind.fields.get(name)


@lower_getattr_generic(Borrowed)
def _field(context: Any, builder: Any, kind: Any, handle: Any, name: str) -> Any:
    """The code that reads a field."""
    member, first, whole = kind.fields[name], kind.slots[name], ir.IntType(64)

    def slot(number: int, as_type: Any) -> Any:
        place = builder.gep(builder.bitcast(handle, as_type.as_pointer()), [ir.Constant(ir.IntType(32), number)])
        read = builder.load(place)
        read.set_metadata("invariant.load", builder.module.add_metadata([]))
        return read

    if isinstance(member, Borrowed):
        return builder.inttoptr(slot(first, whole), context.get_value_type(member))
    if not isinstance(member, types.Array):
        return slot(first, context.get_value_type(member))
    item = context.get_abi_sizeof(context.get_data_type(member.dtype))
    shape = [slot(first + 1 + axis, whole) for axis in range(member.ndim)]
    strides = [ir.Constant(whole, item)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    array = context.make_array(member)(context, builder)
    data = builder.inttoptr(slot(first, whole), context.get_data_type(member.dtype).as_pointer())
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=ir.Constant(whole, item), meminfo=None)
    return array._getvalue()
