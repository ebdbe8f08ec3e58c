"""What earlier publications were, read once: a plan never changes, and a quarter may have published hundreds."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass

from api.service.loading import load_planned
from api.service.standing import notice_of, past_of
from api.storage.database import Database
from api.storage.problems import season_start
from models.evaluation.evaluating import EditionDays
from optimizer.replanning.beginning import with_notice

#: editions that are kept, of some ten kilobytes each
MOST = 400


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """An edition and its season's start."""

    edition: EditionDays
    first: dt.date


class Editions:
    """The plans of publications, as far as they are compared; the least recently asked for leave first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[str, PublishedEdition] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, plan: str) -> PublishedEdition:
        """What the plan was. Reads it where nobody did so before: not for the event loop.

        Raises:
            Refused: there is no such plan.
        """
        with self._lock:
            if plan in self._kept:
                self._kept.move_to_end(plan)
                return self._kept[plan]
        _, stated, read = load_planned(self._database, plan)
        with self._database.read() as session:
            gone, notice = past_of(session, plan), notice_of(session, plan)
        # its problem has the day on which its changes begin, and what was left of the notice then
        edition = EditionDays.of(read, with_notice(stated.problem, notice)).made_on(gone)
        found = PublishedEdition(edition, season_start(stated.problem))
        with self._lock:
            self._kept[plan] = found
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found
