"""What can go wrong with a run: why it has failed, or waits again, in both languages."""

from __future__ import annotations

from typing import Final

from models.faults import Fault
from models.saying import Said, said

_AGAIN: Final = said("Run it again; if it fails again, report it to whoever looks after the service.")

WORKER_LEFT: Final = said("its worker left or did not take it")
CLUSTER_LOST: Final = said("the cluster lost it")
SERVICE_STOPPED: Final = said("the service stopped")


def lost(workers: int) -> Fault:
    """So many workers died over it."""
    remedy = said("Give the workers more memory, or plan fewer cooperatives or a shorter time at once.")
    return _fault("run-lost", said("{workers} workers died over it.", workers=workers), remedy)


def overdue(seconds: float) -> Fault:
    """It went on for so many seconds, longer than it may."""
    cause = said("It ran for {seconds:.0f} s, far beyond its limit, and was ended.", seconds=seconds)
    return _fault("run-overdue", cause, said("Run it again when the machine is less busy."))


def too_large() -> Fault:
    """It needs more memory than there is for it."""
    remedy = said("Plan fewer cooperatives or a shorter time at once, or raise PATITHIN_MOST_MEMORY.")
    return _fault("run-too-large", said("It needs more memory than a worker may have."), remedy)


def failed(error: Exception) -> Fault:
    """The optimizer stopped with an ``error``, of which no more is told than its kind."""
    return _fault("run-failed", said("The optimizer stopped with {error}.", error=type(error).__name__), _AGAIN)


def not_run() -> Fault:
    """The cluster stopped with an error before the optimizer had it."""
    return _fault("run-failed", said("The cluster could not run it."), _AGAIN)


def _fault(code: str, cause: Said, remedy: Said) -> Fault:
    return Fault(code, "plan", cause, remedy)
