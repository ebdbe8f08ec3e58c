"""The commands of the service as real processes, that tests start, ask and kill."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import httpx2
import psutil

#: seconds in which a service must be ready, on a machine that is busy with other things, or that compiles first
READY = 300.0
#: ports below those that systems give to connections that go out: one of these is still free when it is wanted
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port that nobody listens on now, by chance, so that tests side by side do not want the same one."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Process:
    """A command of Python, with its log in a file."""

    def __init__(self, log: Path, environment: Mapping[str, str], *command: str) -> None:
        self._log, self._environment, self._command = log, dict(environment), command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", *self._command]
            self._process = subprocess.Popen(command, env=os.environ | self._environment, stdout=log, stderr=log)

    @property
    def tree(self) -> list[psutil.Process]:
        """The process and all below it."""
        if self._process is None or self._process.poll() is not None:
            return []
        top = psutil.Process(self._process.pid)
        return [top, *top.children(recursive=True)]

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes in which runs are solved."""
        return solving(self.tree[1:])

    def kill(self) -> list[psutil.Process]:
        """Kill -9 the process itself; those that were below it, which should end by themselves."""
        below = self.tree[1:]
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        return below

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(READY)

    def clear(self) -> None:
        """End everything of it, whatever state it is in."""
        for each in self.tree[::-1]:
            killed(each)
        if self._process is not None:
            self._process.wait()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""


def solving(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those of the processes in which runs are solved."""
    return [each for each in processes if "spawn_main" in _command(each)]


def killed(process: psutil.Process) -> bool:
    """Kill -9 a process; whether it was still there."""
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return False
    return True


def outliving(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those of the processes that have not ended so many seconds later; who ended and is still listed has ended."""
    deadline, left = time.monotonic() + seconds, list(processes)
    while (left := [each for each in left if _lives(each)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


class Serving(Process):
    """``patithin serve`` on a port of its own; modules of the folder ``first`` go before those of the same name."""

    def __init__(self, folder: Path, database: str, *, first: Path | None = None, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {"PATITHIN_DATABASE": database} | {f"PATITHIN_{key.upper()}": v for key, v in settings.items()}
        if first is not None:
            environment["PYTHONPATH"] = os.pathsep.join([str(first), os.environ.get("PYTHONPATH", "")])
        super().__init__(folder / "serve.log", environment, "api.cli", "serve", "--port", str(self.port))

    def until_ready(self, seconds: float = READY) -> float:
        """Wait until it is ready; how many seconds that took."""
        began = time.monotonic()
        with httpx2.Client(timeout=2) as http:
            while time.monotonic() - began < seconds:
                with suppress(httpx2.TransportError):
                    if http.get(f"{self.address}/readyz").status_code == 200:
                        return time.monotonic() - began
                time.sleep(0.05)
        raise TimeoutError(f"the service was not ready within {seconds} s:\n{self.log[-2000:]}")
