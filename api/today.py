"""The day that it is at the offices, which are in Thailand; moments are kept in UTC."""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Bangkok has kept seven hours ahead of UTC since 1920
AHEAD: Final = dt.timedelta(hours=7)
_OFFICES: Final = dt.timezone(AHEAD)


def day_of(moment: dt.datetime) -> dt.date:
    """The day that a moment, whose time zone it knows, has at the offices."""
    return moment.astimezone(_OFFICES).date()


def today() -> dt.date:
    """The day that it is at the offices."""
    return day_of(dt.datetime.now(dt.UTC))
