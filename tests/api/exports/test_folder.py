"""Everything in a folder: complete, whole, with nothing of an earlier plan left over."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest
from support.builders import plan, problem, tour

import api.exports.requests
from api.documents import read_office_file
from api.exports import page, workbook, write_everything
from api.exports.filenames import file_names
from models.reading import read_plan, read_problem

from .conftest import Sample


def relative(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def present(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_all_files_are_there_and_are_what_they_are_alone(sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    written = write_everything(sample.plan, sample.problem, sample.office, out, "en")
    assert sorted(relative(written, out)) == present(out)
    assert [name for name in present(out) if "/" not in name] == [
        "board.json", "calendar.html", "calendar.xlsx", "office.json", "plan.json", "problem.json", "tours.geojson",
        "travel-requests.html", "visits.csv", "visits.json",
    ]  # fmt: skip
    feeds = [name for name in present(out) if name.startswith("ics/")]
    assert len(feeds) == len(sample.problem.officers) + len(sample.problem.cooperatives)
    assert {"ics/officers/a.ics", "ics/cooperatives/c1.ics"} <= set(feeds)
    assert read_problem(out / "problem.json") == sample.problem
    assert read_plan(out / "plan.json", sample.problem) == sample.plan
    assert read_office_file(out / "office.json") == sample.office
    assert (out / "calendar.html").read_text("utf-8") == page(sample.plan, sample.problem, sample.office, "en")
    assert (out / "calendar.xlsx").read_bytes() == workbook(sample.plan, sample.problem, sample.office, "en")
    for name in feeds:
        assert icalendar.Calendar.from_ical((out / name).read_bytes())["VERSION"] == "2.0"


def test_the_same_plan_writes_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_everything(sample.plan, sample.problem, sample.office, tmp_path / name)
    one, two = ({name: (tmp_path / n / name).read_bytes() for name in present(tmp_path / n)} for n in ("one", "two"))
    assert one == two


def test_feeds_and_names_of_an_earlier_plan_go_and_other_files_stay(sample: Sample, tmp_path: Path) -> None:
    write_everything(sample.plan, sample.problem, sample.office, tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    of = problem()
    write_everything(plan(of, tour(of, of.workdays[0], "a", ["c1-1"])), of, None, tmp_path)
    assert present(tmp_path) == [
        "board.json", "calendar.html", "calendar.xlsx", "ics/cooperatives/c1.ics", "ics/cooperatives/c2.ics",
        "ics/officers/a.ics", "ics/officers/b.ics", "notes.txt", "plan.json", "problem.json",
        "tours.geojson", "travel-requests.html", "visits.csv", "visits.json",
    ]  # fmt: skip


def test_a_failure_leaves_the_folder_as_it_was(sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_everything(sample.plan, sample.problem, sample.office, tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in present(tmp_path)}

    def broken(*_: object) -> str:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(api.exports.requests, "draw", broken)
    of = problem()
    with pytest.raises(RuntimeError, match="the disk is full"):
        write_everything(plan(of), of, None, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in present(tmp_path)} == before


def test_file_names_are_ids_where_they_can_be() -> None:
    assert file_names(["o01", "สหกรณ์", "a-b_c"]) == {"o01": "o01", "สหกรณ์": "สหกรณ์", "a-b_c": "a-b_c"}


@pytest.mark.parametrize(
    "ids",
    [
        ["../up", "..", ".", "a/b", "a\\b", "a_b", "C:x"], ["A", "a"], ["con", "NUL", "com1"], ["x" * 300, "x" * 301],
        ["a\nb", "a b", "a\tb", "a\x85b"],
        ["o1\u202egpj", "o1\u2067gpj", "\u200eo1", "o1", "\ufeffo1"], ["ก" * 200], ["*", "?", "<", '"'],
    ],
)  # fmt: skip
def test_no_id_leads_elsewhere_or_onto_another(ids: list[str], tmp_path: Path) -> None:
    names = file_names(ids)
    assert list(names) == ids
    assert len({name.casefold() for name in names.values()}) == len(ids)
    for name in names.values():
        path = tmp_path / f"{name}.ics"
        path.write_text("x")
        assert path.resolve().parent == tmp_path.resolve()
        assert not {"con", "nul", "com1"} & {name.casefold()}
