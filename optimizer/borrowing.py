"""Arrays that compiled code does not count references to.

Every access to an array field of a handle counts a reference up and down again, by two locked instructions: in the
search that was half of all time. A borrowed array has no owner to count for; whoever holds the handle keeps the
arrays alive (see ``owner`` in :mod:`optimizer.search.handles`).
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


@intrinsic
def borrowed(_: Any, fields: Any) -> Any:
    """The tuple ``fields`` with its arrays borrowed; numbers and the like stay as they are."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (kind,), (made,) = signature.args, arguments
        for number, member in enumerate(kind.types):
            if isinstance(member, types.Array):
                array = context.make_array(member)(context, builder, value=builder.extract_value(made, number))
                array.meminfo = cgutils.get_null_value(array.meminfo.type)
                array.parent = cgutils.get_null_value(array.parent.type)
                made = builder.insert_value(made, array._getvalue(), number)
        return made

    return fields(fields), codegen
