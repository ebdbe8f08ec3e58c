"""The file of an SQLite database: one file whatever path leads to it, readable by its owner only, and watched."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from urllib.parse import quote

#: who may read and write it, and what SQLite keeps beside it
MODE = 0o600


class Gone(Exception):
    """The file is not where it was: what is answered now would be answered into the void."""


class File:
    """The file at ``path``, made where it is not there yet.

    Symbolic links are followed, so that two paths to one file are one database.

    Raises:
        OSError: it cannot be made or used, or it has several names of its own (hard links).
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute().resolve()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, MODE))
        seen = self.path.stat()
        if seen.st_nlink > 1:
            raise OSError(0, "it has several names (hard links), so that two services could run on it", str(self.path))
        if seen.st_mode & 0o077 and seen.st_uid == os.geteuid():
            self.path.chmod(MODE)
        self._lock, self._seen = threading.Lock(), (seen.st_dev, seen.st_ino)

    @property
    def quoted(self) -> str:
        """The path as a part of a URI."""
        return quote(str(self.path))

    @property
    def there(self) -> bool:
        """Whether the file is where it was, and the same."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_dev, now.st_ino) == self._seen

    def changed(self) -> bool:
        """Whether another file has taken its place since the last look; from now on that one counts.

        Raises:
            Gone: there is no file.
        """
        try:
            now = self.path.stat()
        except OSError as error:
            raise Gone(str(self.path)) from error
        with self._lock:
            known, self._seen = self._seen, (now.st_dev, now.st_ino)
            return known != self._seen
