"""The settings of the service, from the environment: ``PATITHIN_DATABASE``, ``PATITHIN_SCHEDULER`` and so on."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.faults import Fault, InvalidInput
from models.saying import FieldError, Said, both
from models.validation import cause_and_remedy

Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


def _rate(text: str) -> str:
    from limits import parse

    try:
        parse(text)
    except ValueError:
        raise FieldError(both("It is no rate.", "ไม่ใช่อัตราคำขอ"), _written("1200/minute")) from None
    return text


def _written(example: str) -> Said:
    return both(f"Write it like {example}.", f"เขียนแบบ {example}")


def _database(text: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except ArgumentError:
        cause = both("It is no URL of a database.", "ไม่ใช่ที่อยู่ของฐานข้อมูล")
        raise FieldError(cause, _written("sqlite:///patithin.db")) from None
    if backend not in ("sqlite", "postgresql"):
        cause = both(f"{backend} is neither sqlite nor postgresql.", f"{backend} ไม่ใช่ sqlite และไม่ใช่ postgresql")
        raise FieldError(cause, _written("sqlite:///patithin.db"))
    if url.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
        cause = both(f"{url.drivername} is another driver than is used.", f"ไม่ได้ใช้ไดรเวอร์ {url.drivername}")
        raise FieldError(cause, both(f"Write {backend}://.", f"เขียน {backend}://"))
    if backend == "sqlite" and (url.database or ":memory:") == ":memory:":
        cause = both("A database in memory would lose what it was told.", "ฐานข้อมูลในหน่วยความจำจะเสียข้อมูลทั้งหมดเมื่อปิดระบบ")
        raise FieldError(cause, both("Name a file: sqlite:///patithin.db.", "ระบุไฟล์: sqlite:///patithin.db"))
    return text


def _address(text: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise FieldError(both("It is no address of a service.", "ไม่ใช่ที่อยู่ของระบบ"), _written("https://plan.example.org"))
    return text.rstrip("/")


def _tiles(text: str) -> str:
    from pathlib import Path
    from urllib.parse import urlsplit

    if not text.startswith(("http://", "https://")):
        path = Path(text)
        if not path.is_file():
            cause = both(f"There is no file {text}.", f"ไม่มีไฟล์ {text}")
            raise FieldError(cause, both(f"Name a file, or a server: {_TILES}.", f"ระบุไฟล์ หรือเครื่องแม่ข่าย: {_TILES}"))
        with path.open("rb") as file:
            if file.read(8) != b"PMTiles\x03":
                cause = both(f"{text} is no PMTiles file of version 3.", f"{text} ไม่ใช่ไฟล์ PMTiles รุ่น 3")
                raise FieldError(cause, both("Name such a file.", "ระบุไฟล์ชนิดนั้น"))
        return text
    if not urlsplit(text).hostname or any(f"{{{part}}}" not in text for part in "zxy") or set(text) & set(" ;,'\""):
        raise FieldError(both("It is no address of tiles.", "ไม่ใช่ที่อยู่ของแผนที่ฐาน"), _written(_TILES))
    return text


def _names(text: str) -> str:
    if not all(name.strip() for name in text.split(",")):
        cause = both("It is not a list of names with commas between them.", "ไม่ใช่รายชื่อที่คั่นด้วยจุลภาค")
        raise FieldError(cause, _written("localhost,plan.example.org"))
    return text


class Settings(BaseSettings):
    """What an installation may set; the defaults suit one office on one machine."""

    model_config = SettingsConfigDict(env_prefix="PATITHIN_", frozen=True)

    database: Annotated[
        str, AfterValidator(_database), Field(description="SQLAlchemy URL of the SQLite or PostgreSQL database")
    ] = "sqlite:///patithin.db"
    scheduler: Annotated[
        str | None,
        Field(pattern=r"^(tcp|tls)://", description="address of a Dask scheduler; embedded where not given"),
    ] = None
    workers: Annotated[Count, Field(description="runs at once on the embedded cluster; the cores where not given")] = (
        os.cpu_count() or 1
    )
    most_memory: Annotated[
        Count, Field(description="bytes of memory that each process may have that solves runs or answers questions")
    ] = 4_000_000_000
    queue: Annotated[Count, Field(description="runs that wait or run at once, of everybody")] = 100
    runs_per_token: Annotated[Count, Field(description="runs that wait or run at once, of one token")] = 10
    most_seconds: Annotated[Seconds, Field(description="the longest a run may ask for")] = 600.0
    overdue_seconds: Annotated[
        Seconds, Field(description="how much longer than asked a run may take before it is ended")
    ] = 30.0
    lost_workers: Annotated[Count, Field(description="workers a run may lose before it has failed")] = 3
    connections: Annotated[Count, Field(description="connections at once, of everybody")] = 1_000
    connections_per_address: Annotated[Count, Field(description="the same, of one address that is no proxy")] = 100
    most_bytes: Annotated[Count, Field(description="the largest request body, in bytes")] = 16_000_000
    rate: Annotated[
        str, AfterValidator(_rate), Field(description="requests of one token, or of one address without a token")
    ] = "1200/minute"
    session_days: Annotated[Seconds, Field(description="days that a browser stays signed in")] = 30.0
    link_days: Annotated[Seconds, Field(description="days that a one-time link is valid")] = 7.0
    hosts: Annotated[
        str,
        AfterValidator(_names),
        Field(description="names that the service goes by, with commas; addresses of numbers are always known"),
    ] = "localhost"
    public_address: Annotated[
        str | None,
        AfterValidator(lambda text: None if text is None else _address(text)),
        Field(description="where people reach it, https://plan.example.org, if not where it listens"),
    ] = None
    tiles: Annotated[
        str | None,
        AfterValidator(lambda text: None if text is None else _tiles(text)),
        Field(description="map tiles below the map view: https://tiles.example.org/{z}/{x}/{y}.png, or a PMTiles file"),
    ] = None
    tiles_attribution: Annotated[str, Field(description="whose map that is, to be said on it")] = ""
    proxies: Annotated[
        str | None,
        Field(description="addresses of proxies whose X-Forwarded-For and -Proto are believed, with commas"),
    ] = None
    drain_seconds: Annotated[
        float,
        Field(ge=0, allow_inf_nan=False, description="how long a graceful stop waits for runs; then they wait again"),
    ] = 3.0

    @property
    def known_hosts(self) -> set[str]:
        """The names that the service goes by, in small letters."""
        from urllib.parse import urlsplit

        public = urlsplit(self.public_address).hostname if self.public_address else None
        return {name.strip().lower() for name in self.hosts.split(",")} | ({public} if public else set())


def read_settings() -> Settings:
    """The settings in the environment.

    Raises:
        InvalidInput: with every variable that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            Fault(
                "option-value",
                f"PATITHIN_{'_'.join(map(str, item['loc'])).upper()}",
                *cause_and_remedy(item),
            )
            for item in error.errors(include_url=False)
        ]
        raise InvalidInput(faults) from None
