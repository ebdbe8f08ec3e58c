"""Which cooperatives are dear, and why: what a plan costs, shared out over those that it visits."""

from __future__ import annotations

import pandas as pd

from api.language.names import Names
from api.what_if.frames import satang
from models.costing import Costing, stand_ins
from models.plan import Plan
from models.problem import Problem

#: the parts of the cost that fall on cooperatives
SHARED = ("km", "officer_days", "car_days", "late", "unplanned", "stand_in")


def costs_by_cooperative(problem: Problem, plan: Plan, names: Names) -> pd.DataFrame:
    """By cooperative: visits planned and left out, kilometres there from the office, and baht by part; dearest first.

    Kilometres of a tour that stays at the office are shared evenly.
    """
    baht = {one.id: dict.fromkeys(SHARED, 0.0) for one in problem.cooperatives}
    planned, left = dict.fromkeys(baht, 0), dict.fromkeys(baht, 0)
    away: dict[str, float] = {}
    costing, prices = Costing(problem), problem.prices
    for tour in plan.tours:
        visits = [problem.visit_by_id[stop.visit] for stop in tour.stops]
        there = [_there_and_back(problem, tour.office, visit.cooperative) for visit in visits]
        share, without_lead = costing.share(tour), stand_ins(problem, tour, plan.leads)
        for visit, km in zip(visits, there, strict=True):
            part, even = baht[visit.cooperative], 1 / len(visits)
            part["km"] += share.km * (km / sum(there) if sum(there) else even)
            part["officer_days"] += share.officer_days * even
            part["car_days"] += prices.car_day * even
            part["late"] += problem.late_workdays(visit, tour.date) * visit.priority * prices.late_day
            if visit.id in without_lead:
                part["stand_in"] += prices.stand_in
            planned[visit.cooperative] += 1
            away[visit.cooperative] = km / 2
    for one in plan.unplanned:
        visit = problem.visit_by_id[one.visit]
        baht[visit.cooperative]["unplanned"] += visit.priority * prices.unplanned
        left[visit.cooperative] += 1
    rows = [
        {"cooperative": id_, "name": names.cooperative(id_), "district": names.district(id_), "visits": planned[id_],
         "left_out": left[id_], "km_away": away.get(id_)}
        | {f"baht_{part}": satang(value) for part, value in parts.items()} | {"baht": satang(sum(parts.values()))}
        for id_, parts in baht.items()
    ]  # fmt: skip
    columns = [
        "cooperative",
        "name",
        "district",
        "visits",
        "left_out",
        "km_away",
        *(f"baht_{part}" for part in SHARED),
        "baht",
    ]
    frame = pd.DataFrame(rows, columns=columns).set_index("cooperative")
    return frame.sort_values("baht", ascending=False, kind="stable")


def _there_and_back(problem: Problem, office: str, cooperative: str) -> float:
    home, place = problem.office_by_id[office].location, problem.cooperative_by_id[cooperative].location
    return problem.travel.km[home][place] + problem.travel.km[place][home]
