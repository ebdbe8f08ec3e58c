"""Where cases begin: an office as tables, or a problem that is given; both in any horizon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from models.intake.book import OfficeBook, make_book
from models.intake.reading import read_sources
from models.office import Office
from models.problem import Problem
from optimizer.comparing.horizons import on_own_days

#: the options of ``what_if`` that give a horizon's days, as faults name them
OPTIONS = {"first": "what_if, start", "last": "what_if, end"}


class TableOrigin:
    """An office as tables: another horizon lays its visits out anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._books: dict[tuple[tuple[str, dt.date], ...], tuple[Problem, Office | None]] = {}

    def book(self, horizon: Mapping[str, dt.date]) -> tuple[Problem, Office | None]:
        """Problem and names in a horizon; read once for each."""
        key = tuple(sorted(horizon.items()))
        if key not in self._books:
            self._books[key] = self._read(horizon)
        return self._books[key]

    def _read(self, horizon: Mapping[str, dt.date]) -> tuple[Problem, Office | None]:
        sources = read_sources(self._path)
        if horizon:
            sources.set_horizon(horizon)
        book: OfficeBook = make_book(sources)
        return book.problem, book.office


class ProblemOrigin:
    """A problem that is given: another horizon keeps those of its workdays that lie within."""

    def __init__(self, problem: Problem, office: Office | None) -> None:
        self.problem, self.office = problem, office

    def book(self, horizon: Mapping[str, dt.date]) -> tuple[Problem, Office | None]:
        """Problem and names in a horizon.

        Raises:
            InvalidInput: it asks for days that the problem does not have.
        """
        return on_own_days(self.problem, horizon, OPTIONS.__getitem__), self.office
