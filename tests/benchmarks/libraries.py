"""What the routing libraries of OR-Tools and PyVRP are told, and what they answer.

Each is asked about one officer at a time, which is the most it could wish for: a handful of visits, a vehicle for each
day, and the price of lateness on the way to each visit of that day's vehicle. Where officers share the office's cars,
OR-Tools is asked about all of them at once; see ``cars.py``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from benchmarks.equal_terms import Route, days_of, drive, late, window
from models.problem import Problem, Visit

#: both want whole numbers: thousandths of a baht
UNIT = 1000


@dataclass(frozen=True)
class Share:
    """One officer's visits, and the days on which any of them can be made."""

    officer: str
    depot: int
    visits: tuple[Visit, ...]
    places: tuple[int, ...]
    days: tuple[dt.date, ...]
    possible: tuple[frozenset[dt.date], ...]


def shares(problem: Problem) -> list[Share]:
    """The problem officer by officer; visits that nobody can ever make are in none."""
    found = []
    for officer in problem.officers:
        absent = set(officer.absent or ())
        visits, possible = [], []
        for visit in problem.visits:
            if problem.cooperative_by_id[visit.cooperative].lead == officer.id:
                days = frozenset(days_of(problem, visit)) - absent
                first, last = window(problem, visit)
                if days and first <= last:
                    visits.append(visit)
                    possible.append(days)
        if visits:
            days = tuple(sorted(frozenset().union(*possible)))
            places = tuple(problem.cooperative_by_id[visit.cooperative].location for visit in visits)
            depot = problem.office_by_id[officer.office].location
            found.append(Share(officer.id, depot, tuple(visits), places, days, tuple(possible)))
    return found


def baht(amount: float) -> int:
    """An amount in the libraries' unit."""
    return round(amount * UNIT)


def by_ortools(problem: Problem, share: Share, seconds: float, seed: int) -> list[Route]:
    """OR-Tools' routing library: parallel cheapest insertion, then guided local search until the time is up.

    It takes no seed; ``seed`` is not used.
    """
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    count, locations = len(share.visits), (share.depot, *share.places)
    manager = pywrapcp.RoutingIndexManager(count + 1, len(share.days), 0)
    routing = pywrapcp.RoutingModel(manager)
    km = problem.travel.km
    for day, date in enumerate(share.days):
        extra = [0.0, *(late(problem, visit, date) for visit in share.visits)]
        costs = [[baht(km[a][b] * problem.prices.km + extra[j]) if i != j else 0 for j, b in enumerate(locations)]
                 for i, a in enumerate(locations)]  # fmt: skip
        routing.SetArcCostEvaluatorOfVehicle(routing.RegisterTransitMatrix(costs), day)
        routing.SetFixedCostOfVehicle(baht(problem.prices.officer_day + problem.prices.car_day), day)
    stays = [0, *(round(visit.minutes * 60) for visit in share.visits)]
    times = [[stays[i] + drive(problem, a, b) for b in locations] for i, a in enumerate(locations)]
    start, end = round(problem.day.start * 60), round(problem.day.end * 60)
    routing.AddDimension(routing.RegisterTransitMatrix(times), end - start, end, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for day in range(len(share.days)):
        clock.CumulVar(routing.Start(day)).SetRange(start, end)
        clock.CumulVar(routing.End(day)).SetRange(start, end)
    for number, visit in enumerate(share.visits):
        index = manager.NodeToIndex(number + 1)
        first, last = window(problem, visit)
        clock.CumulVar(index).SetRange(first, last)
        allowed = [day for day, date in enumerate(share.days) if date in share.possible[number]]
        routing.VehicleVar(index).SetValues([-1, *allowed])  # -1 where it is left out
        routing.AddDisjunction([index], baht(problem.prices.unplanned * visit.priority))
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(max(1, round(seconds * 1000)))
    solution = routing.SolveWithParameters(parameters)
    routes = []
    for day, date in enumerate(share.days) if solution else ():
        stops, index = [], solution.Value(routing.NextVar(routing.Start(day)))
        while not routing.IsEnd(index):
            stops.append(share.visits[manager.IndexToNode(index) - 1].id)
            index = solution.Value(routing.NextVar(index))
        if stops:
            routes.append(Route(share.officer, date, tuple(stops)))
    return routes


def by_pyvrp(problem: Problem, share: Share, seconds: float, seed: int) -> list[Route]:
    """PyVRP: a vehicle type for each day, with a profile that knows no way to what cannot be on that day."""
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    model: Any = Model()
    locations = (share.depot, *share.places)
    nodes = [model.add_location(0, 0) for _ in locations]
    model.add_depot(nodes[0])
    for number, visit in enumerate(share.visits):
        first, last = window(problem, visit)
        model.add_client(nodes[number + 1], service_duration=round(visit.minutes * 60), tw_early=first, tw_late=last,
                         prize=baht(problem.prices.unplanned * visit.priority), required=False)  # fmt: skip
    start, end = round(problem.day.start * 60), round(problem.day.end * 60)
    km = problem.travel.km
    for date in share.days:
        profile = model.add_profile()
        extra = [0.0, *(late(problem, visit, date) for visit in share.visits)]
        for i, a in enumerate(locations):
            for j, b in enumerate(locations):
                if i != j and (j == 0 or date in share.possible[j - 1]):
                    model.add_edge(nodes[i], nodes[j], baht(km[a][b] * problem.prices.km + extra[j]),
                                   drive(problem, a, b), profile=profile)  # fmt: skip
        model.add_vehicle_type(1, fixed_cost=baht(problem.prices.officer_day + problem.prices.car_day), tw_early=start,
                               tw_late=end, profile=profile)  # fmt: skip
    result = model.solve(MaxRuntime(seconds), seed=seed, collect_stats=False, display=False)
    if not result.is_feasible():
        return []
    return [
        Route(
            share.officer,
            share.days[route.vehicle_type()],
            tuple(share.visits[stop.idx].id for stop in route.schedule() if stop.is_client()),
        )
        for route in result.best.routes()
    ]
