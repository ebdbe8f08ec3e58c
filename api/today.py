"""The day that it is at the office, by the machine's clock: from when notice of a change can be given."""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Bangkok has kept seven hours ahead of UTC since 1920
_OFFICE: Final = dt.timezone(dt.timedelta(hours=7))


def today() -> dt.date:
    """The date in Thailand."""
    return dt.datetime.now(_OFFICE).date()
