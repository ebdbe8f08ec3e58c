"""Map tiles that an installation may name: a tile server, or a file of tiles that the service hands out itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from api.settings import Settings

#: where the file is handed out
FILE = "/tiles.pmtiles"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where the page finds tiles, and whose they are. ``origin``: the server, where it is not this service."""

    url: str
    origin: str | None
    attribution: str


def tiles_of(settings: Settings) -> Tiles | None:
    """The tiles that are set; None where none are."""
    if settings.tiles is None:
        return None
    if file_of(settings) is not None:
        return Tiles(FILE, None, settings.tiles_attribution)
    parts = urlsplit(settings.tiles)
    return Tiles(settings.tiles, f"{parts.scheme}://{parts.netloc}", settings.tiles_attribution)


def file_of(settings: Settings) -> Path | None:
    """The file of tiles, where one is set."""
    named = settings.tiles
    return None if named is None or named.startswith(("http://", "https://")) else Path(named)
