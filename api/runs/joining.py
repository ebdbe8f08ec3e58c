"""A worker machine: processes that solve one run each, and join again when the scheduler was away."""

from __future__ import annotations

import asyncio
import signal

from distributed import Nanny

from api.logs import log, place_of, quiet_libraries, start_logging

#: seconds between two tries to reach the scheduler
PATIENCE = 3.0


def join(scheduler: str, runs: int) -> None:
    """Work for ``scheduler`` with so many processes, until a signal ends it."""
    start_logging()
    quiet_libraries()
    asyncio.run(_join(scheduler, runs))


async def _join(scheduler: str, runs: int) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with asyncio.TaskGroup() as group:
        for _ in range(runs):
            group.create_task(_stay(scheduler, stopping))


async def _stay(scheduler: str, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            async with Nanny(scheduler, nthreads=1, dashboard=False, death_timeout=30) as nanny:
                log().info("worker joined", scheduler=scheduler, worker=nanny.worker_address)
                ended = asyncio.ensure_future(nanny.finished())
                stopped = asyncio.ensure_future(stopping.wait())
                await asyncio.wait([ended, stopped], return_when=asyncio.FIRST_COMPLETED)
                stopped.cancel()
        except (OSError, TimeoutError, RuntimeError) as error:
            log().warning("scheduler out of reach", error=type(error).__name__, at=place_of(error))
        if not stopping.is_set():
            await asyncio.wait([asyncio.ensure_future(stopping.wait())], timeout=PATIENCE)
