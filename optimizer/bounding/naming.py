"""Officers who are alike, told apart by whom they lead: each has the name of the first cooperative of those.

In a plan whoever leads anything has one name, so names can be the officers of an office of its own: each leads the
cooperative of the name, if anything, and others that come after it in an order. By shares of leads among officers who
are alike, the visits of one cooperative are on tours with any others, as if its lead led all of these; with names they
are only on tours of one name. (As classes are told apart by a representative: Campêlo, Campos and Corrêa 2008.)

Whom a name stands for is open, so crews of names know all topics, and a route asks for as many officers as it takes to
know its own. But who rides alone has to know the topics of what he claims, and somebody has to know these of all visits
that the name claims so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from optimizer.bounding.prices import BusySet, Duals, LeadOptions, LeadRows, Names, alike, no_lead_rows
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.staffing import fewest_hands
from optimizer.bounding.trips import Trip
from optimizer.instance import Floats, Ints

#: names at most; with more of them looks for routes take too long
MOST_NAMES = 200
#: share of all officers that the kinds of them are less than, where names are worth it
FEW_KINDS = 0.5


class NamedOffice(NamedTuple):
    """An office whose officers are names, kind by kind; behind them some who lead nobody, and whose hours are free."""

    relaxed: Relaxed
    options: LeadOptions
    lead_rows: LeadRows
    of: Ints  # [O'] the first officer of the kind
    coop: Ints  # [O'] the cooperative of the name, or -1
    first: Ints  # [O] the first officer of the kind of each one who may have a name
    rank: Ints  # [C] the order

    def first_prices(self, duals: Duals) -> Duals:
        """Prices to begin with, where ``duals`` are those of the office without leads."""
        names = self.lead_rows.names
        assert names is not None
        shape = len(duals.visit), len(self.of)
        claimed = np.zeros((len(self.of), duals.claimed.shape[1]))
        return Duals(duals.visit, duals.hour[self.of], np.zeros(shape), np.zeros(0), claimed, np.zeros(shape))

    def trips(self, trips: Sequence[Trip]) -> list[Trip]:
        """The same tours with names instead of officers; who leads nobody on any of them is one of the last."""
        coop_of = dict(zip(self.relaxed.visit.tolist(), self.relaxed.coop.tolist(), strict=True))
        places: dict[tuple[int, int], list[int]] = {}
        for place, key in enumerate(zip(self.of.tolist(), self.coop.tolist(), strict=True)):
            places.setdefault(key, []).append(place)
        names: dict[int, int] = {}
        for visit, lead in {pair for trip in trips for pair in zip(trip.visits, trip.leads, strict=True)}:
            named = places.get((int(self.first[lead]), coop_of.get(visit, -1)), []) if lead >= 0 else []
            if visit in coop_of and named:
                before = names.setdefault(lead, named[0])
                names[lead] = min(before, named[0], key=lambda name: self.rank[self.coop[name]])
        return [self._trip(trip, names, places) for trip in trips]

    def _trip(self, trip: Trip, names: dict[int, int], places: dict[tuple[int, int], list[int]]) -> Trip:
        idle = {kind: iter(places.get((kind, -1), ())) for kind in self.first.tolist()}
        crew = [names[o] if o in names else next(idle[int(self.first[o])], -1) for o in trip.crew]
        known = tuple(o for o in crew if o >= 0)
        return replace(trip, crew=known, leads=tuple(names.get(lead, -1) for lead in trip.leads))


def named_office(relaxed: Relaxed, options: LeadOptions) -> NamedOffice | None:
    """The office of names; None where officers are hardly alike, or names are too many."""
    first = alike(relaxed, options)
    kinds = [np.flatnonzero(first == k) for k in np.unique(first)]
    leads = [options.listed[:, kind].any(axis=1) for kind in kinds]
    if len(kinds) >= FEW_KINDS * len(first) or sum(int(each.sum()) for each in leads) > MOST_NAMES:
        return None
    names = [(k, c) for k, each in enumerate(leads) for c in np.flatnonzero(each).tolist()]
    idle = [(k, -1) for k, kind in enumerate(kinds) for _ in kind[: int(relaxed.seats[relaxed.base[kind[0]]])]]
    kind_of, coop = np.array(names + idle).T
    members = [kinds[k] for k in kind_of]
    office = relaxed._replace(
        asked=_asked(relaxed), toll=relaxed.toll.copy(),
        base=np.array([relaxed.base[some[0]] for some in members]),
        skills=np.full(len(members), np.bitwise_or.reduce(relaxed.topics, initial=0)),
        there=np.array([relaxed.there[some].max(axis=0) for some in members]),
        barred=_by_member(relaxed.barred.astype(np.float64), members).astype(np.uint8),
        # hours that history has overdrawn are paid for by each officer once, not in each name that he could have
        fair=np.where(coop >= 0, [max(0.0, relaxed.fair[some[0]]) for some in members], np.inf),
        sunk=relaxed.sunk + relaxed.overload * float(np.maximum(0.0, -relaxed.fair).sum()),
    )  # fmt: skip
    price = _by_member(np.where(options.listed, options.price, np.inf), members)
    rank = _rank(relaxed)
    listed = np.isfinite(price) & (coop >= 0) & (rank[:, None] >= rank[coop])
    rows = no_lead_rows(office)
    rows.names = _names(relaxed, members, coop)
    for name in np.flatnonzero(np.isfinite(office.fair)).tolist():
        rows.add_set(BusySet(name, np.flatnonzero(listed[:, name]).tolist()))
    of = np.array([some[0] for some in members])
    return NamedOffice(office, LeadOptions(listed, np.where(listed, price, 0.0)), rows, of, coop, first, rank)


def _by_member(values: Floats, members: list[Ints]) -> Floats:
    """[C, O'] the least of each name's ``members``, of ``values`` [C, O]."""
    return np.ascontiguousarray(np.array([values[:, some].min(axis=1) for some in members]).T)


def _rank(relaxed: Relaxed) -> Ints:
    """[C] the place of each cooperative in the order: any will do; most visits first, of these the nearest, prove most.

    Then a name's own cooperative fills the hours that it allows, and those after it fit in with its tours.
    """
    coops = len(relaxed.barred)
    trip, far = relaxed.drive[relaxed.depot][:, relaxed.place].min(axis=0, initial=np.inf), np.zeros(coops)
    np.maximum.at(far, relaxed.coop, trip)
    rank = np.empty(coops, np.int64)
    rank[np.lexsort((far, -np.bincount(relaxed.coop, minlength=coops)))] = np.arange(coops)
    return rank


def _asked(relaxed: Relaxed) -> Ints:
    """[F, 2^T] how many officers of each office it takes to know these topics, where that is more than one."""
    hands = [fewest_hands(relaxed.skills[relaxed.base == f], relaxed.topics) for f in range(len(relaxed.depot))]
    asked: Ints = np.where(np.array(hands) > 1, hands, 0)
    return asked


def _names(relaxed: Relaxed, members: list[Ints], coop: Ints) -> Names:
    """What names may be."""
    asked = np.bitwise_or.reduce(relaxed.topics, initial=0)
    most = [_most_known(relaxed.skills[whose] & asked) for whose in members]
    sets = sorted(set().union(*most))
    knows = np.array([relaxed.topics & ~some == 0 for some in sets])
    may = np.array([[some in own for some in sets] for own in most])
    return Names(coop == np.arange(len(relaxed.barred))[:, None], knows, may & (coop >= 0)[:, None])


def _most_known(skills: Ints) -> set[int]:
    """Those of the sets of topics that are in no other one."""
    known = set(map(int, skills))
    return {some for some in known if not any(some != other and some & ~other == 0 for other in known)}
