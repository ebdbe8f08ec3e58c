"""``visits.json``: the rows of the table and the visits left out, as JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from api.exports.rows import table_of
from api.formats import Part


def draw(part: Part) -> bytes:
    """One object: what the part's ``head`` says, ``visits`` and ``unplanned``."""
    rows = table_of(part)
    dates = {name: rows[name].dt.strftime("%Y-%m-%d") for name in ("date", "due")}
    visits: list[dict[str, Any]] = json.loads(rows.assign(**dates).to_json(orient="records"))
    left = [item.model_dump(mode="json") for item in part.calendar.plan.unplanned]
    data = {**part.head, "visits": visits, "unplanned": left}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
