"""How the search's functions are compiled: once for each machine, kept on disk, free of the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """``function`` as machine code that other threads can run beside."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
