"""What a rule is to the house: its text, what stands against a visit by it, and who keeps, relaxes or drops it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.plan import Tour
from models.problem import Depot, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster


class Consumer(StrEnum):
    """Who has to know the rules of a plan."""

    REFEREE = "referee"
    SEARCH = "search"
    EXACT = "exact model"
    BOUND = "bound"
    MOVES = "fewest moves"
    WHY = "explanations"


class Keeping(StrEnum):
    """What a consumer makes of a rule.

    KEPT: nothing that breaks it comes out. RELAXED: a weaker rule stands for it, so that nothing possible is lost.
    DROPPED: it is not looked at, and the answer is a bound or is judged by who keeps it.
    """

    KEPT = "kept"
    RELAXED = "relaxed"
    DROPPED = "dropped"


OnDay = Callable[[Roster, Visit, dt.date], Iterator[Finding]]
FromOffice = Callable[[Roster, Visit, dt.date, Depot], Iterator[Finding]]
OnTour = Callable[[Roster, Visit, Tour], Iterator[Finding]]


def _nothing(*_: object) -> Iterator[Finding]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the contract.

    ``number`` is the contract's; ``keys`` are the keys of a problem without which the rule says nothing. ``of_day`` and
    ``of_tour`` are the codes of what it finds: ``api.language.findings`` has a sentence for each, and
    ``optimizer.reasons`` a form for each of a day.

    The three questions are asked in this order, each when the one before found nothing: what stands against a visit on
    a day, whatever the tour; what stands against a tour of its own from an office, whatever crew and car (beside a firm
    roster: against any tour); what stands against it on a given tour, which holds the visit, a crew, a car and times.
    """

    name: str
    number: int
    text: str
    keys: tuple[str, ...]
    kept: Mapping[Consumer, Keeping]
    of_day: tuple[str, ...] = ()
    of_tour: tuple[str, ...] = ()
    on_day: OnDay = _nothing
    from_office: FromOffice = _nothing
    on_tour: OnTour = _nothing


def keeping(
    *, search: Keeping = Keeping.KEPT, exact: Keeping = Keeping.KEPT, bound: Keeping = Keeping.KEPT,
    moves: Keeping = Keeping.KEPT, why: Keeping = Keeping.KEPT,
) -> dict[Consumer, Keeping]:  # fmt: skip
    """Who does what with a rule; the referee keeps every one."""
    return {
        Consumer.REFEREE: Keeping.KEPT, Consumer.SEARCH: search, Consumer.EXACT: exact, Consumer.BOUND: bound,
        Consumer.MOVES: moves, Consumer.WHY: why,
    }  # fmt: skip
