"""Everything a planner gets of one plan, written into a folder."""

from __future__ import annotations

from pathlib import Path

from api.documents import OFFICE_FILE, PROBLEM_FILE, write_office
from api.exports.calendar import Calendar
from api.exports.editions import BEFORE_FILE, EDITION_FILE, Edition, write_edition
from api.formats import Format, Part
from api.staging import staged_folder, write_text
from models.office import Office
from models.plan import Plan
from models.problem import Problem


def write_everything(
    plan: Plan,
    problem: Problem,
    office: Office | None,
    folder: Path,
    lang: str = "th",
    edition: Edition | None = None,
) -> list[Path]:
    """Write a plan in every format into ``folder``, which is made where it does not exist; the paths in a fixed order.

    Files are made beside their places and then moved there, each at once: nobody reads half of one, and where making
    them fails the folder stays as it was. What an earlier plan left there and this one does not have is removed: feeds
    of other officers and cooperatives, names where there is no ``office``, and what edition it was.

    Raises:
        InvalidInput: the plan names what the problem does not know, or the folder cannot be written.
        ValueError: the language is neither "th" nor "en".
    """
    standing = edition or Edition()
    part = Part(Calendar(plan, problem, office, lang), standing)
    stale = [f"{Format.ics.file}/*/*.ics", OFFICE_FILE, EDITION_FILE, BEFORE_FILE]
    with staged_folder(folder, stale) as staged:
        for format in Format:
            format.write(part, staged / format.file)
        write_text(staged / PROBLEM_FILE, problem.to_json())
        if office is not None:
            write_office(staged / OFFICE_FILE, office)
        if standing.number:
            write_edition(standing, staged)
        written = sorted(path.relative_to(staged) for path in staged.rglob("*") if path.is_file())
    return [folder / path for path in written]
