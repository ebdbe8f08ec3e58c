"""Places of Thailand by name: centres of sub-districts, and maps of districts. Sources in ``data/README.md``."""

from models.gazetteer.maps import district_map
from models.gazetteer.subdistricts import (
    Subdistrict,
    district_called,
    districts,
    nearest,
    subdistricts_in,
    subdistricts_of,
    within_country,
    without_kind,
)

__all__ = [
    "Subdistrict", "district_called", "district_map", "districts", "nearest", "subdistricts_in", "subdistricts_of",
    "within_country", "without_kind",
]  # fmt: skip
