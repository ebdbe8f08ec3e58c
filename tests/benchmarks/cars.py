"""What OR-Tools' routing library is told where the officers share the office's cars: the office as a whole.

A vehicle is a car on a day. On the way from a visit it can only go on to visits of the same officer, and two visits
of an officer on one day are in one car.
"""

from __future__ import annotations

from itertools import combinations

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.equal_terms import Route, days_of, drive, late, window
from benchmarks.libraries import baht
from models.problem import Problem


class SharedCars:
    """The model of a problem with one office."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        (self.office,) = problem.offices
        self.cars = [(day, date) for day, date in enumerate(problem.workdays) for _ in range(self.office.cars_of(date))]
        self.lead = [problem.cooperative_by_id[visit.cooperative].lead or "" for visit in problem.visits]
        absent = {officer.id: set(officer.absent or ()) for officer in problem.officers}
        self.days = [set(days_of(problem, visit)) - absent[lead]
                     for visit, lead in zip(problem.visits, self.lead, strict=True)]  # fmt: skip
        places = (problem.cooperative_by_id[visit.cooperative].location for visit in problem.visits)
        self.locations = (self.office.location, *places)
        self.manager = pywrapcp.RoutingIndexManager(len(self.locations), len(self.cars), 0)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.index = [self.manager.NodeToIndex(number + 1) for number in range(len(problem.visits))]
        self._costs()
        self._times()
        self._visits()
        self._one_car_a_day()

    def _costs(self) -> None:
        problem, km = self.problem, self.problem.travel.km
        evaluators = []
        for date in problem.workdays:
            extra = [0.0, *(late(problem, visit, date) for visit in problem.visits)]
            costs = [[baht(km[a][b] * problem.prices.km + extra[j]) if i != j else 0
                      for j, b in enumerate(self.locations)] for i, a in enumerate(self.locations)]  # fmt: skip
            evaluators.append(self.routing.RegisterTransitMatrix(costs))
        for car, (day, _) in enumerate(self.cars):
            self.routing.SetArcCostEvaluatorOfVehicle(evaluators[day], car)
            self.routing.SetFixedCostOfVehicle(baht(problem.prices.officer_day + problem.prices.car_day), car)

    def _times(self) -> None:
        problem = self.problem
        stays = [0, *(round(visit.minutes * 60) for visit in problem.visits)]
        times = [[stays[i] + drive(problem, a, b) for b in self.locations] for i, a in enumerate(self.locations)]
        start, end = round(problem.day.start * 60), round(problem.day.end * 60)
        self.routing.AddDimension(self.routing.RegisterTransitMatrix(times), end - start, end, False, "time")
        self.clock = self.routing.GetDimensionOrDie("time")
        for car in range(len(self.cars)):
            self.clock.CumulVar(self.routing.Start(car)).SetRange(start, end)
            self.clock.CumulVar(self.routing.End(car)).SetRange(start, end)

    def _visits(self) -> None:
        for number, visit in enumerate(self.problem.visits):
            index = self.index[number]
            self.clock.CumulVar(index).SetRange(*window(self.problem, visit))
            allowed = [car for car, (_, date) in enumerate(self.cars) if date in self.days[number]]
            self.routing.VehicleVar(index).SetValues([-1, *allowed])  # -1 where it is left out
            self.routing.AddDisjunction([index], baht(self.problem.prices.unplanned * visit.priority))
            others = [self.index[other] for other, lead in enumerate(self.lead) if lead != self.lead[number]]
            self.routing.NextVar(index).RemoveValues(others)

    def _one_car_a_day(self) -> None:
        solver = self.routing.solver()
        car = [self.routing.VehicleVar(index) for index in self.index]
        day = [solver.Element([-1, *(day for day, _ in self.cars)], each + 1).Var() for each in car]
        for one, other in combinations(range(len(self.index)), 2):
            if self.lead[one] == self.lead[other] and self.days[one] & self.days[other]:
                solver.Add(solver.IsEqualVar(day[one], day[other]) == solver.IsEqualVar(car[one], car[other]))

    def routes(self, seconds: float) -> list[Route]:
        """The best found by parallel cheapest insertion and guided local search; none where nothing was found."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(max(1, round(seconds * 1000)))
        solution = self.routing.SolveWithParameters(parameters)
        routes = []
        for car, (_, date) in enumerate(self.cars) if solution else ():
            stops, index = [], solution.Value(self.routing.NextVar(self.routing.Start(car)))
            while not self.routing.IsEnd(index):
                stops.append(self.manager.IndexToNode(index) - 1)
                index = solution.Value(self.routing.NextVar(index))
            if stops:
                visits = tuple(self.problem.visits[number].id for number in stops)
                routes.append(Route(self.lead[stops[0]], date, visits))
        return routes


def sharing_cars(problem: Problem, seconds: float) -> list[Route]:
    """OR-Tools' routes for ``problem``, found within so many seconds."""
    return SharedCars(problem).routes(seconds)
