"""Findings and places in words: names for ids, the language's dates, and the sentence that belongs to a code."""

from __future__ import annotations

import datetime as dt

from api.language.findings import FINDINGS, WORDS
from api.language.names import Names
from api.language.wording import Wording, filled
from models.office import Office
from models.problem import Problem
from models.rules.finding import Finding
from optimizer.replanning.notices import other_car
from optimizer.replanning.places import Place

_DATES = ("date", "earliest", "latest")


class Teller:
    """Says things of one problem in one language, ``"th"`` or ``"en"``."""

    def __init__(self, problem: Problem, office: Office | None, lang: str) -> None:
        self.words = Wording(lang)
        self.names = Names(problem, office, self.words)
        self.problem, self.office = problem, office

    def __call__(self, key: str, **fields: object) -> str:
        """The text of ``key`` with its fields filled in."""
        return filled(self.words.pick(*WORDS[key]), fields)

    def sentence(self, finding: Finding) -> str:
        """The finding as a sentence; of a visit to a board its days are told as the meetings that they are."""
        facts = {key: self._fact(key, value) for key, value in finding.facts.items()}
        of_board = finding.code == "not-its-date" and self.is_for_board(finding.facts.get("visit", ""))
        return filled(self.words.pick(*FINDINGS["not-its-meeting" if of_board else finding.code]), facts)

    def is_for_board(self, visit: str) -> bool:
        """Whether the office's tables say that the visit is for a board, so that its dates are those of meetings."""
        found = self.problem.visit_by_id.get(visit)
        return found is not None and any(
            issue.audience == "board" and issue.id in (found.issues or ())
            for issue in (self.office.issues if self.office else ())
        )

    def _fact(self, key: str, value: str) -> str:
        names = self.names
        if key == "officer":
            return names.officer(value)
        if key == "cooperative":
            return names.cooperative(value)
        if key == "partner":
            return names.partner(value)
        if key == "car":
            return names.car(value)
        if key == "office":
            return names.depot(value)
        if key == "topic":
            return names.topic(value)
        if key == "topics":
            return ", ".join(names.topic(topic) for topic in value.split(", "))
        if key == "officers":
            return ", ".join(names.officer(officer) for officer in value.split(", "))
        if key == "other":
            return self.visit(value) if value in self.problem.visit_by_id else value
        if key == "others":
            return ", ".join(names.short_cooperative(cooperative) for cooperative in value.split(", "))
        if key == "dates":
            return ", ".join(self.words.date(dt.date.fromisoformat(date)) for date in value.split(", ") if date)
        if key in _DATES:
            return self.words.date(dt.date.fromisoformat(value))
        if key == "why":
            return self.words.pick(*FINDINGS[value])
        if key == "parts":
            return ", ".join(self._part(part) for part in value.split("; "))
        if key == "baht":
            return self.words.number(float(value))
        return value

    def _part(self, part: str) -> str:
        """``km +120`` as ``distance driven +120``."""
        name, _, amount = part.partition(" ")
        return f"{self.words(f'part_{name}')} {amount}"

    def visit(self, id_: str) -> str:
        """``c001-2 Sample cooperative 001``; the id alone where the cooperative has no name."""
        cooperative = self.problem.visit_by_id[id_].cooperative
        name = self.names.short_cooperative(cooperative)
        return id_ if name == cooperative else f"{id_} {name}"

    def place(self, place: Place | None) -> str:
        """``Wed 1 Aug 09:00, o01 + o02 (lead o01)``; a dash where there is none."""
        if place is None:
            return self("nowhere")
        crew = " + ".join(self.names.short_officer(id_) for id_ in place.crew)
        return f"{self.words.short_date(place.date)} {self.words.clock(place.start)}, {crew}"

    def places(self, before: Place | None, after: Place | None) -> tuple[str, str]:
        """Where a visit stood and stands; in which car, too, where that is another one."""
        if before is None or after is None or not other_car(before, after):
            return self.place(before), self.place(after)
        return self._with_car(before), self._with_car(after)

    def _with_car(self, place: Place) -> str:
        return f"{self.place(place)}, {self.names.car(place.car)}" if place.car else self.place(place)

    def whom(self, id_: str) -> str:
        """The name of an officer, a cooperative or a partner."""
        if id_ in self.problem.officer_by_id:
            return self.names.officer(id_)
        if id_ in self.problem.cooperative_by_id:
            return self.names.cooperative(id_)
        return self.names.partner(id_)

    @property
    def marks(self) -> list[str]:
        """What every output must say of its data."""
        found = [self.words("illustrative_long")] if self.office and self.office.illustrative else []
        if self.office and self.office.travel_estimated:
            found.append(self.words("estimated_long"))
        return found
