"""The README's commands work as they are written; only the time to search is cut short."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli.commands import application
from api.cli.ending import ended
from models.intake import read_office
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


#: follows what a page says to type, in a folder; what the commands say
Follow = Callable[[str, Path], str]


def shortened(block: str) -> str:
    """The block with every search cut short: the first whole plan is there at once."""
    lines = []
    for line in block.splitlines():
        line = re.sub(r"--seconds [\d.]+", "--seconds 0.3", line)
        line = line.replace("--seeds 1,2,3", "--seeds 1")
        if re.match(r"patithin (plan|solve|bench|replan|explain) ", line) and "--seconds" not in line:
            line += " --seconds 0.3"
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.fixture
def follow(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Follow:
    """Follows a page in this process: to load the search and all else anew for each command takes longer than they."""
    monkeypatch.setenv("LANG", "C.UTF-8")

    def follow(script: str, folder: Path) -> str:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        told = ""
        for line in script.splitlines():
            word, *more = shlex.split(line, comments=True)
            if word == "patithin":
                code = ended(application(), more)
                said = capsys.readouterr()
                assert code == 0, f"{line}\n{said.out}\n{said.err}"
                told += said.out
            elif word == "export":
                monkeypatch.setenv(*more[0].split("=", 1))
            else:  # the command is found by its name from then on
                told += sh(f"{line}\npatithin --version", folder)
        return told

    return follow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make run` leaves it: data, .venv and a plan in out."""
    path = tmp_path_factory.mktemp("readme")
    (path / "data").symlink_to(ROOT / "data")
    (path / ".venv").symlink_to(sys.prefix)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path)
        assert ended(application(), ["plan", "data/khonkaen", "--out", "out", "--seconds", "0.3"]) == 0
    return path


def sh(script: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_make_targets_exist() -> None:
    targets = re.findall(r"^make ([a-z]+)", "\n".join(BLOCKS), re.MULTILINE)
    assert targets == ["run", "test"]
    for target in targets:
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_every_command_works_as_written(follow: Follow, folder: Path) -> None:
    blocks = [block for block in BLOCKS if not block.startswith("make ")]
    assert len(blocks) >= 6
    assert "patithin " in follow("".join(map(shortened, blocks)), folder)
    assert "ข้อมูลตัวอย่าง" in (folder / "my-plan" / "calendar.html").read_text(encoding="utf-8")
    assert "khonkaen" in (folder / "results" / "results.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_absence_of_the_example_takes_somebody_off_a_tour(seed: int) -> None:
    """Whoever follows the README sees proposals that change something, whatever the search found."""
    who, first, last = re.findall(r"--absent (\w+):([\d-]+)\.\.([\d-]+)", TEXT)[0]
    problem = read_office(ROOT / "data" / "khonkaen").problem
    made = solve(problem, Params(seed=seed, deterministic=True), TimeLimit(1))
    days = {tour.date.isoformat() for tour in made.tours if who in tour.crew}
    assert [day for day in days if first <= day <= last]


def test_the_thai_page_works_as_written(follow: Follow, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "thai.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    said = follow("".join(map(shortened, blocks)), tmp_path)
    assert "out-2 คือแผนปัจจุบัน (ฉบับที่ 2)" in said
    assert (tmp_path / "next" / "next.html").exists()


def commands_of(page: str) -> str:
    """The commands of the blocks of a page in docs, every search cut short."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return "".join(shortened(re.sub(r" +#.*", "", block)) for block in blocks)


def test_reasons_are_told_in_thai_as_the_page_says(follow: Follow, folder: Path) -> None:
    said = follow(commands_of("explanations-th.md"), folder)
    assert "รายวัน" in said
    assert "วันที่เป็นไปได้เมื่อส่วนอื่นของแผนคงเดิม" in said


def test_the_next_quarter_is_made_and_a_line_of_it_refused_as_the_thai_page_says(
    follow: Follow, folder: Path, tmp_path: Path
) -> None:
    for name in ("data", "out"):
        (tmp_path / name).symlink_to(folder / name)
    follow("patithin handbook out/plan.json -o handbook.xlsx --simulate 1 --lang th", tmp_path)
    first, plan, again = commands_of("next-quarter-th.md").splitlines()
    assert "เหตุผลอยู่ใน next/next.html" in follow(f"{first}\n{plan}", tmp_path)
    lines = (tmp_path / "next" / "_changes.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].lstrip("\ufeff") == "บรรทัด,รับ,ตาราง,แถว,คอลัมน์,เดิม,ใหม่,เพราะ,รหัสบรรทัด"
    mine = "\n".join([*lines[:-1], lines[-1].replace(",ใช่,", ",ไม่,")])
    (tmp_path / "mine.csv").write_text(mine, encoding="utf-8")
    assert "ไม่รับ 1 บรรทัด" in follow(again, tmp_path)
    assert (tmp_path / "next-out" / "calendar.html").exists()


def test_the_commands_in_the_text_exist_and_the_template_is_written(follow: Follow, folder: Path) -> None:
    prose = re.sub(r"^```sh\n.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`patithin ([a-z]+)", prose)
    assert {"template", "plan"} <= set(named)
    assert set(named) <= {command.name for command in application().registered_commands}
    follow("patithin template office.xlsx --lang th", folder)
    assert (folder / "office.xlsx").stat().st_size


def test_the_picture_is_small_and_there() -> None:
    for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT):
        assert 0 < (ROOT / name).stat().st_size < 500_000
