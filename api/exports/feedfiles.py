"""Calendar feeds as files: one document for a part of a plan, or a folder with a feed for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from api.exports.calendar import Calendar
from api.exports.feeds import Feeds
from api.exports.filenames import file_names
from api.formats import Part
from models.problem import Problem


def draw(part: Part) -> bytes:
    """The events of a part as one calendar."""
    calendar = part.calendar
    if part.visits is not None:
        plan = calendar.plan
        cut = (
            tour.model_copy(update={"stops": tuple(stop for stop in tour.stops if stop.visit in part.visits)})
            for tour in plan.tours
        )
        plan = plan.model_copy(update={"tours": tuple(tour for tour in cut if tour.stops)})
        calendar = Calendar(plan, calendar.problem, calendar.office, calendar.words.lang)
    officer = part.officer if part.cooperative is None else None
    return _feeds(part, calendar).feed(officer=officer, cooperative=part.cooperative)


def spread(part: Part, folder: Path) -> None:
    """A feed for each officer and each cooperative."""
    write_feeds(_feeds(part, part.calendar), part.calendar.problem, folder)


def write_feeds(
    feeds: Feeds,
    problem: Problem,
    folder: Path,
    officers: Iterable[str] | None = None,
    cooperatives: Iterable[str] | None = None,
) -> None:
    """One feed for each of ``officers`` and ``cooperatives`` (None: for all of them), below ``folder``.

    A file is called alike whoever else gets one: its name follows from all ids of the problem.
    """
    for kind, known, wanted in (
        ("officers", problem.officer_by_id, officers), ("cooperatives", problem.cooperative_by_id, cooperatives)
    ):  # fmt: skip
        (folder / kind).mkdir(parents=True, exist_ok=True)
        names = file_names(known)
        for id_ in names if wanted is None else wanted:
            content = feeds.feed(officer=id_) if kind == "officers" else feeds.feed(cooperative=id_)
            (folder / kind / f"{names[id_]}.ics").write_bytes(content)


def _feeds(part: Part, calendar: Calendar) -> Feeds:
    edition = part.edition
    return Feeds(calendar, edition.number, edition.before, edition.changed if edition.before is not None else None)
