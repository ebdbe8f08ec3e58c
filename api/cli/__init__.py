"""The command ``patithin``: one module per group of commands, each with ``register(app)``.

A group imports nothing heavy at its top, so that ``patithin --help`` answers at once: solver, tables and exports are
imported by the command that needs them. This module imports nothing at all, so that Ctrl-C is heard from the start.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which is slow to load
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (``sys.argv`` where no ``arguments`` are given) and end the process with its exit code."""
    try:
        import signal

        signal.signal(signal.SIGTERM, signal.default_int_handler)  # what a service manager sends is heard as Ctrl-C is
        from api.cli.streams import lasting

        lasting()
        from api.cli.commands import application
        from api.cli.ending import ended, heard, leave

        leave(heard(ended(application(), arguments), arguments))
    except KeyboardInterrupt:
        import os

        os._exit(130)  # INTERRUPTED, which may not be loaded yet
