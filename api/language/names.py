"""What things are called: by the office's tables where there are any, else by the problem's names, else by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from api.language.texts import TEXTS
from api.language.wording import Wording
from models.intake.names import without_title
from models.office import Audience, CooperativeRow, Office
from models.problem import Problem, Visit


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One matter of a visit: its ``title``, and where known its topic and audience."""

    title: str
    topic: str = ""
    audience: Audience | None = None


class Names:
    """Names of one problem's things in one language. Every method takes an id and always answers."""

    def __init__(self, problem: Problem, office: Office | None, words: Wording) -> None:
        self._words = words
        pick = words.pick
        rows = office.cooperatives if office else ()
        self.cooperative_rows: dict[str, CooperativeRow] = {row.id: row for row in rows}
        self._issues = {row.id: row for row in office.issues} if office else {}
        self._topics = {row.id: pick(row.name_th, row.name_en) for row in office.topics} if office else {}
        self._partners = {row.id: pick(row.name_th, row.name_en) for row in office.agencies} if office else {}
        self._depots = {row.id: pick(row.name_th, row.name_en) for row in office.depots} if office else {}
        self._officer_rows = {row.id: row for row in office.officers} if office else {}
        self._cars = {row.id: row for row in office.cars} if office else {}
        self._officers = {officer.id: officer.name or "" for officer in problem.officers}
        if office:
            self._officers |= {row.id: pick(row.name_th, row.name_en) for row in office.officers}
        self._cooperatives = {cooperative.id: cooperative.name or "" for cooperative in problem.cooperatives}
        self._cooperatives |= {row.id: pick(row.name_th, row.name_en) for row in rows}
        self._short_officers = _shortened(self._officers)
        self._short_cooperatives = _shortened(self._cooperatives)
        self._given = _given(self._officers)

    def officer(self, id_: str) -> str:
        """The officer's full name."""
        return self._officers.get(id_) or id_

    def short_officer(self, id_: str) -> str:
        """The officer's name without the words that all officers share; a number alone gets a word: ``จนท. 17``."""
        short = self._short_officers.get(id_, "")
        if any(character.isalpha() for character in short):
            return short
        return self._words("officer_numbered", number=short) if short else id_

    def given_officer(self, id_: str) -> str:
        """Where there is little room: the given name that an officer with a title bears alone; else the short name."""
        return self._given.get(id_) or self.short_officer(id_)

    def cooperative(self, id_: str) -> str:
        """The cooperative's full name."""
        return self._cooperatives.get(id_) or id_

    def short_cooperative(self, id_: str) -> str:
        """The cooperative's name without the words that all cooperatives share."""
        return self._short_cooperatives.get(id_) or id_

    def district(self, id_: str) -> str:
        """The district of a cooperative; empty where unknown."""
        row = self.cooperative_rows.get(id_)
        return self._words.pick(row.district_th, row.district_en) if row else ""

    def districts(self) -> dict[str, str]:
        """The districts of all cooperatives that the office's tables have, by the cooperative's id."""
        return {id_: self.district(id_) for id_ in self.cooperative_rows}

    def subdistrict(self, id_: str) -> str:
        """The sub-district of a cooperative; empty where unknown."""
        row = self.cooperative_rows.get(id_)
        return self._words.pick(row.subdistrict_th, row.subdistrict_en) if row else ""

    def place(self, id_: str) -> str:
        """Sub-district and district of a cooperative in one text; empty where unknown."""
        subdistrict, district = self.subdistrict(id_), self.district(id_)
        if self._words.lang == "th":
            parts = (f"ต.{subdistrict}" if subdistrict else "", f"อ.{district}" if district else "")
            place = " ".join(part for part in parts if part)
        else:
            place = ", ".join(part for part in (subdistrict, district) if part)
        row = self.cooperative_rows.get(id_)
        return f"{place} ({self._words('at_centre')})" if row is not None and row.at_centre and place else place

    def beside(self, id_: str) -> str:
        """The place of a cooperative as it stands beside its name: without the district where the name has it."""
        row, name = self.cooperative_rows.get(id_), self.cooperative(id_)
        if row is None or not any(district and district in name for district in (row.district_th, row.district_en)):
            return self.place(id_)
        subdistrict = self.subdistrict(id_)
        place = f"ต.{subdistrict}" if subdistrict and self._words.lang == "th" else subdistrict
        return f"{place} ({self._words('at_centre')})" if row.at_centre and place else place

    def standard(self, id_: str) -> str:
        """The standard a cooperative reaches; empty where unknown."""
        row = self.cooperative_rows.get(id_)
        return self._words(f"standard_{row.standard}") if row else ""

    def topic(self, id_: str) -> str:
        """The name of a topic."""
        return self._topics.get(id_) or id_

    def kind(self, id_: str) -> str:
        """The kind of a cooperative, as the office writes it where it is not one of the common ones."""
        row = self.cooperative_rows.get(id_)
        if row is None:
            return ""
        key = f"kind_{row.kind}"
        return self._words(key) if key in TEXTS else row.kind

    def partner(self, id_: str) -> str:
        """The name of a partner agency."""
        return self._partners.get(id_) or id_

    def depot(self, id_: str) -> str:
        """The name of an office that tours leave from."""
        return self._depots.get(id_) or id_

    def car(self, id_: str) -> str:
        """The name of a car, with its number plate where that is known."""
        row = self._cars.get(id_)
        if row is None:
            return id_
        name = self._words.pick(row.name_th, row.name_en) or id_
        return f"{name} ({row.plate})" if row.plate and row.plate not in name else name

    def plate(self, id_: str) -> str:
        """The number plate of a car; empty where the office does not say it."""
        row = self._cars.get(id_)
        return row.plate if row else ""

    def driver(self, id_: str) -> str:
        """Who drives a car; empty where the office does not say so."""
        row = self._cars.get(id_)
        return row.driver if row else ""

    def knows_car(self, id_: str) -> bool:
        """Whether the office's table of cars has it."""
        return id_ in self._cars

    def position(self, id_: str) -> str:
        """The position of an officer; empty where the office does not say it."""
        row = self._officer_rows.get(id_)
        return self._words.pick(row.position_th, row.position_en) if row else ""

    def agenda(self, visit: Visit) -> tuple[AgendaItem, ...]:
        """What a visit is for: its issues by title; without any, its topics; without those, nothing."""
        items = []
        for id_ in visit.issues or ():
            row = self._issues.get(id_)
            if row is None:
                items.append(AgendaItem(id_))
                continue
            title = self._words.pick(row.title_th, row.title_en) or row.id
            items.append(AgendaItem(title, self.topic(row.topic), row.audience))
        return tuple(items) or tuple(AgendaItem(self.topic(topic), self.topic(topic)) for topic in visit.topics or ())


def _shortened(names: dict[str, str]) -> dict[str, str]:
    """The names without the whole words that every one of them begins with."""
    shared = _shared_words(name for name in names.values() if name)
    return {id_: name[shared:] if name else "" for id_, name in names.items()}


def _given(names: dict[str, str]) -> dict[str, str]:
    """The given names of those who have a title before their name, and share it with nobody."""
    bare = {id_: without_title(name) for id_, name in names.items()}
    first = {id_: bare[id_].split()[0] for id_, name in names.items() if bare[id_] != name and bare[id_].split()[1:]}
    often = Counter(first.values())
    return {id_: name for id_, name in first.items() if often[name] == 1}


def _shared_words(names: Iterable[str]) -> int:
    """How many characters of the names are leading words that all share (0 for a single name)."""
    known = set(names)
    if len(known) < 2:
        return 0
    # what the first and the last in order have in common, all between them have
    first, last = min(known), max(known)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first.rfind(" ", 0, same) + 1
