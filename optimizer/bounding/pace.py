"""How column generation goes about its stages: without leads, with names for officers who are alike, and with each."""

from __future__ import annotations

from typing import NamedTuple


class Pace(NamedTuple):
    """Of one stage."""

    looks: int  # at all routes, without a gain, after which it ends
    gain: float  # share of the bound that is one
    steps: int  # of the master in a round
    link_rounds: int  # rounds between two looks for rows that shares of leads break
    sets: int  # rows of claimed hours of each officer at most
    worthwhile: (
        float  # share by which settled prices must promise more than is proven, for long routes to be looked for
    )
    rising: float  # share by which prices rise from look to look for which it is waited until they rise less
    longer: float  # tries of a look for long routes, as a multiple
    links: bool  # whether rows of the same lead are added
    swaps: bool  # whether a column comes with those of other crews
    patient: bool  # whether looks wait until prices settle


#: leads are free and nobody is missed
PLAIN = Pace(2, 2e-3, 300, 4, 0, 0.003, 0.05, 1.0, links=False, swaps=False, patient=False)
#: officers who are alike have names: rounds are short, columns few, prices rise fast and a look is worth much
NAMED = Pace(3, 5e-4, 600, 2, 0, 0.006, 0.03, 4.0, links=False, swaps=False, patient=True)
#: each officer has prices of his own, or there are no leads
EACH = Pace(10, 1e-5, 300, 4, 20, 0.003, 0.05, 1.0, links=True, swaps=True, patient=False)
