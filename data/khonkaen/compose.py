"""Composes the sample office: 79 illustrative cooperatives and 40 illustrative officers on Khon Kaen's real places.

    python data/khonkaen/compose.py [FOLDER]

writes the CSV tables into FOLDER (default: the folder of this script) and always writes the same: every choice below
is drawn from one generator with a fixed seed. ``office.toml`` and ``districts.geojson`` are kept by hand; ``larger.py``
composes larger offices. No name in the tables is that of a real cooperative or person; README.md says what is real and
where it comes from.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import sys
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from drawing import Draw
from mixture import (
    COOPERATIVES,
    FAR_BOARD_SESSIONS,
    FAR_KM,
    ISSUES,
    KINDS,
    KNOWN,
    MEETING_SESSIONS,
    NEW_HANDBOOK,
    OFFICERS,
    PLACED,
    POSITIONS,
    STANDARDS,
    TITLES,
    TOPICS,
    TOWN_DISTRICT,
    TOWN_KM,
    VERY_FAR_KM,
    VISITS_OF_ISSUE,
)
from places import DEPOT, HERE, Place, read_places, straight_km

from models.meetings import parse_meeting
from models.workdays import days_between, workdays

SEED = 2555
FIRST, LAST = dt.date(2012, 8, 1), dt.date(2012, 10, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass
class Cooperative:
    """A cooperative in the making."""

    number: int
    kind: str
    place: Place
    standard: str
    lead: str = ""
    board_sessions: int = 0
    sessions: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id in the tables."""
        return f"c{self.number:03d}"

    @property
    def drive_km(self) -> float:
        """Kilometres from the office, estimated."""
        return 1.2 * straight_km(DEPOT, (self.place.lat, self.place.lon))

    @property
    def in_town(self) -> bool:
        """Whether it is in the town, where visits are short."""
        return self.place.district_en == TOWN_DISTRICT and self.drive_km <= 1.2 * TOWN_KM


def agricultural(districts: Mapping[str, Sequence[Place]], number: int) -> dict[str, int]:
    """Agricultural cooperatives of each district: one, and a share of the others by people (largest remainders)."""
    people = {name: sum(place.people for place in places) for name, places in districts.items()}
    rest = number - len(districts)
    shares = {name: rest * count / sum(people.values()) for name, count in people.items()}
    numbers = {name: 1 + int(share) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: int(shares[name]) - shares[name])
    for name in by_remainder[: number - sum(numbers.values())]:
        numbers[name] += 1
    return numbers


def grown(count: int, number: int) -> int:
    """What the sample has ``count`` of, for an office of a larger ``number`` of cooperatives."""
    return count * number // COOPERATIVES


def make_cooperatives(draw: Draw, districts: Mapping[str, Sequence[Place]], number: int) -> list[Cooperative]:
    """All cooperatives, numbered by district and kind."""
    times = grown(1, number)
    numbers = agricultural(districts, number - times * sum(map(len, PLACED.values())))
    cooperatives: list[Cooperative] = []
    for name, places in districts.items():
        town = [place for place in places if straight_km(DEPOT, (place.lat, place.lon)) <= TOWN_KM]
        kinds = ["agricultural"] * numbers[name]
        kinds += [kind for kind, where in PLACED.items() for district in where * times if district == name]
        taken: set[str] = set()
        for kind in kinds:
            choice = town if name == TOWN_DISTRICT and kind != "agricultural" else places
            free = [place for place in choice if place.en not in taken] or choice
            place = draw.weighted({place: float(place.people) for place in free})
            if kind == "agricultural":
                taken.add(place.en)
            cooperatives.append(Cooperative(len(cooperatives) + 1, kind, place, draw.weighted(STANDARDS)))
    return cooperatives


