"""The Buddhist era, in which Thai offices count their years: 2555 is 2012."""

from __future__ import annotations

from typing import Final

#: years that the Buddhist era is ahead of the common one
BUDDHIST_ERA: Final = 543
#: years that can only be meant in the Buddhist era
BUDDHIST_YEARS: Final = range(2400, 3000)
