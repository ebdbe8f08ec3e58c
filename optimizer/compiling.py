"""Machine code for the compiled functions: made once, kept on disk, free of the interpreter's lock.

numba's own cache looks at one file's text. It misses a changed callee or constant, lies beside the sources (where an
installed package may not write), and fails where nothing is writable. Here each function's machine code is filed under
a *stamp*: a hash of its own bytecode, of all compiled functions that it calls, of the constants that they read, of the
files here that tell numba how to make code, and of the versions of Python, numba and llvmlite; numba adds signature and
processor to it. Code that changed is compiled anew, other code is found again from any folder and by any process.

The code is looked for in ``$PATITHIN_CACHE`` if that is set, else beside the package (where an administrator may have
put it for all users: ``patithin warmup --shared``) and in the user's cache folder; it is written to the first of them
that can be written, and where none can, it lives as long as the process.

Code that comes with an installation was made on another machine: for any processor of its kind, which costs the search
no speed (it works on single numbers). A file beside it names that processor, and then all is compiled for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba
from numba.core import caching, config, registry
from numba.core.dispatcher import Dispatcher
from platformdirs import user_cache_path

from optimizer.compiling_less import compile_less

F = TypeVar("F", bound=Callable[..., Any])

#: every compiled function, in the order of definition
FUNCTIONS: list[Any] = []
#: where an administrator keeps machine code for all users of an installation
SHARED = Path(__file__).parent / "machine-code"
#: in ``SHARED``, where its code came with the installation: the processor that it was made for
PROCESSOR = "processor"

#: nothing calls the code from C, so it needs no entry for that
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
#: files beside this one that tell numba how to make code of ours
_GENERATORS = ("borrowing.py", "compiling_less.py", "indexing.py")


def compile_for_what_came(shared: Path) -> None:
    """Compile for the processor that the code in ``shared`` was made for, where it came with the installation.

    Not where the environment names another one, nor after numba has begun to compile for this one.
    """
    begun = "_toplevel_target_context" in vars(registry.cpu_target)
    with contextlib.suppress(OSError):
        settings = vars(config)  # numba makes them of the environment
        if settings["CPU_NAME"] is None and not begun:
            settings["CPU_NAME"], settings["CPU_FEATURES"] = (shared / PROCESSOR).read_text().strip(), ""


compile_for_what_came(SHARED)


def compiled(function: F) -> F:
    """``function`` as machine code that other threads can run beside."""
    dispatcher: Any = numba.njit(**_OPTIONS)(function)
    dispatcher._cache = MachineCode(dispatcher)
    if isinstance(dispatcher, Dispatcher):  # with NUMBA_DISABLE_JIT functions stay as they are
        compile_less(dispatcher)
    FUNCTIONS.append(dispatcher)
    return cast(F, dispatcher)


# --- the stamp of a function


@cache
def _made_by() -> str:
    """What all machine code follows from: versions, options, and the files that tell numba how."""
    texts = b"".join(Path(__file__).with_name(name).read_bytes() for name in _GENERATORS)
    versions = f"{sys.version_info[:2]} {numba.__version__} {llvmlite.__version__} {_OPTIONS}"
    return f"{versions} {hashlib.sha256(texts).hexdigest()}"


@cache
def stamp_of(dispatcher: Any) -> str:
    """Hash of all that the function's machine code follows from, its signature and the processor apart."""
    digest = hashlib.sha256(_made_by().encode())
    for part in _parts(dispatcher.py_func, set()):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:40]


def stamp_of_all() -> str:
    """One stamp for all compiled functions of the optimizer that are imported by now, on this processor."""
    processor = vars(config)["CPU_NAME"] or llvmlite.binding.get_host_cpu_name()
    ours = (function for function in FUNCTIONS if function.py_func.__module__.startswith("optimizer."))
    stamps = sorted(stamp_of(function) for function in ours)
    return hashlib.sha256(" ".join([processor, *stamps]).encode()).hexdigest()[:40]


def _parts(function: Any, seen: set[int]) -> Iterator[str]:
    """What a plain function consists of, then what each compiled function does that it calls, each once."""
    if id(function) in seen:
        return
    seen.add(id(function))
    yield f"{function.__module__}.{function.__qualname__}"
    for code in _codes(function.__code__):
        yield code.co_code.hex() + repr((code.co_varnames, code.co_names, _plain(code.co_consts)))
        for name in sorted(set(code.co_names)):
            if name in function.__globals__:
                yield from _used(name, function.__globals__[name], set(code.co_names), seen)


