"""Rendered calendars, kept as long as there is room: a published plan is drawn once and read often."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import nullcontext

from fastapi.concurrency import run_in_threadpool

from api.service.documents import Document

#: documents that are drawn in this process at once: more side by side come no sooner, and all others wait for them
PENS = 2


class Shelf:
    """Keeps documents by key, the least recently used leave first; one that is asked for by many is drawn once."""

    def __init__(self, room: int = 64_000_000) -> None:
        self._room, self._used = room, 0
        self._documents: OrderedDict[Hashable, Document] = OrderedDict()
        self._lock = threading.Lock()
        self._drawing: dict[Hashable, threading.Lock] = {}
        #: to be held by whoever draws in this process, also what is not kept
        self.pens = threading.BoundedSemaphore(PENS)

    def known(self, key: Hashable) -> Document | None:
        """The document, where it is kept."""
        with self._lock:
            document = self._documents.get(key)
            if document is not None:
                self._documents.move_to_end(key)
            return document

    def get(self, key: Hashable, draw: Callable[[], bytes], *, elsewhere: bool = False) -> Document:
        """The document, drawn now where it is not kept; ``elsewhere``: another process draws it."""
        document = self.known(key)
        if document is not None:
            return document
        with self._lock:
            mine = self._drawing.setdefault(key, threading.Lock())
        try:
            with mine:
                document = self.known(key)
                if document is None:
                    with nullcontext() if elsewhere else self.pens:
                        document = Document.of(draw())
                    self._keep(key, document)
            return document
        finally:  # also where the drawing failed: the next who asks tries anew
            with self._lock:
                self._drawing.pop(key, None)

    async def have(self, key: Hashable, draw: Callable[[], bytes]) -> Document:
        """The document, for the event loop: at once where it is kept, else drawn in a thread."""
        known = self.known(key)
        return await run_in_threadpool(self.get, key, draw) if known is None else known

    def _keep(self, key: Hashable, document: Document) -> None:
        """Keep the document, but for a giant that would push out most of the others."""
        if len(document) > self._room // 4:
            return
        with self._lock:
            self._documents[key] = document
            self._used += len(document)
            while self._used > self._room:
                self._used -= len(self._documents.popitem(last=False)[1])
