"""Set-up of all tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support.longest import Together, place_of

# No test depends on how fast the machine is: neither a single example nor the drawing of examples has a time limit.
settings.register_profile("patithin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patithin")

# where a change is judged, the same random problems are drawn each time; at a developer's desk, others each time
settings.register_profile("judged", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("judged")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, and beside each other those that share a browser."""
    items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Which of the processes runs which tests."""
    return Together(config, log)


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: the collector of garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def staying_asides() -> Iterator[None]:
    """Services in this process have the same processes aside, one after the other."""
    from support.serving import staying  # here: few tests need a service, and it takes its time to load

    with staying():
        yield
