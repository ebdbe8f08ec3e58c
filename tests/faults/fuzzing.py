"""Coverage-guided fuzzing of every reader by atheris: what is read is either sound or has coded faults.

``python -m faults.fuzzing --inputs 1000000`` tries so many inputs in all, each target in a process of its own. What is
JSON is mostly changed as JSON, so that most of it gets behind the parser; and what is read is told, in both languages.
An input that crashes a reader, takes more than 2 s of the processor or makes the process larger than it may be is
written to a file and named.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from faults.edges import mutated

# nothing of the project is imported up here: atheris follows only what it has seen being loaded

#: what an input may cost: seconds of the processor, and megabytes of the process with all that it has loaded
SECONDS, MEGABYTES = 2.0, 500
#: inputs of one process: what the fuzzer itself keeps of each adds up, and is no cost of any of them
ROUND = 50_000
#: seconds after which an input hangs, on a machine that is busy with other things too
HANGS = 60


def problem(data: bytes) -> None:
    """A body that is posted as JSON: a problem."""
    from api.service.reading import read_posted

    _tell(read_posted("application/json", data))


def office(data: bytes) -> None:
    """A body that is posted as JSON: an office's tables."""
    problem(data)


def workbook(data: bytes) -> None:
    """A body that is posted as a workbook."""
    from api.formats import XLSX
    from api.service.reading import read_posted

    _tell(read_posted(XLSX, data))


def sheet(data: bytes) -> None:
    """A workbook that is sound but for the cells of one sheet."""
    workbook(_with_sheet(data))


def _tell(read: Any) -> None:
    _tell_each(getattr(read, "faults", ()))


def _tell_each(faults: Sequence[Any]) -> None:
    from api.service.errors import shape_of

    for fault in faults[:20]:
        json.dumps([shape_of(fault, lang) for lang in ("th", "en")])


def plan(data: bytes) -> None:
    """A plan file."""
    from models.faults import InvalidInput
    from models.reading import read_plan

    try:
        read_plan(data)
    except InvalidInput as error:
        _tell_each(error.faults)


def report(data: bytes) -> None:
    """A report on a visit."""
    from api.service.reports import ReportRequest
    from models.handbook.reports import Report

    asked = _asked(ReportRequest, data)
    if asked is None or asked.report.visit not in _context().visits:
        return
    faults = _faults_of(asked.report)
    _tell_each(faults)
    if not faults:  # what is kept of it is as sound, and reads as it was written
        text = asked.report.model_dump_json(exclude_none=True)
        kept = Report.model_validate_json(text)
        assert kept.model_dump_json(exclude_none=True) == text
        assert not _faults_of(kept)


def _faults_of(report: Any) -> list[Any]:
    from models.handbook.reports import Handbook
    from models.handbook.soundness import faults_of_report, faults_of_reports

    context = _context()
    whole = Handbook(aspects=context.aspects, reports=(report,))
    found = whole.found_at(report.visit, context.problem)
    return [
        *faults_of_report(report, context, "report.{}".format, found),
        *faults_of_reports(whole.reports, context, "report of {}, {}".format),
    ]


def moves(data: bytes) -> None:
    """What a planner does by hand, and the draft that comes of it."""
    from api.service.moves import MovesRequest
    from models.faults import InvalidInput
    from optimizer.moving.drafts import apply

    asked = _asked(MovesRequest, data)
    if asked is None:
        return
    try:
        apply(_context().problem, _context().plan, asked.moves, pins=())
    except InvalidInput as error:
        _tell_each(error.faults)


def changes(data: bytes) -> None:
    """What happened after a plan was published, and the problem that follows."""
    from api.service.replanning import ReplanRequest
    from models.faults import InvalidInput

    asked = _asked(ReplanRequest, data)
    if asked is None:
        return
    try:
        asked.state(_context().problem, _context().plan)
    except InvalidInput as error:
        _tell_each(error.faults)


def _asked(request: type[Any], data: bytes) -> Any:
    """What a JSON body asks for, read as the service reads it; None where it is refused."""
    from pydantic import ValidationError

    from models.faults import InvalidInput
    from models.jsontext import parse_json, unending

    try:
        told, faults = parse_json(data, "body")
        faults = faults or unending(told, "body")
        return None if faults else request.model_validate(told)
    except InvalidInput as error:
        _tell_each(error.faults)
    except ValidationError:
        pass
    return None


@cache
def _context() -> Any:
    """The little office and its plan, made once: nothing that reads them may change them."""
    from support.circle import little_context

    return little_context()


def days(data: bytes) -> None:
    """Days as people write them, in a query or in a cell."""
    from models.intake.values import CellError, dates

    with suppress(CellError):
        dates(data.decode(errors="replace"))


def language(data: bytes) -> None:
    """A header Accept-Language."""
    from starlette.requests import Request

    from api.service.errors import language_of

    scope = {"type": "http", "headers": [(b"accept-language", data)], "query_string": b""}
    assert language_of(Request(scope)) in ("th", "en")


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
    problem: 0.2, office: 0.08, plan: 0.2, report: 0.1, moves: 0.05, changes: 0.05, days: 0.07, accept: 0.05,
    language: 0.05, host: 0.05, place: 0.05, workbook: 0.04, sheet: 0.01,
}  # fmt: skip
#: those whose inputs are JSON, and how often in ten they are changed as such
JSON, AS_JSON = (problem, office, plan, report, moves, changes), 8


