"""The package: what it weighs, its sheets, its shared texts, its number formats and what it strikes through."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from models.intake.xlsx.strikes import Strikes, struck
from models.intake.xlsx.walking import Attributes, walk
from models.saying import Said, said

#: bytes of all parts together once unpacked; the sample's workbook has half a million
LARGEST_UNPACKED = 48_000_000
#: XML tags in all parts together; each takes time when the workbook is read
MOST_TAGS = 3_000_000
#: parts (files) in the package; an office's workbook has some twenty
MOST_PARTS = 500
#: characters of one shared text that are kept; a cell of a spreadsheet holds no more
LONGEST_TEXT = 32_767

#: what files of the old format begin with, and so those that are locked; of these what the locked workbook is called
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_SAVE_AS_XLSX = said("Open it in a spreadsheet and save it as .xlsx, without a password.")
_STRICT = "purl.oclc.org/ooxml"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class UnreadableError(Exception):
    """The file is no workbook that can be read: ``cause`` and ``remedy`` say why, ``code`` is the fault's."""

    def __init__(self, cause: Said, remedy: Said, code: str = "file-unreadable") -> None:
        super().__init__(str(cause))
        self.cause, self.remedy, self.code = cause, remedy, code


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, the part that holds its cells, and whether it is hidden (``very``: by no menu to be seen)."""

    name: str
    part: str
    hidden: bool = False
    very: bool = False


@dataclass(slots=True)
class Package:
    """An opened package. ``codes``: the workbook's own number formats; ``styles``: the format of each cell style.

    ``struck``: whether each cell style strikes through; ``rich``: the same of shared texts that have looks of their
    own, in a cell whose style does not and in one whose style does.
    """

    file: zipfile.ZipFile
    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    struck: list[bool] = field(default_factory=list)
    rich: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    since_1904: bool = False

    def open(self, part: str) -> IO[bytes]:
        """The stream of a part."""
        return self.file.open(part)


def open_package(stream: IO[bytes]) -> Package:
    """The package in ``stream``, weighed and with everything but its cells read.

    Raises:
        UnreadableError: it is no workbook, or not one that can be read.
    """
    head = stream.read(len(_OLD_OR_LOCKED))
    stream.seek(0)
    if head == _OLD_OR_LOCKED:
        locked = _LOCKED in stream.read(LARGEST_UNPACKED)
        cause = said("It is locked with a password.") if locked else said("It is kept in the old format .xls.")
        raise UnreadableError(cause, _SAVE_AS_XLSX)
    try:
        file = zipfile.ZipFile(stream)
        _weigh(file)
        if "mimetype" in file.namelist() and file.read("mimetype").startswith(_OPEN_DOCUMENT):
            raise UnreadableError(said("It is kept in the format OpenDocument (.ods)."), _SAVE_AS_XLSX)
        package = Package(file)
        _read_book(package)
        return package
    except UnreadableError:
        raise
    except Exception as error:  # the readers of zip and XML raise whatever they stumble over in a broken file
        raise damaged() from error


def damaged() -> UnreadableError:
    """The error of a file that is no workbook, or a broken one."""
    return UnreadableError(
        said("It cannot be read as an .xlsx workbook: it is damaged, or another kind of file."), _SAVE_AS_XLSX
    )


def unescaped(text: str) -> str:
    """``text`` without the file format's escapes: ``_x000D_`` is a line break, ``_x005F_`` an underscore."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _weigh(file: zipfile.ZipFile) -> None:
    """Refuse a package whose unpacked parts are more than an office can need: a bomb unpacks to gigabytes."""
    parts = file.infolist()
    if len(parts) > MOST_PARTS:
        raise _too_large(said("It is refused: it has {count} parts.", count=len(parts)))
    size = tags = 0
    for part in parts:
        with file.open(part) as stream:
            while chunk := stream.read(1 << 16):
                size += len(chunk)
                tags += chunk.count(b"<")
                if size > LARGEST_UNPACKED or tags > MOST_TAGS:
                    raise _too_large(
                        said("It is refused: unpacked it has more than {size} MB or {tags} million tags.",
                             size=LARGEST_UNPACKED // 1_000_000, tags=MOST_TAGS // 1_000_000)
                    )  # fmt: skip


def _too_large(cause: Said) -> UnreadableError:
    remedy = said("Keep only the office's own rows and sheets; clear the formats of empty rows and columns.")
    return UnreadableError(cause, remedy, "file-too-large")


def _read_book(package: Package) -> None:
    book = next((to for kind, to in _relations(package, "_rels/.rels", "") if kind == "officeDocument"), None)
    if book is None:
        raise damaged()
    targets = dict(_targets(package, book))
    kinds = dict(_relations(package, _relations_of(book), book))

    def start(name: str, given: Attributes) -> None:
        if name == "workbook" and any(_STRICT in value for value in given.values()):
            raise UnreadableError(
                said("It is saved as Strict Open XML, which is not read here."),
                said("Save it again as Excel Workbook (.xlsx), not as Strict Open XML."),
            )
        if name == "workbookPr":
            package.since_1904 = given.get("date1904", "0") in ("1", "true")
        if name == "sheet":
            id_ = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
            state = given.get("state", "visible")
            if id_ in targets:
                sheet = SheetPart(unescaped(given.get("name", "")), targets[id_], state != "visible",
                                  state == "veryHidden")  # fmt: skip
                if sheet.part not in [other.part for other in package.sheets]:
                    package.sheets.append(sheet)

    with package.open(book) as stream:
        walk(stream, start)
    names = set(package.file.namelist())
    if kinds.get("sharedStrings") in names:
        _read_texts(package, kinds["sharedStrings"])
    if kinds.get("styles") in names:
        _read_styles(package, kinds["styles"])


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _entries(package: Package, part: str, base: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target of each relation in ``part``, targets as names of parts."""
    found: list[tuple[str, str, str]] = []

    def start(name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
            found.append((given.get("Id", ""), given.get("Type", "").rpartition("/")[2], posixpath.normpath(full)))

    with package.open(part) as stream:
        walk(stream, start)
    yield from found


def _relations(package: Package, part: str, base: str) -> Iterator[tuple[str, str]]:
    return ((kind, target) for _, kind, target in _entries(package, part, base))


def _targets(package: Package, book: str) -> Iterator[tuple[str, str]]:
    entries = _entries(package, _relations_of(book), book)
    return ((id_, target) for id_, kind, target in entries if kind == "worksheet")


def _read_texts(package: Package, part: str) -> None:
    """The shared texts; readings of characters (``rPh``) are no part of a text."""
    pieces: list[str] = []
    inside = {"t": 0, "rPh": 0}
    strikes = Strikes()

    def start(name: str, given: Attributes) -> None:
        strikes.start(name, given)
        if name == "si":
            pieces.clear()
            strikes.begin()
        elif name in inside:
            inside[name] += 1

    def end(name: str) -> None:
        strikes.end(name)
        if name == "si":
            if strikes.rich:
                package.rich[len(package.texts)] = strikes.through(False), strikes.through(True)
            package.texts.append(unescaped("".join(pieces)[: LONGEST_TEXT + 1]))
        elif name in inside:
            inside[name] -= 1

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(piece)
            strikes.text(piece)

    with package.open(part) as stream:
        walk(stream, start, end, text)


def _read_styles(package: Package, part: str) -> None:
    inside = {"fonts": False, "cellXfs": False}
    fonts: list[bool] = []

    def start(name: str, given: Attributes) -> None:
        if name == "numFmt":
            package.codes[int(given["numFmtId"])] = given.get("formatCode", "")
        elif name in inside:
            inside[name] = True
        elif name == "font" and inside["fonts"]:
            fonts.append(False)
        elif name == "strike" and inside["fonts"] and fonts:
            fonts[-1] = struck(given)
        elif name == "xf" and inside["cellXfs"]:
            font = int(given.get("fontId", "0"))
            package.styles.append(int(given.get("numFmtId", "0")))
            package.struck.append(0 <= font < len(fonts) and fonts[font])

    def end(name: str) -> None:
        if name in inside:
            inside[name] = False

    with package.open(part) as stream:
        walk(stream, start, end)
