"""Arrays that compiled code reads and writes at an index as it is: none is counted from the end.

numba lets ``a[-1]`` be the last item, so that each access compares its index with zero first; in the search that took
a quarter of the time. Whoever wants the last item of such an array asks for ``a[len(a) - 1]``. With NUMBA_BOUNDSCHECK=1
an index below zero is an error, like one beyond the end.
"""

from __future__ import annotations

import operator
from typing import Any

import numba.np.arrayobj as lowering
from numba.core import types
from numba.core.typing.templates import signature
from numba.extending import lower_builtin, lower_cast, models, register_model

#: how an index is read: it has no sign
_INDEX = types.uintp


class OnePiece(types.Array):
    """The type of an array that lies in one piece, and of its rows."""

    def __init__(self, dtype: Any, axes: int) -> None:
        super().__init__(dtype, axes, "C", name=f"one piece({dtype}, {axes}d)")

    def copy(self, dtype: Any = None, ndim: int | None = None, layout: Any = None, readonly: Any = None) -> Any:
        """The type of a part: of a row it is this, of whatever else that of other arrays."""
        if dtype is None and ndim is not None and ndim < self.ndim and layout in (None, "C") and not readonly:
            return OnePiece(self.dtype, ndim)
        return super().copy(dtype=dtype, ndim=ndim, layout=layout, readonly=readonly)


@register_model(OnePiece)
class _AsArray(models.ArrayModel):
    """It is an array like others in all else."""


@lower_cast(OnePiece, types.Array)
def _as_other(context: Any, builder: Any, kind: Any, other: Any, value: Any) -> Any:
    """Where either this or another array may come, it is the other's kind."""
    return value


def _unsigned(context: Any, builder: Any, kind: Any, value: Any) -> tuple[Any, Any]:
    """An index, or a tuple of them, with whole numbers taken as they are."""
    if isinstance(kind, types.Integer):
        return _INDEX, context.cast(builder, context.cast(builder, value, kind, types.intp), types.intp, _INDEX)
    if not isinstance(kind, types.Tuple | types.UniTuple):
        return kind, value
    parts = [_unsigned(context, builder, part, builder.extract_value(value, i)) for i, part in enumerate(kind.types)]
    whole = types.Tuple([part for part, _ in parts])
    return whole, context.make_tuple(builder, whole, [each for _, each in parts])


@lower_builtin(operator.getitem, OnePiece, types.Integer)
def _read(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    index, at = _unsigned(context, builder, sig.args[1], args[1])
    plain = signature(sig.return_type, sig.args[0], index)
    return lowering.getitem_arraynd_intp(context, builder, plain, (args[0], at))


@lower_builtin(operator.getitem, OnePiece, types.BaseTuple)
def _read_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    index, at = _unsigned(context, builder, sig.args[1], args[1])
    plain = signature(sig.return_type, sig.args[0], index)
    return lowering.getitem_array_tuple(context, builder, plain, (args[0], at))


@lower_builtin(operator.setitem, OnePiece, types.Integer, types.Any)
@lower_builtin(operator.setitem, OnePiece, types.BaseTuple, types.Any)
def _write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    index, at = _unsigned(context, builder, sig.args[1], args[1])
    plain = signature(sig.return_type, sig.args[0], index, sig.args[2])
    return lowering.setitem_array(context, builder, plain, (args[0], at, args[2]))
