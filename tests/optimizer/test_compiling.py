"""Machine code is filed under what it follows from: nothing stale is ever run, nothing is compiled twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import ClassVar

import pytest

from optimizer import compiling
from optimizer.compiling import MachineCode

PROGRAM = """
    from optimizer.compiling import compiled, folder_of, stamp_of
    import called

    @compiled
    def outer(x):
        return called.inner(x) + 1

    print(outer(1), sum(outer.stats.cache_hits.values()), stamp_of(outer))
"""
CALLED = """
    from optimizer.compiling import compiled

    OFFSET = {offset}

    @compiled
    def inner(x):
        {note}
        return x * {factor} + OFFSET
"""


def _run(folder: Path, cache: Path | None, *, factor: int = 2, offset: int = 0, note: str = "") -> tuple[str, ...]:
    folder.mkdir(exist_ok=True)
    (folder / "optimizer_program.py").write_text(
        dedent(PROGRAM).replace("import called", "from models_called import inner\nimport models_called as called")
    )
    (folder / "models_called.py").write_text(dedent(CALLED).format(factor=factor, offset=offset, note=note))
    paths = os.pathsep.join([str(folder), str(Path(__file__).parents[2])])
    environment = os.environ | {"PYTHONPATH": paths, "PATITHIN_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-B", str(folder / "optimizer_program.py")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(done.stdout.split())


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A folder in which the program has filed its code, and what it said: to do so takes longer than to copy it."""
    folder = tmp_path_factory.mktemp("filed")
    return folder / "cache", _run(folder / "program", folder / "cache")


@pytest.fixture
def cache(filed: tuple[Path, tuple[str, ...]], tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(filed[0], tmp_path / "cache"))


def test_changed_files_that_tell_numba_how_to_make_code_change_every_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an array's index means is written in one of them: code by another meaning must not be found."""
    for name in compiling._GENERATORS:
        (tmp_path / name).write_bytes((Path(compiling.__file__).parent / name).read_bytes())
    monkeypatch.setattr(compiling, "__file__", str(tmp_path / "compiling.py"))
    stamps = {compiling._made_by.__wrapped__()}
    for name in compiling._GENERATORS:
        with (tmp_path / name).open("a") as file:
            file.write("# changed\n")
        stamps.add(compiling._made_by.__wrapped__())
    assert len(stamps) == 1 + len(compiling._GENERATORS)


def test_found_again_in_another_process_and_from_another_folder(
    filed: tuple[Path, tuple[str, ...]], cache: Path, tmp_path: Path
) -> None:
    value, hits, stamp = filed[1]
    assert (value, hits) == ("3", "0")
    assert _run(tmp_path / "two", cache) == ("3", "1", stamp)


def test_a_comment_changes_nothing(filed: tuple[Path, tuple[str, ...]], cache: Path, tmp_path: Path) -> None:
    assert _run(tmp_path / "one", cache, note="# said") == ("3", "1", filed[1][2])


@pytest.mark.parametrize(("change", "value"), [({"factor": 5}, "6"), ({"offset": 7}, "10")])
def test_a_changed_callee_or_constant_is_compiled_anew(
    filed: tuple[Path, tuple[str, ...]], cache: Path, tmp_path: Path, change: dict[str, int], value: str
) -> None:
    again = _run(tmp_path / "one", cache, **change)
    assert again[:2] == (value, "0")
    assert again[2] != filed[1][2]


def test_without_a_place_to_write_it_is_compiled_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert _run(tmp_path / "one", blocked / "cache")[:2] == ("3", "0")


def test_a_torn_file_is_compiled_anew(cache: Path, tmp_path: Path) -> None:
    torn = list(cache.rglob("*.nb?"))
    assert torn
    for path in torn:
        path.write_bytes(path.read_bytes()[:20])
    assert _run(tmp_path / "one", cache)[:2] == ("3", "0")


def test_an_index_that_other_sources_wrote_meanwhile_is_written_anew() -> None:
    """Between looking and writing another process may file what pickles by a name that these sources lack."""

    class Foreign:
        calls: ClassVar[list[str]] = []

        def save_overload(self, sig: object, data: object) -> None:
            self.calls.append("save")
            if self.calls.count("save") == 1:
                raise ModuleNotFoundError("No module named 'optimizer.theirs'")

        def flush(self) -> None:
            self.calls.append("flush")

    code = MachineCode(None)
    code._opened = Foreign()
    code.save_overload("signature", "data")
    assert Foreign.calls == ["save", "flush", "save"]
