"""The service's log: one JSON object a line on stderr, without stack traces and without secrets."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from pydantic import ValidationError

from api.lines import Lines

#: the file descriptor of stderr
STDERR = 2
#: frames told of an error
MOST_FRAMES = 8

Event = MutableMapping[str, Any]


def start_logging(level: int = logging.INFO) -> None:
    """Send this process's log, and that of the libraries in it, to stderr as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _error_in_one_line,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    handler = next((each for each in root.handlers if isinstance(each, Lines)), None) or Lines(STDERR)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _first_line],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root.handlers[:] = [handler]
    root.setLevel(level)
    quiet_libraries()


def quiet_libraries() -> None:
    """Let libraries log through the root only, and from warnings on; some set up their own log when imported."""
    for name in ("uvicorn", "uvicorn.error", "distributed", "alembic", "asyncio", "tornado"):
        library = logging.getLogger(name)
        library.handlers[:] = []
        library.propagate = True
        library.setLevel(logging.WARNING)
    for name in ("distributed", "uvicorn.error"):  # what clients do wrong does not fill the log
        logging.getLogger(name).setLevel(logging.ERROR)


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger; events are named in words, details are keys."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger("patithin")
    return logger


def place_of(error: BaseException) -> str:
    """Where an error was raised, as ``file:line``: enough to find it, and nothing of what was worked on."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"


def way_to(error: BaseException) -> dict[str, Any]:
    """How an error came about, for the log: the last frames that are ours, and of a value that does not fit its model
    which field and why; nothing of what was worked on."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames if "site-packages" not in frame.filename]
    way: dict[str, Any] = {"error": type(error).__name__, "at": place_of(error), "way": ours[-MOST_FRAMES:]}
    if isinstance(error, ValidationError):
        items = error.errors(include_url=False, include_input=False, include_context=False)
        way["fields"] = [f"{error.title}.{'.'.join(map(str, item['loc']))}: {item['type']}" for item in items]
    return way


def _error_in_one_line(_logger: object, _method: str, event: Event) -> Event:
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"], event["at"] = type(error).__name__, place_of(error)
    record = event.get("_record")
    if record is not None:
        record.exc_info = record.exc_text = record.stack_info = None
    return event


def _first_line(_logger: object, _method: str, event: Event) -> Event:
    event["event"] = str(event["event"]).partition("\n")[0][:300]
    return event
