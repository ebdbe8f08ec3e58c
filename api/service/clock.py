"""The day on which something happens here: the offices are in Thailand, seven hours ahead of UTC all year."""

from __future__ import annotations

import datetime as dt
from typing import Final

from api.storage.tables import now

_AHEAD: Final = dt.timedelta(hours=7)


def day_of(moment: dt.datetime) -> dt.date:
    """The day that a moment in UTC has at the offices."""
    return (moment + _AHEAD).date()


def today() -> dt.date:
    """The day that it is at the offices."""
    return day_of(now())
