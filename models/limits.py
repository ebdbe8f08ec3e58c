"""How much a problem may hold: beyond any office there is, and little enough to be worked on.

The largest offices that are tried are 2,000 cooperatives, and 1,200 with 600 officers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from models.faults import Fault
from models.saying import said

if TYPE_CHECKING:
    from models.problem import Problem

#: key -> how many items its list may hold
MOST: Final[dict[str, int]] = {
    "workdays": 1_000, "offices": 100, "officers": 5_000, "partners": 1_000, "cooperatives": 5_000, "visits": 50_000,
}  # fmt: skip
#: calendar days from the first workday to the last: two years and a quarter to look ahead
MOST_DAYS: Final = 830
#: visits of one cooperative
MOST_VISITS_EACH: Final = 500
#: rhythms of one cooperative
MOST_RHYTHMS: Final = 5_000


def too_much(problem: Problem) -> Iterator[Fault]:
    """What ``problem`` holds too much of."""
    for key, most in MOST.items():
        number = len(getattr(problem, key) or ())
        if number > most:
            yield _fault(key, number, most)
    if problem.workdays:
        span = (max(problem.workdays) - min(problem.workdays)).days
        if span > MOST_DAYS:
            cause = said("From the first to the last are {days} days.", days=f"{span:,}")
            remedy = said("Give workdays within {days} days; mostly a year is mistaken.", days=MOST_DAYS)
            yield Fault("horizon-too-long", "workdays", cause, remedy)
    numbers = Counter(visit.cooperative for visit in problem.visits)
    for index, cooperative in enumerate(problem.cooperatives):
        if numbers[cooperative.id] > MOST_VISITS_EACH:
            yield _fault(f"cooperatives[{index}]", numbers[cooperative.id], MOST_VISITS_EACH)
        if len(cooperative.rhythms or ()) > MOST_RHYTHMS:
            yield _fault(f"cooperatives[{index}].rhythms", len(cooperative.rhythms or ()), MOST_RHYTHMS)


def _fault(where: str, number: int, most: int) -> Fault:
    cause = said("It holds {number}, more than the {most} that can be planned.", number=f"{number:,}", most=f"{most:,}")
    return Fault("too-many", where, cause, said("Split the problem, or mend a number that is mistaken."))
