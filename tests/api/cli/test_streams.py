"""Output that is closed, full or read no further, input from a pipe, and signals before a command has begun."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "from api.cli import main; main(sys.argv[1:])"


def ended(before: str, *arguments: object, then: str = MAIN) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, after what is done ``before`` in it."""
    script = f"import os, signal, sys\n{before}\n{then}"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_checks_of_a_plan_tell_their_code_to_whatever_output(files: tuple[Path, Path]) -> None:
    for into in ("os.close(1); sys.stdout = None", "a, b = os.pipe(); os.close(a); os.dup2(b, 1)"):
        done = ended(into, "check", *files)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_results_that_find_no_room_are_told(files: tuple[Path, Path]) -> None:
    full = "os.dup2(os.open('/dev/full', os.O_WRONLY), {})"
    done = ended(full.format(1), "check", *files)
    assert (done.returncode, "[file-unwritable]" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert ended(full.format(2), "check", files[0], "nothing").returncode == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_heard_before_the_command_has_begun(number: signal.Signals) -> None:
    """Amid ``exec``: Python would end by the signal, had it its way."""
    finder = f"""
class Finder:
    def find_spec(self, name, *rest):
        if name == "api.cli.planning":
            exec("signal.raise_signal({int(number)})")

sys.meta_path.insert(0, Finder())
"""
    done = ended(finder, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_plan_is_checked_as_it_comes_out_of_pipes(files: tuple[Path, Path]) -> None:
    """Each can be read once only."""
    feed = """
a, b = os.pipe()
os.write(b, open(sys.argv[3]).read().encode())
os.close(b)
sys.argv[3] = f"/dev/fd/{a}"
"""
    done = ended(feed, "check", *files)
    assert (done.returncode, done.stderr) == (0, "")
