"""Coverage-guided fuzzing of every reader by atheris: what is read is either sound or has coded faults.

``python -m faults.fuzzing --inputs 1000000`` tries so many inputs in all, each target in a process of its own. An input
that crashes a reader, takes more than 2 s of the processor or makes the process larger than it may be is written to a
file and named.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

#: what an input may cost: seconds of the processor, and megabytes of the process with all that it has loaded
SECONDS, MEGABYTES = 2.0, 700
#: seconds after which an input hangs, on a machine that is busy with other things too
HANGS = 60


def problem(data: bytes) -> None:
    """A body that is posted as JSON."""
    from api.service.reading import read_posted

    read_posted("application/json", data)


def workbook(data: bytes) -> None:
    """A body that is posted as a workbook."""
    from api.service.reading import WORKBOOK, read_posted

    read_posted(WORKBOOK, data)


def sheet(data: bytes) -> None:
    """A workbook that is sound but for the cells of one sheet."""
    from api.service.reading import WORKBOOK, read_posted

    read_posted(WORKBOOK, _with_sheet(data))


def plan(data: bytes) -> None:
    """A plan file."""
    from models.faults import InvalidInput
    from models.reading import read_plan

    try:
        read_plan(data)
    except InvalidInput:
        return


def host(data: bytes) -> None:
    """A header Host."""
    from api.service.guarding import _name

    _name(data.decode("latin-1"))


def accept(data: bytes) -> None:
    """A header Accept."""
    from api.service.formats import _liking

    assert 0.0 <= _liking(data.decode("latin-1"), "text/html") <= 1.0


def place(data: bytes) -> None:
    """Where a fault stands."""
    from api.service.places import place_of
    from models.faults import Fault

    place_of(Fault("cell-value", data.decode(errors="replace"), "x", "y"))


#: each target with its share of the inputs: readers that take longer get fewer
TARGETS: dict[Callable[[bytes], None], float] = {
    problem: 0.35, plan: 0.3, accept: 0.1, host: 0.1, place: 0.1, workbook: 0.04, sheet: 0.01,
}  # fmt: skip


def _with_sheet(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_template())) as template, zipfile.ZipFile(made, "w") as package:
        for part in template.namelist():
            package.writestr(part, data if part.endswith("sheet3.xml") else template.read(part))
    return made.getvalue()


def _template() -> bytes:
    from models.template import write_template

    if not _TEMPLATES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "office.xlsx"
            write_template(path, "en")
            _TEMPLATES.append(path.read_bytes())
    return _TEMPLATES[0]


_TEMPLATES: list[bytes] = []


def seeds(target: Callable[[bytes], None]) -> list[bytes]:
    """Sound inputs to begin with."""
    from support.builders import on, plan, problem, tour

    tiny = problem()
    match target.__name__:
        case "problem":
            return [tiny.to_json().encode(), b'{"format": "visit-office/1", "settings": {}, "tables": {}}']
        case "plan":
            return [plan(tiny, tour(tiny, on(1), "a", ["c1-1"])).to_json().encode()]
        case "workbook":
            return [_template()]
        case "sheet":
            with zipfile.ZipFile(io.BytesIO(_template())) as package:
                return [package.read(part) for part in package.namelist() if part.endswith("sheet3.xml")]
        case "accept":
            return [b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"]
        case "host":
            return [b"localhost:8000", b"[::1]:80"]
        case _:
            return [b"workbook.xlsx, sheet cooperatives, row 3, column lat"]


def fuzz(target: Callable[[bytes], None], inputs: int, seed: int, folder: Path) -> tuple[int, str]:
    """Fuzz one target in a process of its own; its exit code and the end of what it says."""
    corpus = folder / target.__name__
    corpus.mkdir()
    for number, text in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(text)
    command = [
        sys.executable, "-m", "faults.fuzzing", "--target", target.__name__, "--", str(corpus), f"-runs={inputs}",
        f"-seed={seed}", f"-timeout={HANGS}", f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={folder}/found-",
        "-max_len=20000", "-print_final_stats=1",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return done.returncode, (done.stdout + done.stderr)[-4_000:]


def quick(target: Callable[[bytes], None], data: bytes) -> None:
    """One input, which may take so long and no longer."""
    began = time.process_time()
    target(data)
    assert time.process_time() - began < SECONDS


def run(name: str, arguments: list[str]) -> None:
    """Be the process of one target."""
    import atheris

    with atheris.instrument_imports(include=["api", "models"]):
        target = next(each for each in TARGETS if each.__name__ == name)
        target(b"{}")  # what it loads late is loaded now
    atheris.Setup([sys.argv[0], *arguments], partial(quick, target))
    atheris.Fuzz()


def main() -> int:
    """Fuzz as the arguments say; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", help="be the process of this one")
    parser.add_argument("--keep", type=Path, help="a folder for what is found; else it goes with the process")
    chosen, arguments = parser.parse_known_args()
    if chosen.target:
        run(chosen.target, [each for each in arguments if each != "--"])
        return 0
    found = 0
    with tempfile.TemporaryDirectory(prefix="patithin-fuzz-") as name:
        folder = chosen.keep or Path(name)
        for target, share in TARGETS.items():
            inputs = max(1, round(chosen.inputs * share))
            code, told = fuzz(target, inputs, chosen.seed, folder)
            found += code != 0
            sys.stdout.write(json.dumps({"target": target.__name__, "inputs": inputs, "code": code}) + "\n")
            if code:
                sys.stdout.write(told + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
