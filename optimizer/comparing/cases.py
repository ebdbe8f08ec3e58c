"""What-if cases: each function gives a changed copy of a problem. Nothing is solved here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from models.faults import Fault, InvalidInput
from models.likeness import perhaps
from models.newids import new_ids
from models.plan import Frozen, Plan, Tour
from models.problem import Day, Depot, NamedCar, Officer, Prices, Problem, Travel, Visit
from models.reading import faults_of_validation
from models.saying import Said, both

F = TypeVar("F", bound=Frozen)
#: those of whom there can be fewer
M = TypeVar("M", Officer, NamedCar)


def with_officers(problem: Problem, number: int | Mapping[str, int]) -> Problem:
    """The problem with so many officers: the last ones are gone, or copies of the first ones join them.

    A copy has the office, topics and limits of the officer it copies, and no absences. Who is gone leads nothing; who
    rides in the published plan stays for the sake of history, and is away from ``today`` on.
    A mapping asks for so many officers of each topic named: the last ones who have it go, copies of the first come.
    """
    if not isinstance(number, Mapping):
        return _numbered(problem, number, problem.officer_by_id.keys(), "officers")
    _require_known("officers", number, problem.topics, "topics")
    for topic, wanted in number.items():
        able = {officer.id for officer in problem.officers if topic in officer.topics}
        problem = _numbered(problem, wanted, able, f"officers, {topic}")
    return problem


def _numbered(problem: Problem, number: int, among: Collection[str], where: str) -> Problem:
    """The problem with so many officers ``among`` those named."""
    counted = [officer for officer in problem.officers if officer.id in among]
    if number < 0 or (number > len(counted) and not counted):
        raise InvalidInput([_fault(where, str(number), "Give a number of officers, 0 or more, of whom there is one.")])
    if number < len(counted):
        return _rid_of(problem, {officer.id for officer in counted[number:]})
    more = []
    known = {officer.id for officer in problem.officers}
    models = cycle((model, _copies_of(model.id, known)) for model in counted)
    for model, names in islice(models, number - len(counted)):
        more.append(model.model_copy(update={"id": next(names), "name": None, "absent": None, "busy": None}))
    return problem.changed(officers=(*problem.officers, *more))


def without_officers(problem: Problem, officers: Iterable[str]) -> Problem:
    """The problem without these officers, ids; they are left out as by :func:`with_officers`."""
    gone = set(officers)
    _require_known("without_officers", gone, problem.officer_by_id, "officers")
    return _rid_of(problem, gone)


def _rid_of(problem: Problem, gone: Collection[str]) -> Problem:
    """The problem without some officers, who lead nothing any more."""
    named = {id_ for tour in _published(problem) for id_ in tour.crew} | _published_leads(problem)
    cooperatives = tuple(
        one.model_copy(
            update={key: None for key in ("lead", "current_lead") if getattr(one, key) in gone}
            | {"barred": tuple(id_ for id_ in one.barred or () if id_ not in gone) or None}
        )
        for one in problem.cooperatives
    )
    left = _left(problem, problem.officers, gone, named, "absent")
    return problem.changed(officers=tuple(left), cooperatives=cooperatives)


def _left(
    problem: Problem, ones: Iterable[M], gone: Collection[str], named: Collection[str], key: Literal["absent", "away"]
) -> Iterator[M]:
    """Officers or cars without those who are gone; who is ``named`` by the published plan is away from today on."""
    for one in ones:
        if one.id not in gone:
            yield one
        elif one.id in named:
            yield _away_from_now_on(one, key, problem)


def _published(problem: Problem) -> tuple[Tour, ...]:
    return problem.published.tours if problem.published is not None else ()


def _published_leads(problem: Problem) -> set[str]:
    return set(problem.published.leads.values()) if problem.published is not None else set()


def _away_from_now_on(one: M, key: Literal["absent", "away"], problem: Problem) -> M:
    """An officer or a car that is away from today on, beside the days on which it is away as it is."""
    days = {day for day in problem.workdays if problem.today is None or day >= problem.today}
    return one.model_copy(update={key: tuple(sorted(days.union(getattr(one, key) or ())))})


def _copies_of(id_: str, known: Collection[str]) -> Iterator[str]:
    """Ids for more and more of this kind."""
    return new_ids(f"{id_}+", known, 2)


def with_topics(problem: Problem, topics: Mapping[str, Sequence[str]]) -> Problem:
    """The problem in which officers can advise on more topics: ids, each with what is added."""
    _require_known("topics", topics, problem.officer_by_id, "officers")
    _require_known("topics", {topic for more in topics.values() for topic in more}, problem.topics, "topics")
    return problem.changed(
        officers=tuple(
            officer.model_copy(update={"topics": tuple(dict.fromkeys([*officer.topics, *topics.get(officer.id, ())]))})
            for officer in problem.officers
        )
    )


def with_cars(problem: Problem, cars: int | Mapping[Any, int]) -> Problem:
    """The problem with so many cars at every office, at those named, or on the days named.

    Days with fewer cars keep having fewer. Cars with names: the last ones go, or copies of the first ones come; one
    that a published tour takes stays for the sake of history, and is away from ``today`` on.
    """
    if not isinstance(cars, Mapping):
        cars = dict.fromkeys(problem.office_by_id, cars)
    days = {day: number for day, number in cars.items() if isinstance(day, dt.date)}
    wanted = {name: number for name, number in cars.items() if name not in days}
    _require_known("cars", wanted, problem.office_by_id, "offices")
    if any(number < 0 for number in cars.values()):
        raise InvalidInput([_fault("cars", str(dict(cars)), "Give 0 or more cars.")])
    if any(number and problem.office_by_id[id_].cars == () for id_, number in wanted.items()):
        raise InvalidInput([_fault("cars", str(dict(cars)), "Give 0: the office has no car to copy.")])
    return problem.changed(offices=tuple(_carred(problem, one, wanted.get(one.id), days) for one in problem.offices))


def _carred(problem: Problem, office: Depot, number: int | None, days: Mapping[dt.date, int]) -> Depot:
    """The office with ``number`` cars (None: as it is), and on some days with so many at most."""
    if isinstance(office.cars, int):
        number = office.cars if number is None else number
        fewer = {day: min(one, number) for day, one in (office.cars_on or {}).items()} | dict(days)
        return office.model_copy(update={"cars": number, "cars_on": fewer or None})
    cars = list(office.cars)
    number = len(cars) if number is None else number
    models = cycle((model, _copies_of(model.id, office.car_by_id)) for model in office.cars)
    for model, names in islice(models, max(0, number - len(cars))):
        cars.append(model.model_copy(update={"id": next(names), "away": None}))
    gone = cars[number:]
    history = _left(problem, gone, {car.id for car in gone}, _driven(problem), "away")
    return office.model_copy(update={"cars": (*_there(cars[:number], days), *history)})


def without_cars(problem: Problem, cars: Iterable[str]) -> Problem:
    """The problem without these cars with names, ids; they are left out as by :func:`with_cars`."""
    gone, driven = set(cars), _driven(problem)
    _require_known("without_cars", gone, {car.id for one in problem.offices for car in one.named}, "cars with names")

    def left(office: Depot) -> Depot:
        return office.model_copy(update={"cars": tuple(_left(problem, office.named, gone, driven, "away"))})

    return problem.changed(offices=tuple(left(one) if one.named else one for one in problem.offices))


def _driven(problem: Problem) -> set[str]:
    """The cars with names that published tours take."""
    return {tour.car for tour in _published(problem) if tour.car is not None}


def _there(cars: Sequence[NamedCar], days: Mapping[dt.date, int]) -> list[NamedCar]:
    """The cars, the last ones away on days that have fewer."""
    away: list[set[dt.date]] = [set(car.away or ()) for car in cars]
    for day, number in days.items():
        free = [index for index in range(len(cars)) if day not in away[index]]
        for index in free[number:]:
            away[index].add(day)
    return [car.model_copy(update={"away": tuple(sorted(gone)) or None}) for car, gone in zip(cars, away, strict=True)]


def with_prices(problem: Problem, prices: Mapping[str, float]) -> Problem:
    """The problem under other prices, those not named as they were."""
    unknown = [name for name in prices if name not in Prices.model_fields]
    negative = [
        name
        for name, price in prices.items()
        if name not in unknown and not isinstance(price, Sequence) and not price >= 0
    ]
    if unknown or negative:
        names = ", ".join(Prices.model_fields)
        raise InvalidInput([_fault("prices", str(dict(prices)), f"Give baht, 0 or more, for any of {names}.")])
    return problem.changed(prices=_validated(Prices, problem.prices.model_dump() | dict(prices), "prices"))


def with_absences(problem: Problem, absent: Mapping[str, Sequence[dt.date]]) -> Problem:
    """The problem in which officers are away on more days."""
    _require_known("absent", absent, problem.officer_by_id, "officers")

    def away(officer: Officer) -> Officer:
        days = absent.get(officer.id)
        return (
            officer.model_copy(update={"absent": tuple(sorted({*(officer.absent or ()), *days}))}) if days else officer
        )

    return problem.changed(officers=tuple(away(officer) for officer in problem.officers))


def with_travel(problem: Problem, travel: float | Mapping[str, Any]) -> Problem:
    """The problem with other roads: a factor on both, or ``minutes`` and ``km``, each a factor or matrix."""
    parts = travel if isinstance(travel, Mapping) else {"minutes": travel, "km": travel}
    if not parts.keys() <= {"minutes", "km"}:
        raise InvalidInput([_fault("travel", ", ".join(map(str, parts)), "Give minutes, km, or both.")])

    def changed(name: str) -> list[list[float]]:
        given, now = parts.get(name, 1.0), getattr(problem.travel, name)
        if isinstance(given, int | float):
            return [[cell * given for cell in row] for row in now]
        return [[float(cell) for cell in row] for row in given]

    matrices = _validated(Travel, {name: changed(name) for name in ("minutes", "km")}, "travel")
    return problem.changed(travel=matrices)


def with_durations(problem: Problem, durations: float | Mapping[str, float]) -> Problem:
    """The problem with longer or shorter visits: a factor on all, or minutes by visit or cooperative."""
    if not isinstance(durations, Mapping):
        return _edited(problem, {one.id: {"minutes": one.minutes * durations} for one in problem.visits})
    return _edited(problem, {id_: {"minutes": m} for id_, m in _by_visit(problem, "durations", durations).items()})


def with_windows(problem: Problem, windows: Mapping[str, Any]) -> Problem:
    """The problem in which visits (or those of a cooperative) start within their window, as in ``problem.json``; None:
    at any time."""
    given = _by_visit(problem, "windows", windows)
    return _edited(problem, {id_: {"window": window} for id_, window in given.items()})


def with_slack(problem: Problem, minutes: float) -> Problem:
    """The problem with so many minutes at least between arriving and the start of a visit."""
    return problem.changed(day=_validated(Day, problem.day.model_dump() | {"slack_minutes": minutes}, "slack"))


def with_visits(problem: Problem, visits: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem with more visits, each as in ``problem.json``; ``id`` and ``seq`` may be left out."""
    made = list(problem.visits)
    for number, given in enumerate(visits):
        cooperative = given.get("cooperative")
        ours = [one for one in made if one.cooperative == cooperative]
        seq = max([0, *(one.seq for one in ours)]) + 1
        known = {one.id for one in made}
        free = f"{cooperative}-{seq}"
        name = free if free not in known else next(_copies_of(free, known))
        made.append(_validated(Visit, {"id": name, "seq": seq, **given}, f"add[{number}]"))
    return problem.changed(visits=tuple(made))


