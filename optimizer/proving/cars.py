"""Kinds of cars: those of one office on one day that seat, load and cost the same."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.instance import Instance


@dataclass(frozen=True, slots=True)
class Kind:
    """``count`` cars alike: number in ``Instance.slot_kind``, seats, the load that one takes, baht a kilometre."""

    number: int
    count: int
    seats: int
    capacity: float
    baht: float


def kinds_of_cars(inst: Instance) -> dict[tuple[int, int], dict[int, Kind]]:
    """By office and workday: the kinds of cars that are there, by number."""
    found: dict[tuple[int, int], dict[int, Kind]] = {}
    for office in range(len(inst.depot)):
        for day in range(len(inst.ordinal)):
            slots = range(int(inst.first_slot[office, day]), int(inst.first_slot[office, day + 1]))
            numbers = [int(inst.slot_kind[slot]) for slot in slots]
            found[office, day] = {
                number: Kind(number, numbers.count(number), int(inst.slot_seats[slot]),
                             float(inst.slot_capacity[slot]), float(inst.slot_km[slot]))
                for slot, number in zip(slots, numbers, strict=True)
            }  # fmt: skip
    return found
