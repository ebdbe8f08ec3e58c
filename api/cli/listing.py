"""What is wrong with the input of a command, and what is doubtful in it, as lists on stderr that people can read."""

from __future__ import annotations

from collections.abc import Sequence

from models.faults import Fault
from models.gathering import gathered


def list_faults(faults: Sequence[Fault], lang: str = "en") -> None:
    """List ``faults`` on stderr: where, cause and remedy of each, with its code."""
    _list(faults, lang, ("ข้อมูลผิด", "wrong with the input"), "bold red")


def list_doubts(warnings: Sequence[Fault], lang: str = "en") -> None:
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
