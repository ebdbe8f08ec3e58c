"""How a command ends: with which exit code, and what is then listed as wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import typer
from typer.main import get_command

from api.cli.blanks import blanks
from api.cli.helping import in_language
from api.cli.listing import list_faults
from models.faults import Fault, InvalidInput
from models.refusals import refusal_of
from models.saying import LANGUAGES, both, said

DONE, RULE_BROKEN, BAD_INPUT, DEFECT, INTERRUPTED = 0, 1, 2, 70, 130


def ended(app: typer.Typer, arguments: Sequence[str] | None) -> int:
    """Run ``app`` and return its exit code; what is wrong with the input goes to stderr."""
    command = get_command(app)
    in_language(command, _lang(arguments))
    if wrong := [*blanks(command, sys.argv[1:] if arguments is None else arguments), *_unspoken()]:
        list_faults(wrong, _lang(arguments))
        return BAD_INPUT
    try:
        code = command(arguments, prog_name="patithin", standalone_mode=False)
    except InvalidInput as error:
        list_faults(error.faults, _lang(arguments))
        return BAD_INPUT
    except typer.TyperException as error:
        from api.cli.usage import usage

        list_faults([usage(error)], _lang(arguments))
        return BAD_INPUT
    except Exception as error:
        if isinstance(error, OSError) and (refused := _unreadable(error)):
            list_faults([refused], _lang(arguments))
            return BAD_INPUT
        if isinstance(error, ModuleNotFoundError) and (fault := _missing(error)):
            list_faults([fault], _lang(arguments))
            return BAD_INPUT
        import traceback

        traceback.print_exc()
        thai = "นี่คือข้อบกพร่องของ patithin ไม่ใช่ของข้อมูล โปรดแจ้งข้อความข้างบน"
        english = "This is a defect of patithin, not of your input. Please report the lines above."
        typer.echo(thai if _lang(arguments) == "th" else english, err=True)
        return DEFECT
    return code if isinstance(code, int) else DONE


def heard(code: int, arguments: Sequence[str] | None) -> int:
    """The exit code of a command that would end with ``code``: that of bad input where its results found no room."""
    from api.cli.streams import failure

    error = failure()
    if error is None or code not in (DONE, RULE_BROKEN):
        return code
    cause = both("{told}.", "เขียนไม่ได้: {told}", told=refusal_of(error))
    remedy = both("Have it written elsewhere, or free some room.", "ส่งผลลัพธ์ไปที่อื่น หรือทำให้มีที่ว่าง")
    list_faults([Fault("file-unwritable", "stdout", cause, remedy)], _lang(arguments))
    return BAD_INPUT


def leave(code: int) -> None:
    """End the process with ``code``, at once where a solve that was given up still works in its thread.

    At once as well where it was interrupted: of a Ctrl-C that came amid ``exec``, which defines many a class, Python
    believes to the end that nobody heard it, and would end by the signal.
    """
    from api.cli.watching import given_up

    if given_up() or code == INTERRUPTED:
        leave_at_once(code)
    sys.exit(code)


def leave_at_once(code: int) -> NoReturn:
    """End the process with ``code`` without taking down what it has loaded."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _unspoken() -> list[Fault]:
    """A fault where ``PATITHIN_LANG`` names another language than those that are spoken, as --lang could not."""
    named = os.environ.get("PATITHIN_LANG", "")
    if not named or named.lower().startswith(LANGUAGES):
        return []
    cause = both("{value} is none of its values.", "{value} ไม่ใช่ค่าที่เลือกได้", value=named)
    remedy = said("Give one of {choices}.", choices=", ".join(LANGUAGES))
    return [Fault("option-value", "PATITHIN_LANG", cause, remedy)]


def _lang(arguments: Sequence[str] | None) -> str:
    """The language that ``--lang`` names, else the terminal's: also where the arguments could not be parsed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for at, argument in enumerate(given):
        named = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and at + 1 < len(given):
            named = given[at + 1]
        if named in LANGUAGES:
            return named
    from api.cli.options import lang_of

    return lang_of(os.environ).value


def _missing(error: ModuleNotFoundError) -> Fault | None:
    """A package of an extra that is not installed; None for another one, which is a defect."""
    from patithin import extra_of

    extra = extra_of(error)
    if extra is None:
        return None
    cause = both(
        f"{error.name} is not installed: this command needs the extra {extra!r}.",
        f"ยังไม่ได้ติดตั้ง {error.name} ซึ่งอยู่ในส่วนเสริม {extra!r} ที่คำสั่งนี้ต้องใช้",
    )
    install = f'pip install "patithin[{extra}]"'
    return Fault("extra-missing", "patithin", cause, both(f"Install it: {install}", f"ติดตั้งด้วย {install}"))


def _unreadable(error: OSError) -> Fault | None:
    """What the system refuses for a path that was given: too long a name, no permission, links in a circle; or for
    the folder that is worked in, which may be gone. None for another refusal, which is a defect.
    """
    if error.filename is not None:
        cause = both("{told}.", "เปิดไม่ได้: {told}", told=refusal_of(error))
        return Fault("file-unreadable", str(error.filename), cause, said("Check the path."))
    try:
        Path.cwd()
    except FileNotFoundError:
        cause = both("The folder that you work in is gone.", "โฟลเดอร์ที่ทำงานอยู่ไม่มีแล้ว")
        return Fault("file-missing", ".", cause, both("Change to one that is there.", "ย้ายไปโฟลเดอร์ที่มีอยู่"))
    return None
