"""What-if cases: a changed copy of a problem. Nothing is solved here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import cycle

from models.faults import Fault, InvalidInput
from models.problem import Officer, Prices, Problem


def with_officers(problem: Problem, number: int) -> Problem:
    """The problem with so many officers: the last ones are gone, or copies of the first ones join them.

    A copy has the office, topics and limits of the officer it copies, and no absences. Who is gone leads nothing.
    """
    if number < 0 or (number > len(problem.officers) and not problem.officers):
        raise InvalidInput([_fault("officers", str(number), "Give a number of officers, 0 or more.")])
    kept = list(problem.officers[:number])
    known = {officer.id for officer in problem.officers}
    models = cycle(problem.officers)
    while len(kept) < number:
        model = next(models)
        count = 2
        while f"{model.id}+{count}" in known:
            count += 1
        name = f"{model.id}+{count}"
        known.add(name)
        kept.append(model.model_copy(update={"id": name, "name": None, "absent": None}))
    there = {officer.id for officer in kept}
    hosts = tuple(
        host.model_copy(update={key: None for key in ("lead", "current_lead") if getattr(host, key) not in there})
        for host in problem.cooperatives
    )
    return problem.changed(officers=tuple(kept), cooperatives=hosts)


def with_cars(problem: Problem, cars: int | Mapping[str, int]) -> Problem:
    """The problem with so many cars at every office, or at those named; days with fewer cars keep having fewer."""
    wanted = dict.fromkeys(problem.office_by_id, cars) if isinstance(cars, int) else dict(cars)
    unknown = [name for name in wanted if name not in problem.office_by_id]
    bad = [name for name, number in wanted.items() if number < 0]
    if unknown or bad:
        raise InvalidInput([_fault("cars", str(wanted), "Name offices of the problem and 0 or more cars.")])
    offices = []
    for office in problem.offices:
        number = wanted.get(office.id, office.cars)
        fewer = {day: min(one, number) for day, one in (office.cars_on or {}).items()}
        offices.append(office.model_copy(update={"cars": number, "cars_on": fewer or None}))
    return problem.changed(offices=tuple(offices))


def with_prices(problem: Problem, prices: Mapping[str, float]) -> Problem:
    """The problem under other prices, those not named as they were."""
    unknown = [name for name in prices if name not in Prices.model_fields]
    negative = [name for name, price in prices.items() if name not in unknown and not price >= 0]
    if unknown or negative:
        names = ", ".join(Prices.model_fields)
        raise InvalidInput([_fault("prices", str(dict(prices)), f"Give baht, 0 or more, for any of {names}.")])
    changed = {name: float(price) for name, price in prices.items()}
    return problem.changed(prices=Prices.model_validate(problem.prices.model_dump() | changed))


def with_absences(problem: Problem, absent: Mapping[str, Sequence[dt.date]]) -> Problem:
    """The problem in which officers are away on more days."""
    unknown = [name for name in absent if name not in problem.officer_by_id]
    if unknown:
        raise InvalidInput([_fault("absent", ", ".join(unknown), "Name officers of the problem.")])

    def away(officer: Officer) -> Officer:
        days = absent.get(officer.id)
        return (
            officer.model_copy(update={"absent": tuple(sorted({*(officer.absent or ()), *days}))}) if days else officer
        )

    return problem.changed(officers=tuple(away(officer) for officer in problem.officers))


def _fault(where: str, value: str, remedy: str) -> Fault:
    return Fault("option-value", f"what_if, {where}", f"It is {value}.", remedy)
