"""Maps of the districts of provinces, as GeoJSON."""

from __future__ import annotations

import json
import lzma
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any, Final

#: what a page that shows the boundaries must say
ATTRIBUTION: Final = {
    "attribution": "Boundaries: OCHA COD-AB / Royal Thai Survey Department, CC BY-IGO",
    "attribution_th": "ขอบเขต: OCHA COD-AB / กรมแผนที่ทหาร สัญญาอนุญาต CC BY-IGO",
}


def district_map(provinces: Collection[str]) -> dict[str, Any] | None:
    """The districts of ``provinces`` (codes) with ``name_th`` and ``name_en``; None where there is none of them."""
    features = [feature for feature in _districts() if feature["properties"]["province_code"] in provinces]
    if not features:
        return None
    return {"type": "FeatureCollection", **ATTRIBUTION, "features": features}


@cache
def _districts() -> list[dict[str, Any]]:
    packed = files("models.gazetteer").joinpath("data/districts.geojson.xz").read_bytes()
    found: list[dict[str, Any]] = json.loads(lzma.decompress(packed))["features"]
    return found