def cooperative_rows(
    draw: Draw, cooperatives: Sequence[Cooperative], issues: Sequence[Mapping[str, object]]
) -> list[dict[str, object]]:
    """The table of cooperatives; their boards meet often enough for their ``issues``."""
    rows: list[dict[str, object]] = []
    told: dict[object, list[Mapping[str, object]]] = defaultdict(list)
    for each in issues:
        if each["audience"] == "board":
            told[each["cooperative"]].append(each)
    office_days = workdays(FIRST, LAST)
    for cooperative in cooperatives:
        th, en = KINDS[cooperative.kind]
        place = cooperative.place
        hours, shut = opening(draw, cooperative), closed(draw)
        days = set(office_days).difference(*(days_between(*span) for span in shut))
        rows.append({
            "id": cooperative.id,
            "name_th": f"สหกรณ์ตัวอย่าง {cooperative.number:03d} ({th}) อ.{place.district_th}",
            "name_en": f"Sample cooperative {cooperative.number:03d} ({en}), {place.district_en}",
            "kind": cooperative.kind,
            "district_th": place.district_th, "district_en": place.district_en,
            "subdistrict_th": place.th, "subdistrict_en": place.en,
            "lat": place.lat, "lon": place.lon,
            "standard": cooperative.standard,
            "open": hours,
            "closed": "; ".join(str(first) if first == last else f"{first}..{last}" for first, last in shut),
            "board_meeting": board_meeting(draw, cooperative, told[cooperative.id], days),
            "longest_visit": longest_visit(draw, cooperative),
            "current_lead": cooperative.lead,
        })  # fmt: skip
    return rows


def longest_visit(draw: Draw, cooperative: Cooperative) -> object:
    """Minutes that people can spare, and that a day leaves beside a long drive and lunch."""
    if cooperative.in_town:
        return 75
    spared = 105 if draw.chance(0.15) else ""
    return 75 if cooperative.drive_km > VERY_FAR_KM else 105 if cooperative.drive_km > FAR_KM else spared


def opening(draw: Draw, cooperative: Cooperative) -> str:
    """Office hours; some close early, some near ones at noon."""
    if cooperative.drive_km < 40 and draw.chance(0.12):
        return "08:30-12:00"
    return draw.weighted({"08:30-16:30": 75, "09:00-15:30": 25})


def closed(draw: Draw) -> list[tuple[dt.date, dt.date]]:
    """First and last days of when nobody can be met: a fair, a stock count, a study trip of the staff."""
    spans = []
    for _ in range(draw.weighted({0: 45, 1: 30, 2: 25})):
        day = FIRST + dt.timedelta(days=draw.between(5, 88))
        spans.append((day, day + dt.timedelta(days=2) if draw.chance(0.2) else day))
    return spans


def board_meeting(
    draw: Draw, cooperative: Cooperative, told: Sequence[Mapping[str, object]], days: Collection[dt.date]
) -> str:
    """A monthly rule at an hour that a car from the office can make; enough of its meetings are on open ``days``, and
    when all is ready, for what the board is ``told``. There is one: closures are too few to spoil every rule."""
    needed = math.ceil(sum(int(str(each["sessions"])) for each in told) / MEETING_SESSIONS)
    ready = max((each["content_ready"] for each in told if isinstance(each["content_ready"], dt.date)), default=FIRST)
    hours = ("09:30", "10:00", "10:30") if cooperative.drive_km < 50 else ("10:00", "10:30")
    while True:
        week = draw.pick(("first", "second", "third", "fourth", "last"))
        rule = f"{week} {draw.pick(WEEKDAYS)}, {draw.pick(hours)}"
        if sum(date in days for date in parse_meeting(rule).dates(ready, LAST)) >= needed:
            return rule


