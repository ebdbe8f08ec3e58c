"""Processes that solve one run each for a scheduler, and join it again whatever happens to them or to it."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

from distributed import Nanny, Status
from distributed.security import Security

from api.logs import log, place_of, quiet_libraries, start_logging
from api.runs.bare import BareWorker, address_towards, keep_quiet

#: seconds between two looks at a process, and before the next try to join
LOOK = 1.0
#: seconds a process has to end once it is time to stop
KILLING = 0.5
#: seconds a process may take to join: on a machine that is very busy one that was given half a minute never would
JOINING = 180.0
#: seconds a process may take to end
PATIENCE = 30.0


def join(scheduler: str, runs: int) -> None:
    """Work for ``scheduler`` with so many processes, until a signal ends it."""
    start_logging()
    quiet_libraries()
    keep_quiet()
    asyncio.run(_until_signalled(scheduler, runs))


async def _until_signalled(scheduler: str, runs: int) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await work(scheduler, runs, stopping)


async def work(scheduler: str, runs: int, stopping: asyncio.Event, security: Security | None = None) -> None:
    """Keep so many processes at work for ``scheduler`` until ``stopping``."""
    tasks = [asyncio.create_task(_stay(scheduler, stopping, security)) for _ in range(runs)]
    await stopping.wait()
    _, slow = await asyncio.wait(tasks, timeout=PATIENCE)
    for task in slow:
        task.cancel()


async def _stay(scheduler: str, stopping: asyncio.Event, security: Security | None) -> None:
    while not stopping.is_set():
        try:
            host = address_towards(scheduler)
            async with Nanny(
                scheduler,
                nthreads=1,
                host=host,
                worker_class=BareWorker,
                memory_limit=0,
                dashboard=False,
                death_timeout=JOINING,
                security=security,
                silence_logs=logging.ERROR,
            ) as nanny:
                log().debug("worker joined", worker=nanny.worker_address)
                await _watch(nanny, stopping)
                if stopping.is_set():  # what it works on waits again, and is asked for by nobody
                    await nanny.kill(timeout=KILLING)
        except Exception as error:  # killed while it started, out of reach, out of memory: try again
            log().warning("a worker could not join", error=type(error).__name__, at=place_of(error))
        await _pause(stopping)


async def _watch(nanny: Nanny, stopping: asyncio.Event) -> None:
    """Return when it is time to stop, or when the nanny has not had a living process at two looks."""
    misses = 0
    while misses < 2 and not stopping.is_set():
        await _pause(stopping)
        misses = 0 if nanny.status == Status.running and nanny.is_alive() else misses + 1


async def _pause(stopping: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), LOOK)