def without_visits(problem: Problem, visits: Iterable[str]) -> Problem:
    """The problem without these visits, or without all visits of these cooperatives; history stays as it was."""
    names = [visits] if isinstance(visits, str) else list(visits)
    history = {stop.visit for tour in _published(problem) if _past(problem, tour) for stop in tour.stops}
    gone = set(_by_visit(problem, "drop", dict.fromkeys(names))) - history
    stays = tuple(one for one in problem.visits if one.id not in gone)
    bound = {one.cooperative for one in problem.visits if one.id in gone}
    loose = tuple(
        one.model_copy(update={"rhythms": None}) if one.id in bound and one.rhythms else one
        for one in problem.cooperatives
    )
    pins = tuple(id_ for id_ in problem.pins or () if id_ not in gone) or None
    return problem.changed(visits=stays, cooperatives=loose, published=_unpublished(problem, gone), pins=pins)


def _past(problem: Problem, tour: Tour) -> bool:
    return problem.today is not None and tour.date < problem.today


def _unpublished(problem: Problem, gone: Collection[str]) -> Plan | None:
    """The published plan without these visits; a tour that would have none is gone."""
    if problem.published is None:
        return None
    left = [
        tour.model_copy(update={"stops": tuple(stop for stop in tour.stops if stop.visit not in gone)})
        for tour in problem.published.tours
    ]
    tours = tuple(tour for tour in left if tour.stops)
    unplanned = tuple(one for one in problem.published.unplanned if one.visit not in gone)
    return problem.published.model_copy(update={"tours": tours, "unplanned": unplanned})


