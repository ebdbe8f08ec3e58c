"""What numba need not do for us: half of its time, for code that runs as fast.

numba makes whole machine code of each function that it meets: optimized with all that the function calls, ready to be
called from Python, and filed. Ours are a few that Python calls and many that only those call, five deep. Here a
function that is met within another one's compilation is only typed and lowered; the one that Python calls takes it
in, and is optimized and filed as a whole. Called from Python later, it is compiled as the others are.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from numba.core import config, sigutils
from numba.core.types import unliteral

#: whether this thread is compiling
_within = threading.local()


def compile_less(dispatcher: Any) -> None:
    """Let numba do for this function only what is needed."""
    _for_plain_types(dispatcher)
    _within_callers(dispatcher)


def _for_plain_types(dispatcher: Any) -> None:
    """Take a number written in a call for a number like any other.

    numba compiles ``f(0)`` and ``f(n)`` apart, with all that they call: a quarter of the time, and no faster code.
    """
    template = dispatcher.get_call_template
    plain: Callable[[Any], Any] = unliteral

    def get_call_template(args: Iterable[Any], kws: Mapping[str, Any]) -> Any:
        return template(tuple(map(plain, args)), {name: plain(kind) for name, kind in kws.items()})

    dispatcher.get_call_template = get_call_template


def _within_callers(dispatcher: Any) -> None:
    """Compile as a part of the function that is being compiled, where one is; else as a whole."""
    compile_, compiler, parts = dispatcher.compile, dispatcher._compiler, set()
    flags_of, normalized = compiler._customize_flags, cast(Any, sigutils).normalize_signature

    def flags(given: Any) -> Any:
        given = flags_of(given)
        if getattr(_within, "depth", 0) > 1:
            given.no_compile = given.no_cpython_wrapper = True
        return given

    def compile_part(args: tuple[Any, ...]) -> Any:
        with dispatcher._compiling_counter:  # by which numba knows a function that calls itself
            made = compiler.compile(args, None)
        library = made.library
        library._optimize_final_module = lambda: None
        library._finalize_final_module = lambda: setattr(library, "_finalized", True)
        made = made._replace(entry_point=object())  # what numba knows the part by
        dispatcher.targetctx.insert_user_function(made.entry_point, made.fndesc, [library])
        dispatcher.overloads[args] = made
        parts.add(args)
        return made.entry_point

    def compile_once(signature: Any) -> Any:
        args = tuple(normalized(signature)[0])
        depth = _within.depth = getattr(_within, "depth", 0) + 1
        settings = vars(config)
        vectors, settings["LOOP_VECTORIZE"] = settings["LOOP_VECTORIZE"], 0
        try:
            if depth > 1 and args not in dispatcher.overloads and not dispatcher.is_compiling:
                return compile_part(args)
            if depth == 1 and args in parts:
                parts.discard(args)
                del dispatcher.overloads[args]
            return compile_(signature)
        finally:
            settings["LOOP_VECTORIZE"] = vectors
            _within.depth = depth - 1

    compiler._customize_flags, dispatcher.compile = flags, compile_once
