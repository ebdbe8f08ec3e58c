"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

import api.staging
from api.staging import require_writable, staged_file, staged_folder, staged_path, write_text
from models.faults import InvalidInput


def test_a_text_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a" / "b" / "plan.json", "ปฏิทิน\n")
    assert path.read_bytes() == "ปฏิทิน\n".encode()
    assert [child.name for child in path.parent.iterdir()] == ["plan.json"]


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), staged_file(path) as staged:
        staged.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_no_folder_that_was_made_for_it(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "a" / "b", tmp_path / "there"):
        with pytest.raises(KeyboardInterrupt), staged_folder(folder) as staged:
            (staged / "plan.json").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def test_a_folder_gets_its_new_files_and_keeps_its_others(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "plan.json").write_text("old", encoding="utf-8")
    with staged_folder(tmp_path) as staged:
        (staged / "feeds").mkdir()
        (staged / "feeds" / "a.ics").write_text("a", encoding="utf-8")
        (staged / "plan.json").write_text("new", encoding="utf-8")
        assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "old"
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"feeds/mine.txt", "feeds/a.ics", "plan.json"}
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "new"


def test_a_file_where_a_folder_should_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for path in (tmp_path / "file" / "out", tmp_path / "file" / "out" / "deeper"):
        with pytest.raises(InvalidInput, match="file-unwritable"):
            require_writable(path)
        with pytest.raises(InvalidInput, match="file-unwritable"), staged_folder(path):
            pass


def test_a_folder_of_the_files_name_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is a folder of this name"):
        write_text(tmp_path, "text")


def test_a_place_that_turns_out_unwritable_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "calendar.html").mkdir()
    (tmp_path / "calendar.html" / "inside").write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"calendar\.html"), staged_folder(tmp_path) as staged:
        (staged / "calendar.html").write_text("page", encoding="utf-8")
    assert [child.name for child in tmp_path.iterdir()] == ["calendar.html"]


def test_nothing_is_made_by_asking(tmp_path: Path) -> None:
    require_writable(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_an_error_about_something_else_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), staged_folder(tmp_path / "out"):
        (tmp_path / "elsewhere").read_text(encoding="utf-8")


def test_a_full_disk_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No space left on device"), staged_folder(tmp_path):
        Path("/dev/full").write_text("x" * 100_000, encoding="utf-8")


def test_what_goes_into_a_pipe_is_written_to_it(tmp_path: Path) -> None:
    """Nothing takes its place: an administrator who names /dev/null would lose it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        for staging in (staged_file, staged_path):
            read = reader.submit(pipe.read_bytes)
            with staging(pipe) as staged:
                staged.write_text("ปฏิทิน", encoding="utf-8")
            assert read.result(10) == "ปฏิทิน".encode()
            assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_no_folder_is_written_to_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InvalidInput, match="There is a file of this name"), staged_path(pipe) as staged:
        staged.mkdir()
    assert list(tmp_path.iterdir()) == [pipe]


def test_of_two_that_write_to_a_folder_at_once_the_files_of_one_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever moves first has moved all before the other begins."""
    move, moves = api.staging._move, []

    def watched(staging: Path, folder: Path) -> None:
        moves.append("begins")
        if len(moves) == 1:
            barrier.wait()  # the other has written all, and is about to move
        time.sleep(0.02)
        move(staging, folder)
        moves.append("ends")

    def write(text: str) -> None:
        with staged_folder(tmp_path) as staged:
            (staged / "plan.json").write_text(text, encoding="utf-8")
            if text == "second":
                barrier.wait()

    barrier = Barrier(2, timeout=10)
    monkeypatch.setattr(api.staging, "_move", watched)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ("first", "second")))
    assert moves == ["begins", "ends", "begins", "ends"]