def _with_sheet(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in _parts().items():
            package.writestr(name, data if name.endswith("sheet3.xml") else part)
    return made.getvalue()


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_template())) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def _template() -> bytes:
    from models.template import write_template

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.xlsx"
        write_template(path, "en")
        return path.read_bytes()


def seeds(target: Callable[[bytes], None]) -> list[bytes]:
    """Sound inputs to begin with."""
    from support.circle import little_context, little_handbook
    from support.tables import TABLES, TOML

    from api.service.examples import CHANGES, MOVES
    from models.intake.document import OFFICE_FORMAT

    known = little_context()
    match target.__name__:
        case "problem":
            return [known.problem.to_json().encode()]
        case "office":
            settings = tomllib.loads(TOML)
            rows = {name: settings.pop(name) for name in ("depots", "topics")}
            return [
                json.dumps(
                    {"format": OFFICE_FORMAT, "settings": settings, "tables": TABLES | rows}, default=str
                ).encode()
            ]
        case "plan":
            return [known.plan.to_json().encode()]
        case "report":
            made = [one.model_dump(mode="json", exclude_none=True) for one in little_handbook().reports]
            return [json.dumps({"replaces": 0, "report": one}).encode() for one in made]
        case "moves":
            to = [{"kind": "place", "visit": "c1-1", "date": "2012-08-07"}, {"kind": "leave-out", "visit": "c2-1"}]
            return [json.dumps({"moves": one}).encode() for one in (MOVES["moves"], to)]
        case "changes":
            away = {"kind": "absent", "officer": "a", "first": "2012-08-06", "last": "2012-08-08"}
            return [json.dumps(CHANGES).encode(), json.dumps({"changes": [away]}).encode()]
        case "workbook":
            return [_template()]
        case "sheet":
            return [part for name, part in _parts().items() if name.endswith("sheet3.xml")]
        case name:
            return _LINES[name]


#: sound inputs of a line of text
_LINES = {
    "accept": [b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"],
    "language": [b"th-TH,th;q=0.9,en;q=0.5"],
    "host": [b"localhost:8000", b"[::1]:80"],
    "place": [b"workbook.xlsx, sheet cooperatives, row 3, column lat"],
    "days": ["3–7 ก.ย. 2555".encode(), b"2012-08-20..2012-08-22; 2012-09-03", "วันที่ 3 สิงหาคม 2555".encode()],
}


def fuzz(target: Callable[[bytes], None], inputs: int, seed: int, folder: Path) -> tuple[int, int, str]:
    """Fuzz one target in processes of its own, which go on from each other's corpus: the exit code, megabytes at most,
    and the end of what the last one says."""
    corpus = folder / target.__name__
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(text)
    most, told = 0, ""
    for done in range(0, inputs, ROUND):
        code, megabytes, told = _round(target, corpus, min(ROUND, inputs - done), seed + done, folder)
        most = max(most, megabytes)
        if code:
            return code, most, told
    return 0, most, told


def _round(
    target: Callable[[bytes], None], corpus: Path, inputs: int, seed: int, folder: Path
) -> tuple[int, int, str]:  # fmt: skip
    """The same in one process."""
    command = [
        sys.executable, "-m", "faults.fuzzing", "--target", target.__name__, "--", str(corpus), f"-runs={inputs}",
        f"-seed={seed}", f"-timeout={HANGS}", f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={folder}/found-",
        "-max_len=20000", "-print_final_stats=1",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    told = done.stdout + done.stderr
    most = re.search(r"stat::peak_rss_mb:\s*(\d+)", told)
    return done.returncode, int(most[1]) if most else 0, told[-4_000:]


def quick(target: Callable[[bytes], None], data: bytes) -> None:
    """One input, which may take so long and no longer."""
    began = time.process_time()
    target(data)
    assert time.process_time() - began < SECONDS


def run(name: str, arguments: list[str]) -> None:
    """Be the process of one target."""
    import atheris

    with atheris.instrument_imports(include=["api", "models", "optimizer.moving", "optimizer.replanning"]):
        target = next(each for each in TARGETS if each.__name__ == name)
        for sound in seeds(target):  # what it loads late is loaded now
            target(sound)

    def changed(data: bytes, most: int, number: int) -> bytes:
        draw = random.Random(number)
        with suppress(ValueError, RecursionError):
            made = mutated(data, draw) if draw.randrange(10) < AS_JSON else b""
            if 0 < len(made) <= most:
                return made
        raw: bytes = atheris.Mutate(data, most)
        return raw

    ways = {"custom_mutator": changed} if target in JSON else {}
    atheris.Setup([sys.argv[0], *arguments], partial(quick, target), **ways)
    atheris.Fuzz()


def main() -> int:
    """Fuzz as the arguments say; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", help="be the process of this one")
    parser.add_argument("--only", nargs="+", metavar="TARGET", help="those that this names, each with its own share")
    parser.add_argument("--keep", type=Path, help="a folder for what is found; else it goes with the process")
    chosen, arguments = parser.parse_known_args()
    if chosen.target:
        run(chosen.target, [each for each in arguments if each != "--"])
        return 0
    found = 0
    with tempfile.TemporaryDirectory(prefix="patithin-fuzz-") as name:
        folder = chosen.keep or Path(name)
        for target, share in TARGETS.items():
            if chosen.only and target.__name__ not in chosen.only:
                continue
            inputs = max(1, round(chosen.inputs * share))
            code, most, told = fuzz(target, inputs, chosen.seed, folder)
            found += code != 0
            line = {"target": target.__name__, "inputs": inputs, "code": code, "megabytes": most}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
            if code:
                sys.stdout.write(told + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
