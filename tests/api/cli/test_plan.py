"""``patithin plan``, ``problem``, ``export`` and ``template`` on the sample office."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import icalendar
import openpyxl
import pytest

from api.formats import Format
from models.reading import read_plan, read_problem
from models.referee import violations

from .conftest import Run

SAMPLE = Path(__file__).parents[3] / "data" / "khonkaen"
FILES = {"office.json", "problem.json"} | {format.file for format in Format}


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything of a plan of the sample, interrupted once its first plan was there."""
    folder = tmp_path_factory.mktemp("planned")
    script = f"from api.cli import main; main(['plan', {str(SAMPLE)!r}, '--seconds', '3600', '--lang', 'en'])"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        while "best" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 130, err
    (folder / "said").write_text(out, encoding="utf-8")
    return folder


def test_an_interrupted_plan_is_written_completely(planned: Path, run: Run) -> None:
    assert {path.name for path in (planned / "out").iterdir()} == FILES
    problem = read_problem(planned / "out" / "problem.json")
    plan = read_plan(planned / "out" / "plan.json", problem)
    assert plan.status == "cancelled"
    assert violations(problem, plan) == []
    assert run("check", planned / "out" / "problem.json", planned / "out" / "plan.json").code == 0


def test_the_summary_says_what_is_made_up_and_estimated_and_where_the_files_are(planned: Path) -> None:
    said = (planned / "said").read_text(encoding="utf-8")
    for part in ("1 Aug – 31 Oct 2012 (62 workdays)", "Illustrative data", "(estimated)", "out/calendar.html",
                 "out/ics/officers (40 files)", "out/ics/cooperatives (79 files)"):  # fmt: skip
        assert part in said


def test_a_problem_file_comes_with_its_office(run: Run) -> None:
    said = run("problem", SAMPLE, "-o", "made/khonkaen.json")
    assert said.code == 0
    assert "cooperatives 79" in said.out
    assert len(read_problem(Path("made/khonkaen.json")).cooperatives) == 79
    assert json.loads(Path("made/office.json").read_text(encoding="utf-8"))["illustrative"] is True


def test_the_faults_of_an_office_are_all_told_and_nothing_is_written(run: Run) -> None:
    folder = Path("office")
    folder.mkdir()
    for path in SAMPLE.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / "issues.csv").read_text(encoding="utf-8-sig").splitlines()
    header = text[0].split(",")
    row = dict(zip(header, text[1].split(","), strict=False)) | {"severity": "9", "cooperative": "nobody"}
    text[1] = ",".join(row.values())
    (folder / "issues.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    said = run("plan", folder, "--seconds", "0")
    assert said.code == 2
    for part in ("issues.csv", "severity", "nobody", "--seconds"):
        assert part in said.err
    assert not Path("out").exists()


def test_a_workbook_with_the_plan(run: Run, planned: Path) -> None:
    assert run("export", planned / "out/plan.json", "-f", "xlsx", "-o", "deep/calendar.xlsx", "--lang", "th").code == 0
    assert len(openpyxl.load_workbook("deep/calendar.xlsx").sheetnames) >= 5


def test_feeds_by_officer_and_cooperative_or_one_for_all(run: Run, planned: Path) -> None:
    assert run("export", planned / "out/plan.json", "-f", "ics", "-o", "feeds").code == 0
    assert len(list(Path("feeds/officers").glob("*.ics"))) == 40
    assert len(list(Path("feeds/cooperatives").glob("*.ics"))) == 79
    assert run("export", planned / "out/plan.json", "-f", "ics", "-o", "all.ics").code == 0
    plan = read_plan(planned / "out/plan.json")
    feed = icalendar.Calendar.from_ical(Path("all.ics").read_bytes())
    assert len(feed.walk("VEVENT")) == sum(len(tour.stops) for tour in plan.tours)


def test_a_table_and_a_map(run: Run, planned: Path) -> None:
    said = run("export", planned / "out/plan.json", "-f", "csv")
    assert said.out == "visits.csv\n"
    with Path("visits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(tour.stops) for tour in read_plan(planned / "out/plan.json").tours)
    assert run("export", planned / "out/plan.json", "-f", "geojson").code == 0
    assert json.loads(Path("tours.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_a_page_and_travel_requests_in_thai(run: Run, planned: Path) -> None:
    for format in ("html", "requests"):
        assert run("export", planned / "out/plan.json", "-f", format, "-o", f"{format}.html", "--lang", "th").code == 0
        assert "2555" in Path(f"{format}.html").read_text(encoding="utf-8")


def test_everything_once_more_without_names(run: Run, planned: Path) -> None:
    for name in ("plan.json", "problem.json"):
        Path(name).write_bytes((planned / "out" / name).read_bytes())
    assert run("export", "plan.json", "-o", "bare").code == 0
    assert {path.name for path in Path("bare").iterdir()} == FILES - {"office.json"}


def test_a_plan_without_its_problem_is_bad_input(run: Run, planned: Path) -> None:
    Path("plan.json").write_bytes((planned / "out" / "plan.json").read_bytes())
    said = run("export", "plan.json", "--office", "nowhere.json")
    assert said.code == 2
    assert "problem.json" in said.err
    assert "nowhere.json" in said.err


def test_an_empty_workbook_says_what_to_fill_in(run: Run) -> None:
    assert run("template", "office.xlsx", "--lang", "th").code == 0
    said = run("plan", "office.xlsx")
    assert said.code == 2
    assert "[table-empty]" in said.err
    assert run("template", "office.csv").code == 2
