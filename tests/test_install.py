"""The wheel holds all that is needed: installed alone, read-only, without a home, from another folder."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel for any platform."""
    return _built(tmp_path_factory.mktemp("wheel"))


def _copied(folder: Path, name: str) -> Path:
    """What git knows of the project, in a folder of that name."""
    tree = folder / name
    tree.mkdir(parents=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    subprocess.run(["tar", "-cf", folder / "tree.tar", "--null", "-T", "-"], cwd=ROOT, input=listed, check=True)
    subprocess.run(["tar", "-xf", folder / "tree.tar", "-C", tree], check=True)
    return tree


def _built(folder: Path, **environment: str) -> Path:
    """A wheel, built from a copy of what git knows, so that nothing unlisted helps it."""
    tree = _copied(folder, "tree")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(tree),
    ]
    subprocess.run(build, check=True, env=os.environ | {"PYTHONPATH": ""} | environment)
    return next(folder.glob("patithin-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked as an installer does it, and made read-only."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    for path in [*site.rglob("*"), site]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    return site


def _run(installed: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {key: value for key, value in os.environ.items() if key not in ("HOME", "XDG_CACHE_HOME", "PYTHONPATH")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=bare | {"PYTHONPATH": str(installed), "LANG": "C.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    wanted = {name for name in listed if name.split("/")[0] in ("patithin", "models", "optimizer", "api")}
    samples = [name for name in listed if name.startswith("data/") and not name.endswith(".py")]  # scripts stay here
    wanted |= {f"patithin/{name}" for name in samples if name.count("/") >= 2}
    assert sorted(wanted - names) == []
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_wheel_with_machine_code_is_for_this_platform_and_python_alone(wheel: Path, tmp_path: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    code = tmp_path / "code"
    (code / "stamp").mkdir(parents=True)
    (code / "stamp" / "f.1.nbc").write_bytes(b"code")
    (code / "processor").write_text("generic")
    made = _built(tmp_path / "built", PATITHIN_MACHINE_CODE=str(code))
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    assert f"-{python}-{python}-" in made.name
    added = set(zipfile.ZipFile(made).namelist()) - set(zipfile.ZipFile(wheel).namelist())
    assert added == {"optimizer/machine-code/stamp/f.1.nbc", "optimizer/machine-code/processor"}


def test_the_sample_is_written_and_read_without_a_home(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "-m", "patithin", "sample", "my-office")
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "my-office").rglob("*.py"))
    read = _run(installed, tmp_path, "-m", "patithin", "problem", "my-office", "-o", "problem.json")
    assert read.returncode == 0, read.stderr
    again = _run(installed, tmp_path, "-m", "patithin", "sample", "my-office")
    assert again.returncode == 2
    assert "[file-exists]" in again.stderr
    other = _run(installed, tmp_path, "-m", "patithin", "sample", "other", "--name", "nowhere")
    assert other.returncode == 2
    assert "khonkaen" in other.stderr


def test_a_script_beside_a_clone_finds_the_package_and_not_its_folder(tmp_path: Path) -> None:
    """Installed as make does it; a clone's folder is named as the package in it is."""
    clone, site = _copied(tmp_path, "patithin"), tmp_path / "site"
    install = re.search(r"\$\(PIP\) install (.*-e \.)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert install is not None
    options = install[1].split()
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--target", str(site), *options]
    subprocess.run(pip, cwd=clone, check=True, env=os.environ | {"PYTHONPATH": ""})
    program = (  # libraries by their folder alone: the project may be installed for the tests in this very way
        "import site, sys; site.addsitedir(sys.argv[1]); sys.path.append(sys.argv[2])\n"
        "from patithin import load; import api, models, optimizer, patithin\n"
        "print(*{module.__path__[0] for module in (api, models, optimizer, patithin)}, sep='\\n')"
    )
    done = _run(tmp_path / "nothing", tmp_path, "-S", "-c", program, str(site), sysconfig.get_path("purelib"))
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split()) == [str(clone / name) for name in ("api", "models", "optimizer", "patithin")]


def test_a_notebook_folder_with_files_of_our_names_does_no_harm(installed: Path, tmp_path: Path) -> None:
    for name in ("models", "optimizer", "api"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('not this one')")
    program = "from patithin import load; print(load('my-office').problem.name)"
    assert _run(installed, tmp_path, "-m", "patithin.samples").returncode == 0
    write = "import shutil; from patithin.samples import samples; shutil.copytree(samples()['khonkaen'], 'my-office')"
    assert _run(installed, tmp_path, "-c", write).returncode == 0
    done = _run(installed, tmp_path, "-c", program)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_another_package_of_our_names_is_told(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text("")
    done = _run(installed, tmp_path, "-c", "import models, patithin")
    assert done.returncode != 0
    assert "Import patithin first" in done.stderr


def test_without_an_extra_the_command_says_which(installed: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    for name in ("uvicorn", "altair"):
        (blocked / f"{name}.py").write_text(f"raise ModuleNotFoundError('No module named {name}', name={name!r})")
    paths = os.pathsep.join([str(installed), str(blocked)])
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from api.cli import main; main(['serve'])"
    done = _run(installed, tmp_path, "-c", program, str(blocked), PYTHONPATH=paths)
    assert done.returncode == 2, done.stderr
    assert "patithin[serve]" in done.stderr
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from patithin import pictures"
    done = _run(installed, tmp_path, "-c", program, str(blocked), PYTHONPATH=paths)
    assert "patithin[notebook]" in done.stderr


def test_every_public_name_is_there() -> None:
    import patithin

    assert [name for name in patithin.__all__ if getattr(patithin, name, None) is None] == []
    with pytest.raises(AttributeError, match="patithin has no 'nothing'"):
        patithin.nothing  # noqa: B018 - looking is the test
