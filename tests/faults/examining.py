"""What clients were told while processes were killed, held against what is kept in the end."""

from __future__ import annotations

import collections
import datetime as dt
import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import httpx2
from sqlalchemy import select, text

from api.storage import reading
from api.storage.database import Database
from api.storage.publications import publication
from api.storage.tables import Publication, StoredPlan, StoredReport

#: the first workday of the sample, which tells its reports from those of other quarters
SEASON = dt.date(2012, 8, 1)


@dataclass
class Seen:
    """What clients were told: it must still be so in the end."""

    runs: list[str] = field(default_factory=list)
    events: dict[str, dict[int, str]] = field(default_factory=lambda: collections.defaultdict(dict))
    published: dict[int, str] = field(default_factory=dict)
    proposed: list[str] = field(default_factory=list)
    reported: dict[tuple[str, int], str] = field(default_factory=dict)
    #: how often phones read a feed, and how many changes of its events they were told of
    fed: int = 0
    changed: int = 0
    wrong: list[str] = field(default_factory=list)


def examine(address: str, token: str, store: Database, seen: Seen) -> dict[str, Any]:
    """Hold what clients were told against what the database and the service say now."""
    attempts = []
    with store.read() as session:
        if store.sqlite and session.scalar(text("PRAGMA integrity_check")) != "ok":
            seen.wrong.append("the database is not sound")
        for row in session.query(StoredPlan):
            attempts.append(row.attempts)
            events = {event.number: event.kind for event in reading.events_after(session, row.id, 0)}
            if row.state != "done" or list(events.values()).count("ended") != 1:
                seen.wrong.append(f"{row.id} is {row.state}: {events}")
            if sorted(events) != list(range(1, row.events + 1)):
                seen.wrong.append(f"{row.id} lacks events: {sorted(events)}")
            if not seen.events.get(row.id, {}).items() <= events.items():
                seen.wrong.append(f"{row.id}: clients saw other events")
        asked = len(seen.runs) + len(seen.proposed)
        if len(attempts) != asked:
            seen.wrong.append(f"{asked} runs and proposals were asked for, {len(attempts)} were kept")
        for version, run in seen.published.items():
            kept = publication(session, version)
            if kept is None or kept.plan_id != run:
                seen.wrong.append(f"version {version} was published and is lost")
        for (visit, version), remarks in seen.reported.items():
            written = session.get(StoredReport, (SEASON, visit, version))
            if written is None or json.loads(written.report)["remarks"] != remarks:
                seen.wrong.append(f"version {version} of the report of {visit} was accepted and is lost")
        written_once = [
            (each.season, each.visit, json.loads(each.report)["remarks"]) for each in session.query(StoredReport)
        ]
        if len(set(written_once)) < len(written_once):
            seen.wrong.append("a report was written twice")
        versions = session.scalars(select(Publication.plan_id).order_by(Publication.version)).all()
        if any(one == other for one, other in pairwise(versions)):
            seen.wrong.append("a plan was published twice running")
        last = publication(session)
    if last is not None:
        headers = {"Authorization": f"Bearer {token}"}
        shown = httpx2.get(f"{address}/v1/calendar", headers=headers, timeout=30)
        if shown.status_code != 200 or shown.json()["version"] != last.version:
            seen.wrong.append(f"the calendar shows {shown.status_code}")
    events_seen = sum(len(events) for events in seen.events.values())
    return {
        "runs": len(seen.runs), "proposals": len(seen.proposed), "attempts": sum(attempts),
        "most attempts": max(attempts, default=0),
        "events seen": events_seen, "published": len(seen.published),
        "reported": len(seen.reported), "feeds read": seen.fed, "changes fed": seen.changed,
    }  # fmt: skip
