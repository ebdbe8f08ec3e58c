"""Disks of their own for the tests of failing machines: small ones, that fill up or can no longer be written.

They are mounted, which takes root on Linux.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoDisk(Exception):
    """This machine does not let us mount a disk."""


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """An empty disk of so many megabytes, in memory."""
    place = folder / "small"
    place.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place))
    try:
        yield place
    finally:
        _unmount(place)


class Disk:
    """A disk in a file, mounted at ``place``."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.place, self._image, self._number = folder / "disk", folder / "disk.img", 0
        self.place.mkdir()
        with self._image.open("wb") as file:
            file.truncate(megabytes * 1_000_000)
        _run("mkfs.ext4", "-q", "-O", "^has_journal", str(self._image))
        self._mount()

    def fail(self) -> None:
        """An error that makes the system let nobody write to it any more, not even to files that are open."""
        os.sync()
        found = _run("findmnt", "-no", "SOURCE", "--target", str(self.place)).splitlines()[-1]
        Path(f"/sys/fs/ext4/{Path(found).name}/trigger_fs_error").write_text("1")

    def replace(self) -> None:
        """Another disk with what was on it, in its place; whoever has files of the old one open keeps those."""
        self._number += 1
        copy = self._image.with_name(f"disk-{self._number}.img")
        _unmount(self.place)
        shutil.copyfile(self._image, copy)
        self._image = copy
        subprocess.run(["e2fsck", "-fy", str(copy)], capture_output=True, check=False)
        self._mount()

    def _mount(self) -> None:
        _run("mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.place))


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A disk that can fail."""
    made = Disk(folder, megabytes)
    try:
        yield made
    finally:
        _unmount(made.place)


def fill(place: Path) -> Path:
    """The file with which the disk at ``place`` is full."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def _unmount(place: Path) -> None:
    """Take a disk away at once; files of it that are open live on for those who have them."""
    detach = 2
    if ctypes.CDLL(None, use_errno=True).umount2(os.fsencode(place), detach):
        raise OSError(ctypes.get_errno(), "cannot be unmounted", str(place))


def _run(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoDisk(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        raise NoDisk(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