def make_officers(draw: Draw, number: int) -> dict[str, list[str]]:
    """Topics of each officer; the scarce ones are dealt first, to those who have most room left."""
    sizes = [size for size, count in KNOWN.items() for _ in range(count)]
    room = draw.shuffled(sizes[place * OFFICERS // number] for place in range(number))
    topics: list[list[str]] = [[] for _ in room]
    for topic, (specialists, _, _) in TOPICS.items():
        for _ in range(specialists * number // OFFICERS):
            weights = {
                number: float(size - len(topics[number])) ** 2
                for number, size in enumerate(room)
                if topic not in topics[number]
            }
            topics[draw.weighted(weights)].append(topic)
    return {f"o{number:02d}": sorted(known) for number, known in enumerate(topics, start=1)}


def officer_rows(draw: Draw, officers: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    """The table of officers."""
    return [
        {
            "id": id_,
            "name_th": f"เจ้าหน้าที่ตัวอย่าง {id_[1:]}",
            "name_en": f"Sample officer {id_[1:]}",
            "topics": "; ".join(topics),
            "max_days_per_week": 3 if draw.chance(0.55) else 2,
            "position_th": POSITIONS[number % len(POSITIONS)][0],
            "position_en": POSITIONS[number % len(POSITIONS)][1],
        }
        for number, (id_, topics) in enumerate(officers.items())
    ]


def issue_rows(draw: Draw, cooperatives: Sequence[Cooperative]) -> list[dict[str, object]]:
    """The open issues; each cooperative's topics are different ones."""
    rows: list[dict[str, object]] = []
    for cooperative in cooperatives:
        weights = {topic: float(often) for topic, (_, often, _) in TOPICS.items()}
        for _ in range(draw.between(*ISSUES[cooperative.standard])):
            topic = draw.weighted(weights)
            weights[topic] = 0.0
            rows.append(issue(draw, cooperative, topic, f"i{len(rows) + 1:03d}"))
    return rows


def issue(draw: Draw, cooperative: Cooperative, topic: str, id_: str) -> dict[str, object]:
    """One issue of ``cooperative``; how grave it is follows the standard."""
    grave = {"excellent": 0, "very_good": 0, "good": 1, "below": 2}[cooperative.standard]
    severity = min(5, draw.weighted({1: 20, 2: 30, 3: 30, 4: 15, 5: 5}) + draw.between(0, grave))
    sessions = draw.weighted({1: 25, 2: 45, 3: 30} if cooperative.in_town else {1: 10, 2: 30, 3: 30, 4: 30})
    board, management, members = TOPICS[topic][2]
    if cooperative.board_sessions + sessions > (4 if cooperative.in_town else 6):
        board, management = 0, management + board  # more than three meetings could take
    audience = draw.weighted({"board": board, "management": management, "members": members})
    if audience == "board":
        sessions = min(sessions, 2)  # one meeting is enough
        cooperative.board_sessions += sessions
    partner = ""
    if audience == "management":
        partner = "cad" if topic in ("audit", "accounts") and draw.chance(0.28) else partner
        partner = "baac" if topic == "debt" and draw.chance(0.8) else partner
    ready = NEW_HANDBOOK.get(topic) if draw.chance(0.6) else None
    due = None
    if draw.chance(0.55):
        soonest = 45 if audience == "board" else 30 if ready or severity < 4 else 16
        due = FIRST + dt.timedelta(days=draw.between(soonest, 88))
        due -= dt.timedelta(days=max(0, due.weekday() - 4))
    cooperative.sessions[topic] = cooperative.sessions.get(topic, 0) + sessions
    return {
        "id": id_, "cooperative": cooperative.id, "topic": topic, "severity": severity, "sessions": sessions,
        "audience": audience, "due": due or "", "content_ready": ready or "", "partner": partner,
        "title_th": TITLES[topic][0], "title_en": TITLES[topic][1],
    }  # fmt: skip


def relieve_boards(cooperatives: Sequence[Cooperative], rows: Sequence[dict[str, object]]) -> None:
    """Far away a board hears as much as fits before lunch on one visit; the rest goes to the management."""
    far = {cooperative.id for cooperative in cooperatives if cooperative.drive_km > FAR_KM}
    heard: dict[object, int] = {}
    for row in rows:
        if row["cooperative"] in far and row["audience"] == "board":
            heard[row["cooperative"]] = heard.get(row["cooperative"], 0) + int(str(row["sessions"]))
            if heard[row["cooperative"]] > FAR_BOARD_SESSIONS:
                row["audience"] = "management"


def give_leads(draw: Draw, cooperatives: Sequence[Cooperative], officers: Mapping[str, Sequence[str]]) -> None:
    """Leads left from the former fixed units: each officer has two cooperatives near each other, one has one.

    Pairs are made from the farthest on inwards; three in four go to the officer who knows most of what they need.
    """
    left = sorted(cooperatives, key=lambda cooperative: (-cooperative.drive_km, cooperative.number))
    pairs: list[list[Cooperative]] = []
    while left:
        first = left.pop(0)
        pair = [first]
        if left:
            here = (first.place.lat, first.place.lon)
            near = min(
                left,
                key=lambda cooperative: (
                    straight_km(here, (cooperative.place.lat, cooperative.place.lon)),
                    cooperative.number,
                ),
            )
            left.remove(near)
            pair.append(near)
        pairs.append(pair)
    free = list(officers)
    for number in draw.shuffled(range(len(pairs))):
        pair = pairs[number]
        fit = {
            id_: sum(cooperative.sessions.get(topic, 0) for cooperative in pair for topic in officers[id_])
            for id_ in free
        }
        lead = max(free, key=lambda id_: fit[id_]) if draw.chance(0.75) else draw.pick(free)
        free.remove(lead)
        for cooperative in pair:
            cooperative.lead = lead


def absence_rows(draw: Draw, officers: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    """Leave of one to ten days for every third officer, and two trainings for some who know the topic."""
    rows: list[dict[str, object]] = []

    def away(officer: str, first: dt.date, days: int, reason: str) -> None:
        last = min(LAST, first + dt.timedelta(days=days - 1))
        rows.append({"officer": officer, "from": first, "to": last, "reason": reason})

    for officer in officers:
        if draw.chance(0.35):
            monday = FIRST - dt.timedelta(days=2) + dt.timedelta(days=7 * draw.between(1, 12))
            away(officer, monday + dt.timedelta(days=draw.between(0, 3)), draw.pick((1, 2, 3, 5, 10)), "leave")
    for topic, first, seats in (("accounts", dt.date(2012, 9, 3), 6), ("control", dt.date(2012, 10, 17), 5)):
        knowing = [officer for officer, topics in officers.items() if topic in topics]
        for officer in sorted(draw.shuffled(knowing)[: seats * len(officers) // OFFICERS]):
            away(officer, first, 3, "training")
    return sorted(rows, key=lambda row: (str(row["officer"]), str(row["from"])))


def partner_rows(number: int, issues: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The two partners, with room for so large a number of cooperatives and for what their ``issues`` ask for."""

    def per_day(partner: str, weekdays: str, sample: int) -> int:
        wanted = sum(each["partner"] == partner for each in issues)
        days = sum(WEEKDAYS[date.weekday()] in weekdays for date in workdays(FIRST, LAST))
        return max(grown(sample, number), math.ceil(VISITS_OF_ISSUE * wanted / days))

    return [
        {"id": "cad", "name_th": "สำนักงานตรวจบัญชีสหกรณ์", "name_en": "Cooperative Auditing Office",
         "weekdays": (days := "Tuesday; Thursday"), "per_day": per_day("cad", days, 2),
         "not_on": "2012-09-25..2012-09-27"},
        {"id": "baac", "name_th": "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร (ธ.ก.ส.)",
         "name_en": "Bank for Agriculture and Agricultural Cooperatives (BAAC)",
         "weekdays": (days := "Wednesday"), "per_day": per_day("baac", days, 1), "not_on": "2012-10-31"},
    ]  # fmt: skip


def compose(folder: Path, number: int = COOPERATIVES) -> None:
    """Write the five tables of the sample, or of an office with a larger ``number`` of cooperatives, to ``folder``."""
    draw = Draw(SEED)
    cooperatives = make_cooperatives(draw, read_places(), number)
    officers = make_officers(draw, (number + 1) // 2)
    issues = issue_rows(draw, cooperatives)
    relieve_boards(cooperatives, issues)
    give_leads(draw, cooperatives, officers)
    tables = {
        "cooperatives": cooperative_rows(draw, cooperatives, issues),
        "officers": officer_rows(draw, officers),
        "issues": issues,
        "absences": absence_rows(draw, officers),
        "partners": partner_rows(number, issues),
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    compose(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
