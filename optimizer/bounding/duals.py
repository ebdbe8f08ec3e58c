"""Prices that a bound puts on visits, hours, leads and cuts, and the total they prove."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats

Mask = npt.NDArray[np.bool_]

#: reduced costs down to this are not looked for; the certificate pays for them
BLUR = 1e-6
#: share of the sum of all terms that is given away for the rounding of floating-point sums
ROUNDING = 1e-11


@dataclass(frozen=True)
class LeadOptions:
    """Which leads of a cooperative are told apart: officers by index, and as last column any officer not listed."""

    listed: Mask  # [C, O + 1]
    price: Floats  # [C, O + 1] baht of making that one the lead


@dataclass(frozen=True)
class Duals:
    """A price in baht for each constraint of the relaxation, each within its allowed range."""

    visit: Floats  # [n] for planning the visit
    hour: Floats  # [O] for an hour on tours, 0 .. price of overload
    lead: Floats  # [n, O + 1] for having that lead along, 0 .. price of a stand-in; 0 where not listed
    cut: Floats  # [cuts] for an outing of a cut, at least 0


def lead_options(relaxed: Relaxed) -> LeadOptions:
    """To begin with, keeping the lead and changing it to anybody. Cooperatives whose lead is free have no option."""
    coops, officers = len(relaxed.first_lead), len(relaxed.skills)
    listed = np.zeros((coops, officers + 1), np.bool_)
    price = np.zeros((coops, officers + 1))
    visits = np.bincount(relaxed.coop, minlength=coops)
    if relaxed.stand_in <= 0:
        return LeadOptions(listed, price)
    for c in np.flatnonzero(relaxed.first_lead >= 0):
        listed[c, relaxed.first_lead[c]] = True
        price[c] = relaxed.lead_change
        price[c, relaxed.first_lead[c]] = 0.0
        # a change dearer than all stand-ins it could save is never worth it
        listed[c, officers] = not relaxed.bound_lead[c] and visits[c] * relaxed.stand_in > relaxed.lead_change
    return LeadOptions(listed, price)


def rewards(relaxed: Relaxed, options: LeadOptions, duals: Duals) -> Floats:
    """[n, O] the most that having an officer along can be worth for a visit: as listed lead, or as one of the rest."""
    listed = options.listed[relaxed.coop]
    return np.where(listed[:, :-1], duals.lead[:, :-1], duals.lead[:, -1:])


def certified(relaxed: Relaxed, options: LeadOptions, duals: Duals, excess: Floats) -> float:
    """The lower bound that ``duals`` prove, in baht.

    ``excess`` [n] is what to take off each visit's price so that no outing earns more than it costs: the sum over the
    visits of an outing is at least what the outing would earn (all but ``BLUR``).
    """
    coops = len(relaxed.first_lead)
    worth = np.where(options.listed[relaxed.coop], duals.lead, 0.0).max(axis=1, initial=0.0)
    visit = np.minimum(duals.visit - excess, relaxed.leave_out - worth)
    by_lead = np.zeros((coops, duals.lead.shape[1]))
    np.add.at(by_lead, relaxed.coop, duals.lead)
    leads = np.where(options.listed, by_lead + options.price, np.inf).min(axis=1, initial=np.inf)
    leads = np.where(options.listed.any(axis=1), leads, 0.0)
    paid = np.isfinite(relaxed.fair)
    hours = duals.hour[paid] * relaxed.fair[paid]
    total = relaxed.sunk + visit.sum() - hours.sum() + leads.sum() - duals.cut.sum()
    size = abs(relaxed.sunk) + sum(float(np.abs(part).sum()) for part in (visit, hours, leads, duals.cut))
    return float(total - BLUR * len(visit) - ROUNDING * size)


def between(one: Duals, other: Duals, share: float) -> Duals:
    """Prices ``share`` of the way from ``one`` to ``other``."""
    return Duals(
        visit=one.visit + share * (other.visit - one.visit),
        hour=one.hour + share * (other.hour - one.hour),
        lead=one.lead + share * (other.lead - one.lead),
        cut=one.cut + share * (other.cut - one.cut),
    )