def _used(name: str, value: Any, names: set[str], seen: set[int]) -> Iterator[str]:
    """A global that a function reads: a compiled function by its parts, a module by what is read of it."""
    if isinstance(value, Dispatcher):
        yield from _parts(value.py_func, seen)
    elif isinstance(value, ModuleType):
        yield f"{name} is {value.__name__}"
        for read in sorted(names & set(vars(value))) if value.__name__.startswith(("optimizer", "models")) else ():
            yield from _used(read, getattr(value, read), names, seen)
    elif isinstance(value, type) or callable(value):
        yield f"{name} is {getattr(value, '__qualname__', name)} {getattr(value, '_fields', '')}"
    else:
        yield f"{name} = {value!r}"


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _plain(constants: tuple[Any, ...]) -> tuple[Any, ...]:
    """Constants whose text is the same in every process: without nested code, and without the docstring."""
    return tuple(repr(one) for one in constants[1:] if not isinstance(one, CodeType)) + tuple(
        repr(one) for one in constants[:1] if not isinstance(one, str | CodeType)
    )


# --- where machine code lies


@cache
def home() -> Path:
    """The folder to which machine code is written; a temporary one of this process where no other can be written."""
    for folder in _homes():
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            return folder
    forgotten = tempfile.TemporaryDirectory(prefix="patithin-", ignore_cleanup_errors=True)
    _FORGOTTEN.append(forgotten)
    return Path(forgotten.name)


#: temporary homes, which go with the process
_FORGOTTEN: list[tempfile.TemporaryDirectory[str]] = []


def _homes() -> list[Path]:
    named = os.environ.get("PATITHIN_CACHE")
    return [Path(named)] if named else [user_cache_path("patithin", appauthor=False) / "machine-code"]


def keep_beside_the_package() -> None:
    """From now on this process writes machine code where all users of the installation find it."""
    os.environ["PATITHIN_CACHE"] = str(SHARED)
    home.cache_clear()


def folder_of(stamp: str) -> Path:
    """Where the code with this stamp lies: among what all users share if it is there, else at home."""
    shared = SHARED / stamp
    return shared if shared.is_dir() and home() != SHARED else home() / stamp


class _Locator(caching._CacheLocator):
    """Tells numba the folder for one function, by its stamp."""

    def __init__(self, dispatcher: Any) -> None:
        self.stamp = stamp_of(dispatcher)
        self._py_file, self._lineno = dispatcher.py_func.__code__.co_filename, 0  # numba names them in warnings

    def get_cache_path(self) -> str:
        return str(folder_of(self.stamp))

    def get_source_stamp(self) -> str:
        return self.stamp

    def get_disambiguator(self) -> str:
        return "0"


class MachineCode(caching._Cache):
    """The cache of one function. It is opened at the first call, when all that the function calls is defined."""

    def __init__(self, dispatcher: Any) -> None:
        self._dispatcher = dispatcher
        self._opened: Any = None

    def _open(self) -> Any:
        if self._opened is None:
            locator = _Locator(self._dispatcher)

            class Implementation(caching.CompileResultCacheImpl):
                def __init__(self, py_func: Any) -> None:
                    self._locator = locator
                    self._lineno = 0
                    self._filename_base = f"{py_func.__module__}.{py_func.__qualname__}"

            class OneFunction(caching.FunctionCache):
                _impl_class = Implementation

            opening: Any = OneFunction
            self._opened = opening(self._dispatcher.py_func)
        return self._opened

    @property
    def cache_path(self) -> str:
        """The folder of this function's machine code."""
        return cast(str, self._open().cache_path)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The machine code for a signature; None where there is none, or none that can be read."""
        try:
            return self._open().load_overload(sig, target_context)
        except Exception:  # a torn or foreign file is no reason to fail: it goes, and the function is compiled anew
            self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep machine code; a full disk or a folder that may not be written only costs the next start its time."""
        try:
            self._open().save_overload(sig, data)
        except OSError:
            pass
        except Exception:  # the index there was written by other sources and names what these lack: it goes
            self.flush()
            with contextlib.suppress(Exception):
                self._open().save_overload(sig, data)

    def enable(self) -> None:
        """It always is."""

    def disable(self) -> None:
        """It never is."""

    def flush(self) -> None:
        """Forget the machine code of this function."""
        with contextlib.suppress(OSError):
            self._open().flush()
