"""What was found in a folder or a workbook: settings, tables, matrices and map, with the faults found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.faults import Fault
from models.intake.meant import read_as_meant
from models.intake.points import points_as_meant
from models.intake.tables import Table
from models.intake.values import Cell
from models.saying import Place, named, place, said


@dataclass(slots=True)
class Sheet:
    """Rows that are no table of columns: a matrix, or settings."""

    place: Place
    rows: list[tuple[int, list[Cell]]]


@dataclass(slots=True)
class Sources:
    """Raw material of an office.

    ``settings`` is nested as in TOML; ``setting_places`` tells where a dotted setting stands, for workbooks.
    ``matrices`` holds the office's own travel tables; ``unread`` names tables that are there but could not be read, so
    that they are not reported as missing as well. ``warnings`` are told, and hinder nothing.
    """

    name: str
    settings: dict[str, Any] | None = None
    settings_place: Place = field(default_factory=place)
    setting_places: dict[str, Place] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    matrices: dict[str, Sheet] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    map: dict[str, Any] | None = None
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Keep a table; one that is there already is a fault."""
        name = table.form.name
        if name in self.tables:
            self.faults.append(
                Fault(
                    "id-repeated",
                    table.place,
                    said(
                        "The table {table} is already in {place}.",
                        table=named(name, table.form.thai), place=self.tables[name].place,
                    ),
                    said("Keep one of the two."),
                )
            )  # fmt: skip
            return
        self.tables[name] = table
        self.warnings += [*table.warnings, *read_as_meant(table), *points_as_meant(table)]

    def take_setting(self, section: str, key: str) -> object:
        """A setting that is no part of the planner's settings proper, taken out of them; None where not given."""
        group = (self.settings or {}).get(section)
        return group.pop(key, None) if isinstance(group, dict) else None

    def set_horizon(self, horizon: Mapping[str, dt.date]) -> None:
        """Let the horizon begin (``first``) or end (``last``) on another day."""
        settings = dict(self.settings or {})
        self.settings = settings | {"horizon": dict(settings.get("horizon", {})) | dict(horizon)}

    def where_setting(self, dotted: str) -> Place:
        """Where a setting such as ``prices.km`` stands; of a group of them the first of it."""
        within = (at for name, at in self.setting_places.items() if name.startswith(f"{dotted}."))
        return self.setting_places.get(dotted) or next(within, None) or self.settings_place.at(setting=dotted)
