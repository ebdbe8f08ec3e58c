"""Everything a planner gets of one plan, written into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from api.documents import OFFICE_FILE, PLAN_FILE, PROBLEM_FILE, write_office
from api.exports.calendar import Calendar
from api.exports.feeds import Feeds
from api.exports.filenames import file_names
from api.exports.requests import travel_requests_of
from api.exports.spreadsheet import workbook_of
from api.exports.webpage import page_of
from api.exports.wording import Lang
from api.staging import staged_folder
from models.office import Office
from models.plan import Plan
from models.problem import Problem

WORKBOOK_FILE = "calendar.xlsx"
PAGE_FILE = "calendar.html"
REQUESTS_FILE = "travel-requests.html"
OFFICER_FEEDS = Path("ics", "officers")
COOPERATIVE_FEEDS = Path("ics", "cooperatives")


def write_everything(plan: Plan, problem: Problem, office: Office | None, folder: Path, lang: str = "th") -> list[Path]:
    """Write all files of a plan into ``folder``, which is made where it does not exist; their paths, in a fixed order.

    Files are made beside their places and then moved there, each at once: nobody reads half of one, and where making
    them fails the folder stays as it was. Feeds of officers and cooperatives that this plan's problem does not have
    are removed, and so is the office file of another plan where there is no ``office``.

    Raises:
        InvalidInput: the plan names what the problem does not know, or the folder cannot be written.
        ValueError: the language is neither "th" nor "en".
    """
    calendars = {lang: Calendar(plan, problem, office, lang)}
    calendars |= {other: Calendar(plan, problem, office, other) for other in get_args(Lang) if other != lang}
    with staged_folder(folder) as staged:
        _write(staged, calendars, lang)
        written = sorted(path.relative_to(staged) for path in staged.rglob("*") if path.is_file())
    for feeds in (OFFICER_FEEDS, COOPERATIVE_FEEDS):
        for path in (folder / feeds).glob("*.ics"):
            if path.relative_to(folder) not in written:
                path.unlink()
    if office is None:
        (folder / OFFICE_FILE).unlink(missing_ok=True)
    return [folder / path for path in written]


def _write(folder: Path, calendars: dict[str, Calendar], lang: str) -> None:
    calendar = calendars[lang]
    _text(folder / PLAN_FILE, calendar.plan.to_json())
    _text(folder / PROBLEM_FILE, calendar.problem.to_json())
    if calendar.office is not None:
        write_office(folder / OFFICE_FILE, calendar.office)
    (folder / WORKBOOK_FILE).write_bytes(workbook_of(calendar))
    _text(folder / PAGE_FILE, page_of(calendars, lang))
    _text(folder / REQUESTS_FILE, travel_requests_of(calendar))
    feeds = Feeds(calendar)
    (folder / OFFICER_FEEDS).mkdir(parents=True)
    for id_, name in file_names(officer.id for officer in calendar.problem.officers).items():
        (folder / OFFICER_FEEDS / f"{name}.ics").write_bytes(feeds.feed(officer=id_))
    (folder / COOPERATIVE_FEEDS).mkdir(parents=True)
    for id_, name in file_names(cooperative.id for cooperative in calendar.problem.cooperatives).items():
        (folder / COOPERATIVE_FEEDS / f"{name}.ics").write_bytes(feeds.feed(cooperative=id_))


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
