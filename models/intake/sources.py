"""What was found in a folder or a workbook: settings, tables, matrices and map, with the faults found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.faults import Fault
from models.intake.tables import Table
from models.intake.values import Cell


@dataclass(slots=True)
class Sources:
    """Raw material of an office.

    ``settings`` is nested as in TOML; ``setting_places`` tells where a dotted setting stands, for workbooks.
    ``matrices`` holds place and numbered rows of the office's own travel tables; ``unread``
    names tables that are there but could not be read, so that they are not reported as missing as well.
    """

    name: str
    settings: dict[str, Any] | None = None
    settings_place: str = ""
    setting_places: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    matrices: dict[str, tuple[str, list[tuple[int, list[Cell]]]]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    map: dict[str, Any] | None = None
    faults: list[Fault] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Keep a table; one that is there already is a fault."""
        name = table.form.name
        if name in self.tables:
            self.faults.append(
                Fault(
                    "id-repeated",
                    table.place,
                    f"The table {name} is already in {self.tables[name].place}.",
                    "Keep one of the two.",
                )
            )
            return
        self.tables[name] = table

    def take_setting(self, section: str, key: str) -> object:
        """A setting that is no part of the planner's settings proper, taken out of them; None where not given."""
        group = (self.settings or {}).get(section)
        return group.pop(key, None) if isinstance(group, dict) else None

    def where_setting(self, dotted: str) -> str:
        """Where a setting such as ``prices.km`` stands."""
        return self.setting_places.get(dotted, f"{self.settings_place}, {dotted}")
