"""What a look for long routes may take before it ends early."""

from __future__ import annotations

from typing import NamedTuple

#: routes kept of those that begin with one visit
ROOM = 20_000
#: routes that earn after which a look ends, without a proof; before anything is proven
MANY, FIRST_MANY = 10_000, 1_000
#: routes of few visits tried that begin with one visit after which the look at these ends early: about half a second
TRIED = 500_000
#: of a sample: routes that earn, in all and of those that begin with one visit; tries after which the next visit comes
SAMPLE, EACH_OF_SAMPLE, TRIED_OF_SAMPLE = 3_000, 12, 3_000


class Effort(NamedTuple):
    """Limits of one look."""

    enough: float  # routes that earn, in all
    each: int  # routes of those that begin with one visit: where so many earn, what is found is spread over visits
    tried: float  # routes of few visits tried of those that begin with one visit
    times: float  # as many times more are tried in all as in an office of usual size


#: before anything is proven: where prices are far too high, that is soon known
FIRST = Effort(FIRST_MANY, ROOM + 1, TRIED, 1.0)


def sample(times: float) -> Effort:
    """For a few routes that begin with each visit; of an office ``times`` the usual size."""
    return Effort(SAMPLE * times, EACH_OF_SAMPLE, TRIED_OF_SAMPLE, times)


def whole(times: float, longer: float = 1.0) -> Effort:
    """For all routes that earn, in an office ``times`` the usual size; with ``longer`` times as many tries."""
    return Effort(MANY * times, ROOM + 1, TRIED * times * longer, times * longer)
