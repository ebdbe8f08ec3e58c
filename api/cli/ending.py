"""How a command ends: its exit code, and on stderr a readable list of everything that was wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar, overload

import typer
from typer.main import get_command

from api.cli.helping import in_language
from models.faults import Fault, InvalidInput
from models.gathering import gathered
from models.refusals import refusal_of
from models.saying import LANGUAGES, both, said

DONE, RULE_BROKEN, BAD_INPUT, DEFECT, INTERRUPTED = 0, 1, 2, 70, 130

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


def ended(app: typer.Typer, arguments: Sequence[str] | None) -> int:
    """Run ``app`` and return its exit code; what is wrong with the input goes to stderr."""
    command = get_command(app)
    in_language(command, _lang(arguments))
    if blank := _blank(sys.argv[1:] if arguments is None else arguments):
        show(blank, _lang(arguments))
        return BAD_INPUT
    try:
        code = command(arguments, prog_name="patithin", standalone_mode=False)
    except InvalidInput as error:
        show(error.faults, _lang(arguments))
        return BAD_INPUT
    except typer.TyperException as error:
        from api.cli.usage import usage

        show([usage(error)], _lang(arguments))
        return BAD_INPUT
    except Exception as error:
        if isinstance(error, OSError) and error.filename is not None:
            show([_unreadable(error)], _lang(arguments))
            return BAD_INPUT
        if isinstance(error, ModuleNotFoundError) and (fault := _missing(error)):
            show([fault], _lang(arguments))
            return BAD_INPUT
        import traceback

        traceback.print_exc()
        thai = "นี่คือข้อบกพร่องของ patithin ไม่ใช่ของข้อมูล โปรดแจ้งข้อความข้างบน"
        english = "This is a defect of patithin, not of your input. Please report the lines above."
        typer.echo(thai if _lang(arguments) == "th" else english, err=True)
        return DEFECT
    return code if isinstance(code, int) else DONE


def leave(code: int) -> None:
    """End the process with ``code``, at once where a solve that was given up still works in its thread."""
    from api.cli.watching import given_up

    if given_up():
        leave_at_once(code)
    sys.exit(code)


def leave_at_once(code: int) -> NoReturn:
    """End the process with ``code`` without taking down what it has loaded."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _blank(given: Sequence[str]) -> list[Fault]:
    """A fault for each word that is empty: as a path it would be the folder where one is."""
    faults = []
    for at, word in enumerate(given):
        option = word.removesuffix("=") if word.startswith("--") and word.endswith("=") else None
        if not word.strip() and at > 0 and given[at - 1].startswith("-"):
            option = given[at - 1]
        if option is not None or not word.strip():
            cause = both("It is empty.", "ว่างเปล่า")
            remedy = both("Give it a value, or leave it out.", "ใส่ค่า หรือไม่ต้องระบุ")
            faults.append(Fault("command-usage", " ".join(filter(None, ["patithin", option])), cause, remedy))
    return faults


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


def show(faults: Sequence[Fault], lang: str = "en") -> None:
    """List ``faults`` on stderr: where, cause and remedy of each, with its code."""
    _list(faults, lang, ("ข้อมูลผิด", "wrong with the input"), "bold red")


def told(warnings: Sequence[Fault], lang: str = "en") -> None:
    """List on stderr what is doubtful and hinders nothing; then, a line each, what was read as meant."""
    read = [one for one in warnings if one.code == "value-understood"]
    doubtful = [one for one in warnings if one.code != "value-understood"]
    if doubtful:
        _list(doubtful, lang, ("ข้อควรตรวจ", "doubtful"), "bold yellow")
    if read:
        number = len(read)
        english = f"{number} cells were read as the one thing that they can mean:"
        english = "1 cell was read as the one thing that it can mean:" if number == 1 else english
        _list_read(read, lang, f"อ่านตามความหมายเดียวที่เป็นไปได้ {number} ช่อง:" if lang == "th" else english)


def _list_read(faults: Sequence[Fault], lang: str, title: str) -> None:
    """A line for each cell that was read as something."""
    from rich.text import Text

    from api.cli.screen import stderr
    from models.fields import readable

    screen = stderr()
    screen.print(Text(title, style="bold yellow"), soft_wrap=True)
    for fault in (one.in_language(lang) for one in gathered(faults)):
        line = Text.assemble((f"  {readable(fault.where)}", "bold"), f": {readable(fault.cause)}")
        screen.print(line, soft_wrap=True)


def _count(places: int, things: int, lang: str, words: tuple[str, str]) -> str:
    """What is listed, with how many things that is, and at how many places where one thing stands at several."""
    if lang == "th":
        return f"{words[0]} {places} แห่ง:" if things == places else f"{words[0]} {things} เรื่อง รวม {places} แห่ง:"
    number = "1 thing is" if things == 1 else f"{things} things are"
    return f"{number} {words[1]}:" if things == places else f"{number} {words[1]}, at {places} places:"


def _list(faults: Sequence[Fault], lang: str, words: tuple[str, str], style: str) -> None:
    from rich.text import Text

    from api.cli.screen import stderr
    from models.fields import readable  # pydantic is slow to load, and most commands have nothing to list

    screen = stderr()
    listed = gathered(faults)
    screen.print(Text(_count(len(faults), len(listed), lang, words), style=style), soft_wrap=True)
    for fault in (one.in_language(lang) for one in listed):
        where, cause, remedy = map(readable, (_place(fault.where, lang), fault.cause, fault.remedy))
        screen.print(Text.assemble((f"\n  {where}", "bold"), (f"  [{fault.code}]", "dim")), soft_wrap=True)
        screen.print(Text(f"    {cause}"), soft_wrap=True)
        screen.print(Text(f"    {remedy}", style="green"), soft_wrap=True)


def _place(where: str, lang: str) -> str:
    """Where something is wrong; the word that stands for an argument as the help shows it: ``VISIT``."""
    if lang == "en" or not (where.isascii() and where.isalpha() and where.isupper()):
        return where
    from api.language.helptexts import form

    return form(where)


@overload
def all_of(one: Callable[[], A], two: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def all_of(one: Callable[[], A], two: Callable[[], B], three: Callable[[], C], /) -> tuple[A, B, C]: ...
@overload
def all_of(*readers: Callable[[], A]) -> tuple[A, ...]: ...
def all_of(*readers: Callable[[], object]) -> tuple[object, ...]:
    """What each of ``readers`` returns. The faults of one do not hide those of the others.

    Raises:
        InvalidInput: with the faults of all readers.
    """
    results: list[object] = []
    faults: list[Fault] = []
    for reader in readers:
        try:
            results.append(reader())
        except InvalidInput as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidInput(dict.fromkeys(faults))  # what several stumbled over is told once
    return tuple(results)


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


def _unreadable(error: OSError) -> Fault:
    """What the system refuses for a path that was given: too long a name, no permission, links in a circle."""
    cause = both("{told}.", "เปิดไม่ได้: {told}", told=refusal_of(error))
    return Fault("file-unreadable", str(error.filename), cause, said("Check the path."))
