"""What is wrong with a command line, in the planner's language: never a word of the library that parses it."""

from __future__ import annotations

import re
from typing import Any, Final

import typer

from models.faults import Fault
from models.likeness import perhaps
from models.saying import Said, both

#: the library's sentence -> ours. Values in braces are what the groups of the sentence hold
_SENTENCES: Final = (
    (r"No such command '(?P<name>.*?)'\..*", "There is no command {name}.", "ไม่มีคำสั่ง {name}"),
    (r"Missing command\.", "No command is given.", "ไม่ได้ระบุคำสั่ง"),
    (r"No such option: (?P<name>.*)", "There is no option {name}.", "ไม่มีตัวเลือก {name}"),
    (r"Option '(?P<name>.*)' does not take a value\.", "{name} takes no value.", "{name} ไม่รับค่า"),
    (r"Option '(?P<name>.*)' requires an argument\.", "{name} wants a value.", "{name} ต้องมีค่าตามหลัง"),
    (r"Got unexpected extra argument\(s\) \((?P<name>.*)\)", "{name} is one word too many.", "{name} เกินมา"),
)  # fmt: skip
_CHOICES: Final = re.compile(r"'?(?P<value>.*?)'? is not one of (?P<choices>.*)\.")


def usage(error: typer.TyperException) -> Fault:
    """The fault of a command line that cannot be parsed: where, why, and the command's help."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "patithin"
    see = both("See {command} --help.", "ดูวิธีใช้ด้วย {command} --help", command=command)
    param = getattr(error, "param", None)
    if param is not None:
        name = name_of(param)
        cause: Any = error.__cause__
        if not hasattr(cause, "errors"):
            return Fault("command-usage", command, both("{name} is missing.", "ขาด {name}", name=name), see)
        return Fault("command-usage", f"{command}, {name}", *_value(cause.errors()[0], see))
    message = str(getattr(error, "message", error))
    for pattern, english, thai in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            given = match.groupdict()
            return Fault("command-usage", command, both(english, thai, **given), _meant(context, given, see))
    return Fault("command-usage", command, both("{message}", "คำสั่งไม่ถูกต้อง ({message})", message=message), see)


def name_of(param: Any) -> str:
    """An option as it is written, an argument as the help shows it."""
    options = [name for name in param.opts if name.startswith("-")]
    return str(options[0] if options else param.metavar or param.name.upper())


def _value(item: Any, see: Said) -> tuple[Said | str, Said | str]:
    """Cause and remedy of a value that is no value of its option."""
    from models.validation import cause_and_remedy

    match = _CHOICES.fullmatch(str((item.get("ctx") or {}).get("error", "")))
    if match is not None:
        choices = re.findall(r"'(.*?)'", match["choices"])
        cause = both("{value} is none of its values.", "{value} ไม่ใช่ค่าที่เลือกได้", value=match["value"])
        listed = both("Give one of {choices}.", "เลือกหนึ่งอย่าง: {choices}", choices=", ".join(choices))
        return cause, perhaps(listed, match["value"], choices)
    if item["type"] == "value_error":
        return both("It cannot be used (found {found}).", "ใช้ค่านี้ไม่ได้ (พบ {found})", found=repr(item["input"])), see
    return cause_and_remedy(item)[0], see


def _meant(context: Any, given: dict[str, str], see: Said) -> Said:
    """The remedy, with the command or option that was perhaps meant."""
    if context is None or "name" not in given:
        return see
    options = [name for each in context.command.params for name in each.opts]
    commands = getattr(context.command, "commands", ())
    return perhaps(see, given["name"], options if given["name"].startswith("-") else commands)