def _by_visit(problem: Problem, where: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given by visit or by cooperative, by visit."""
    _require_known(where, given, {*problem.visit_by_id, *problem.cooperative_by_id}, "visits or cooperatives")
    spread = {
        visit.id: value
        for id_, value in given.items()
        if id_ in problem.cooperative_by_id
        for visit in problem.visits_of[id_]
    }
    return spread | {id_: value for id_, value in given.items() if id_ in problem.visit_by_id}


def _edited(problem: Problem, edits: Mapping[str, Mapping[str, Any]]) -> Problem:
    """The problem with other fields of some visits."""
    visits = (
        _validated(Visit, {**one.model_dump(exclude_none=True), **edits[one.id]}, one.id) if one.id in edits else one
        for one in problem.visits
    )
    return problem.changed(visits=tuple(visits))


def _validated(model: type[F], values: Mapping[str, Any], where: str) -> F:
    """``values`` as a model.

    Raises:
        InvalidInput: they do not fit, each with its place.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = faults_of_validation(error)
    raise InvalidInput([Fault(f.code, f"what_if, {where}, {f.where}", f.cause, f.remedy) for f in found])


def _require_known(where: str, given: Iterable[str], known: Collection[str], kind: str) -> None:
    """See that ids are known.

    Raises:
        InvalidInput: with each that is not, and what may have been meant.
    """
    remedy = Said(f"Name {kind} of the problem.", None, "ระบุรายการที่มีอยู่")
    faults = [
        Fault("id-unknown", f"what_if, {where}", both("There is no {id}.", "ไม่มี {id}", id=repr(id_)),
              perhaps(remedy, id_, known))
        for id_ in sorted({str(id_) for id_ in given} - set(known))
    ]  # fmt: skip
    if faults:
        raise InvalidInput(faults)


def _fault(where: str, value: str, remedy: str) -> Fault:
    return Fault("option-value", f"what_if, {where}", f"It is {value}.", remedy)
