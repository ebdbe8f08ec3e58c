"""The commands of the service: ``serve``, ``worker`` and ``token``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.ending import DONE, leave_at_once
from api.cli.options import lang_of

if TYPE_CHECKING:
    from api.storage.database import Database
    from api.storage.tables import Token

#: ``tcp://host:8786``, with another protocol or none; IPv6 in brackets
_ADDRESS = re.compile(r"([a-z]+://)?(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):[0-9]{1,5}")


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("serve")(serve)
    app.command("worker")(worker)
    tokens = typer.Typer(no_args_is_help=True, help="Who may use the service: make, list and revoke tokens.")
    tokens.command("create")(create)
    tokens.command("list")(list_)
    tokens.command("revoke")(revoke)
    app.add_typer(tokens, name="token")


def serve(
    office: Annotated[
        Path | None, typer.Argument(metavar="[OFFICE]", help="A folder or workbook to begin with.", show_default=False)
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--seconds", "-s", metavar="N", min=1, help="Plan OFFICE at once for so long, where it has no plan yet."
        ),
    ] = None,
) -> None:
    """Serve the planner over HTTP, and run what is asked for.

    patithin serve
    patithin serve data/khonkaen --seconds 60
    PATITHIN_DATABASE=postgresql://planner@db/patithin patithin serve --host 0.0.0.0

    The first start prints a one-time link for the first planner. Settings are environment variables: docs/service.md.
    """
    from api.service.serving import serve as run
    from api.settings import read_settings

    run(read_settings(), host, port, office, seconds)
    leave_at_once(DONE)  # all is handed over and closed; to take down what is loaded would take seconds more


def worker(
    scheduler: Annotated[
        str | None,
        typer.Argument(metavar="tcp://HOST:PORT", help="The cluster's scheduler; else PATITHIN_SCHEDULER."),
    ] = None,
    runs: Annotated[
        int | None, typer.Option("--runs", metavar="N", min=1, help="Runs at once; else PATITHIN_WORKERS.")
    ] = None,
) -> None:
    """Join a Dask cluster and solve what services send there. Joins again when the scheduler was away.

    patithin worker tcp://scheduler:8786
    """
    from api.runs.joining import join
    from api.settings import read_settings

    settings = read_settings()
    address = scheduler or settings.scheduler
    if address is None or not _ADDRESS.fullmatch(address):
        from models.faults import Fault, InvalidInput
        from models.saying import both

        cause = (
            both("No scheduler is named.", "ไม่ได้ระบุตัวจัดงาน")
            if address is None
            else both(f"{address!r} is no address of a scheduler.", f"{address!r} ไม่ใช่ที่อยู่ของตัวจัดงาน")
        )
        remedy = both("Give tcp://HOST:PORT.", "ระบุเป็น tcp://เครื่อง:พอร์ต")
        raise InvalidInput([Fault("command-usage", "patithin worker", cause, remedy)])
    join(address, runs or settings.workers)
    raise typer.Exit(DONE)


def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is, for the list.")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="planner, head, officer or viewer.")] = "viewer",
    officer: Annotated[
        str | None, typer.Option("--officer", metavar="ID", help="The officer's id, for the role officer.")
    ] = None,
) -> None:
    """Make a token and show it, this once.

    patithin token create "Deputy" --role planner
    patithin token create "P01 on the phone" --role officer --officer P01
    """
    from api.storage.tables import OFFICER, ROLES
    from api.storage.tokens import create_token
    from models.faults import Fault, InvalidInput
    from models.likeness import perhaps
    from models.saying import both, said

    faults = []
    if role not in ROLES:
        remedy = perhaps(said("Give one of {choices}.", choices=", ".join(ROLES)), role, ROLES)
        faults.append(Fault("option-value", "--role", both(f"It is {role!r}.", f"ระบุไว้ {role!r}"), remedy))
    elif (role == OFFICER) != (officer is not None):
        cause = both("A token has an officer exactly where its role is officer.", "ระบุเจ้าหน้าที่เฉพาะบทบาท officer เท่านั้น")
        remedy = both("Give --officer with --role officer only.", "ใช้ --officer คู่กับ --role officer เท่านั้น")
        faults.append(Fault("option-value", "--officer", cause, remedy))
    if not 0 < len(name) <= 200:
        faults.append(Fault("option-value", "NAME", both("It is empty or long.", "ว่างหรือยาวเกินไป"),
                            both("Give 1 to 200 characters.", "ใส่ 1 ถึง 200 อักขระ")))  # fmt: skip
    if faults:
        raise InvalidInput(faults)
    token, secret = create_token(_database(), name, role, officer)
    typer.echo(f"{token.id}  {token.role}  {token.name}", err=True)
    typer.echo(secret)


def list_() -> None:
    """List all tokens; what is kept of them does not let anybody in."""
    from api.storage.tokens import list_tokens

    for token in list_tokens(_database()):
        typer.echo(_line(token))


def revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="The id that `patithin token list` shows.")]) -> None:
    """Let a token in no more; a running service knows it within a second."""
    from api.language.terminal import worded
    from api.storage.tokens import revoke_token
    from models.faults import Fault, InvalidInput
    from models.saying import both

    if not revoke_token(_database(), id_):
        cause = both("There is no such token.", "ไม่มีโทเคนนี้")
        raise InvalidInput([Fault("id-unknown", id_, cause, both("See patithin token list.", "ดู patithin token list"))])
    typer.echo(worded("token_revoked", lang_of(os.environ), id=id_))


def _line(token: Token) -> str:
    from api.language.terminal import worded
    from models.saying import in_thai

    key, day = ("revoked_on", token.revoked_at) if token.revoked_at else ("since_day", token.created_at)
    lang = lang_of(os.environ)
    on = day.astimezone().date()
    state = worded(key, lang, day=on if lang == "en" else in_thai(on))
    whom = f"{token.role} {token.officer}" if token.officer else token.role
    return f"{token.id}  {state}  {whom}  {token.name}"


def _database() -> Database:
    from api.settings import read_settings
    from api.storage.opening import open_database

    return open_database(read_settings())
