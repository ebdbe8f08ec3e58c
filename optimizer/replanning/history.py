"""What truly took place: visits that were not held, or on another day than the published plan had them."""

from __future__ import annotations

import datetime as dt

from models.clock import LAST
from models.plan import Stop, Tour
from models.problem import Problem


def without(problem: Problem, visit: str) -> tuple[Tour, ...]:
    """The published tours without one stop; a tour that would have none is gone."""
    tours = []
    for tour in problem.published.tours if problem.published else ():
        stops = tuple(stop for stop in tour.stops if stop.visit != visit)
        if stops:
            tours.append(tour if len(stops) == len(tour.stops) else tour.model_copy(update={"stops": stops}))
    return tuple(tours)


def held(problem: Problem, visit: str, date: dt.date) -> Tour:
    """The tour on which a visit took place after all: its own crew there and back, at the hour that was planned."""
    was, start = next((tour, start) for tour, id_, start in problem.published_stops() if id_ == visit)
    wanted = problem.visit_by_id[visit]
    depot = problem.office_by_id[was.office].location
    place = problem.cooperative_by_id[wanted.cooperative].location
    minutes = problem.travel.minutes
    end = min(start + wanted.minutes, LAST)
    leave = max(0.0, start - minutes[depot][place])
    known = {tour.id for tour in problem.published.tours} if problem.published else set()
    name = f"{date:%Y%m%d}-{visit}"
    return Tour.model_validate(
        {
            "id": name if name not in known else f"{name}-held",
            "date": date,
            "office": was.office,
            "car": was.car,
            "crew": was.crew,
            "depart": leave,
            "return": min(end + minutes[place][depot], LAST),
            "stops": [Stop(visit=visit, arrive=start, start=start, end=end)],
        }
    )
