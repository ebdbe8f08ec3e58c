"""Writing files whole: made under a temporary name beside their place, then renamed into it.

A reader never sees half a file, and an interrupted run leaves what was there before. Devices and pipes are written to.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.faults import Fault, InvalidInput
from models.refusals import refusal_of
from models.saying import Said, both, said

#: what the system says of a disk without room, with or without a file's name
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FOLDER_THERE = both("There is a folder of this name.", "มีโฟลเดอร์ชื่อนี้อยู่แล้ว")
_FILE_THERE = both("There is a file of this name.", "มีไฟล์ชื่อนี้อยู่แล้ว")


def write_text(path: Path, text: str) -> Path:
    """Write ``text`` to ``path`` as UTF-8, whole or not at all; folders above it are made.

    Raises:
        InvalidInput: it cannot be written.
    """
    with staged_file(path) as staged:
        staged.write_text(text, encoding="utf-8", newline="\n")
    return path


def require_writable(path: Path) -> None:
    """See before a long run that ``path``, a file or folder to be, can be made; nothing is made yet.

    Raises:
        InvalidInput: it cannot.
    """
    above = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    if above != path and not above.is_dir():
        raise _unwritable(path, both(f"{above} is not a folder.", f"{above} ไม่ใช่โฟลเดอร์"))
    if not os.access(above, os.W_OK):
        raise _unwritable(path, both(f"{above} cannot be written by you.", f"ท่านไม่มีสิทธิ์เขียนใน {above}"))


@contextmanager
def staged_file(path: Path) -> Iterator[Path]:
    """A path to write to; what was written there becomes ``path`` when the context ends without an error.

    Raises:
        InvalidInput: ``path`` cannot be written; raised at the start where that can be told.
    """
    if path.is_dir():
        raise _unwritable(path, _FOLDER_THERE)
    with _folder_for(path) as folder:
        yield folder / path.name


@contextmanager
def staged_path(path: Path) -> Iterator[Path]:
    """A path to write a file or a folder to; what was written there becomes ``path`` when the context ends well.

    Raises:
        InvalidInput: ``path`` cannot be written.
    """
    path = path if path.name not in ("", "..") else path.resolve()
    with _folder_for(path) as folder:
        yield folder / path.name
        if path.exists() and path.is_dir() != (folder / path.name).is_dir():
            raise _unwritable(path, _FOLDER_THERE if path.is_dir() else _FILE_THERE)


@contextmanager
def _folder_for(path: Path) -> Iterator[Path]:
    """A folder in which ``path`` is made; a device or pipe is no file to put another one in the place of.

    Raises:
        InvalidInput: ``path`` cannot be written.
    """
    if not _is_stream(path):
        with staged_folder(path.parent) as folder:
            yield folder
        return
    with tempfile.TemporaryDirectory(prefix="patithin-") as made:
        yield Path(made)
        try:
            with (Path(made) / path.name).open("rb") as content, path.open("wb") as stream:
                shutil.copyfileobj(content, stream)
        except OSError as error:
            raise _unwritable(path, _cause(error)) from None


def _is_stream(path: Path) -> bool:
    """Whether ``path`` is a device or a pipe, or a name of one such as /dev/stdout, wherever that leads."""
    named = str(path.absolute().parent) in ("/dev", "/dev/fd", "/proc/self/fd")
    return path.exists() and not path.is_dir() and (named or not path.is_file())


@contextmanager
def staged_folder(folder: Path, stale: Iterable[str] = ()) -> Iterator[Path]:
    """A folder to write to; its files are moved into ``folder`` when the context ends without an error.

    Files of ``folder`` that were not written anew stay as they are, but for those that a pattern of ``stale`` fits:
    they belong to what is replaced, and would contradict it.

    Raises:
        InvalidInput: ``folder`` cannot be written; raised at the start where that can be told.
    """
    with _standing(folder):
        try:
            staging = Path(tempfile.mkdtemp(prefix=".patithin-", dir=folder))
        except OSError as error:
            raise _unwritable(folder, _cause(error)) from None
        try:
            yield staging
            written = {path.relative_to(staging) for path in staging.rglob("*")}
            with _alone(folder):
                _move(staging, folder)
                for path in [path for pattern in stale for path in folder.glob(pattern)]:
                    if path.relative_to(folder) not in written:
                        path.unlink()
        except OSError as error:
            place = Path(str(error.filename)) if error.filename else folder
            if error.errno not in _FULL and not place.is_relative_to(folder):
                raise
            where = folder / place.relative_to(staging) if place.is_relative_to(staging) else place
            raise _unwritable(where, _cause(error)) from None
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _standing(folder: Path) -> Iterator[None]:
    """``folder`` and those above it are there; those that are made for it go again where the context ends in an error.

    Raises:
        InvalidInput: it cannot be made.
    """
    absent = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder, _cause(error)) from None
        yield
    except BaseException:
        with suppress(OSError):  # what others put there meanwhile stays
            for each in absent:
                each.rmdir()
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While files are moved into ``folder``, another run waits with its own: of two, the files of one stand there."""
    if sys.platform == "win32":  # it locks no folders
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # file systems without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _move(staging: Path, folder: Path) -> None:
    for source in sorted(staging.rglob("*")):
        target = folder / source.relative_to(staging)
        if source.is_dir():
            target.mkdir(exist_ok=True)
        else:
            source.replace(target)


def _cause(error: OSError) -> Said:
    return both("{told}.", "เขียนไม่ได้: {told}", told=refusal_of(error))


def _unwritable(path: Path, cause: Said) -> InvalidInput:
    return InvalidInput([Fault("file-unwritable", str(path), cause, said("Choose another place, or free this one."))])
