"""A clock for Dask that only runs forward.

Dask and Tornado count deadlines by the time of day. Set back by an hour, it holds up the messages of a connection for
that hour, an ended run among them, and stops heartbeats; set forward, it makes workers look dead. Whoever imports this
module has them count from the moment at which the process began, by the clock that nobody can set. A scheduler of its
own is given it by ``dask scheduler --preload api.runs.forward``.

Nor does Dask remember what it has sent: of each connection it would keep the last thousand messages, each with the
texts of a run's problem and plan, a gigabyte in all. And a machine that vanishes without closing its connections (power
cut, network gone) is missed in half a minute.
"""

from __future__ import annotations

import sys
import time
from typing import Final

import dask
import distributed
from tornado.ioloop import IOLoop

#: messages and events of each kind that are remembered
KEPT: Final = 1
#: seconds without an answer after which the other end of a connection is given up. The kernels ask each other, so a
#: worker that is too busy for Dask's heartbeats is not taken for one that vanished, as by ``worker-ttl``: that ends
#: whatever holds on to the interpreter for as long. A network that is away for less is waited for
MISSED: Final = 30
#: what to add to the forward clock: in logs and messages its moments look like those of the day
_OFFSET: Final = time.time() - time.monotonic()


def forward() -> float:
    """Seconds since 1970 by the time of day when this process began; they only ever grow."""
    return _OFFSET + time.monotonic()


def run_forward() -> None:
    """Put this clock in the place of the time of day wherever Dask and Tornado look at it."""
    IOLoop.time = _loop_time  # type: ignore[method-assign]  # Tornado has no setting for its clock
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{distributed.__name__}.") and vars(module).get("time") is time.time:
            vars(module)["time"] = forward


def _loop_time(self: IOLoop) -> float:
    return forward()


run_forward()
dask.config.set({"distributed.admin.low-level-log-length": KEPT, "distributed.comm.timeouts.tcp": f"{MISSED}s"})
