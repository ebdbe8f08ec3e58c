"""What people get of a plan: workbook, page, calendar feeds, travel requests, rows, GeoJSON; Thai or English.

Every output works for any problem; with an :class:`models.office.Office` it shows names and places instead of ids,
and says where data are illustrative or distances estimated.
"""

from __future__ import annotations

from api.exports.feeds import feed
from api.exports.folder import write_everything
from api.exports.places import geojson
from api.exports.requests import travel_requests
from api.exports.rows import csv, table
from api.exports.spreadsheet import workbook
from api.exports.webpage import page

__all__ = ["csv", "feed", "geojson", "page", "table", "travel_requests", "workbook", "write_everything"]
