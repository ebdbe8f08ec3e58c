"""What rows refer to: things of other tables, by id or by a name that only one of them bears."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from models.intake.tables import Row
from models.intake.values import CellError, Figure, blank, text
from models.thaitext import key

#: titles before names as they are compared: without spaces and full stops
_TITLE: Final = re.compile(
    "^(?:นางสาว|นส|นาย|นาง|(?:ว่าที่)?(?:รต|รท|รอ|พต|พท)(?:หญิง)?|ว่าที่ร้อย(?:ตรี|โท|เอก)|ดร|mister|mr|mrs|miss|ms|dr)"
)
#: what people write between names besides semicolons and commas: marks and words, then a space alone
_BETWEEN: Final = (re.compile(r"\s*[/+&]\s*|\s+(?:และ|กับ|and)\s*"), re.compile(r"\s+"))
#: words that mean all rows of a table, by its name, where several may be named
_ALL: Final = {
    "officers": ("ทุกคน", "ทุกท่าน", "ทุกนาย", "เจ้าหน้าที่ทุกคน", "ทั้งหมด", "everyone", "everybody", "all", "all officers"),
    "topics": ("ทุกด้าน", "ทุกเรื่อง", "ทั้งหมด", "all", "all topics", "every topic"),
}
#: vowels that no name begins with
_WITHIN: Final = frozenset("ะาำๅ")


class Known:
    """The ids of one table, those of faulty rows too (so that they are not missed twice), and its names."""

    def __init__(self, rows: Iterable[Row] = (), *, people: bool = False) -> None:
        self.ids: set[str] = set()
        #: what a name that nobody bears is compared by with those that somebody does: of people without the title
        self.alike_by = untitled if people else key
        #: rows whose name is not filled in: somebody else may name them
        self.nameless = 0
        #: names of rows whose id is not filled in: that alone is at fault
        self._without_id: set[str] = set()
        names: list[tuple[str, str]] = []
        bare: list[tuple[str, str]] = []
        spelt: list[str] = []
        for row in rows:
            id_ = id_of(row)
            if not id_:
                cells = (row.cells.get(each) for each in ("name_th", "name_en", "plate"))
                self._without_id |= {self.alike_by(str(cell)) for cell in cells if not blank(cell)}
            if id_:
                self.ids.add(id_)
                self.nameless += blank(row.cells.get("name_th"))
                cells = (row.cells.get(each) for each in ("name_th", "name_en", "plate"))
                written = [str(cell) for cell in cells if not blank(cell)]
                spelt += written
                names += [(name, id_) for name in {key(each) for each in written}]
                bare += [(name, id_) for name in {untitled(each) for each in written}] if people else []
        #: everything that can be written for one of them, as it stands there
        self.words: tuple[str, ...] = tuple(dict.fromkeys([*sorted(self.ids), *spelt]))
        self._by_name, self._untitled = _bearers(names), _bearers(bare)

    def find(self, written: str) -> str | None:
        """The id that ``written`` means; None where there is none, or several."""
        if written in self.ids:
            return written
        bearers = self.bearers(written)
        return bearers[0] if len(bearers) == 1 else None

    def is_repeated(self, name: str) -> bool:
        """Whether several rows have just this name, title and all."""
        return len(self._by_name.get(key(name), ())) > 1

    def has_no_id(self, name: str) -> bool:
        """Whether a row without an id is called so."""
        return self.alike_by(name) in self._without_id

    def bearers(self, written: str) -> tuple[str, ...]:
        """The ids of all that bear the name ``written``; of people without their titles where nobody has it so."""
        return tuple(self._by_name.get(key(written)) or self._untitled.get(untitled(written)) or ())

    def all_of(self, written: Any) -> tuple[list[str], list[str]]:
        """The ids of one or several values, and the values that mean none."""
        values = (written,) if isinstance(written, str) else tuple(written or ())
        found = [(value, self.find(value)) for value in values]
        return [id_ for _, id_ in found if id_ is not None], [value for value, id_ in found if id_ is None]

    def parted(self, written: str) -> tuple[str, ...]:
        """The names in a text that means none of them whole, but several parted by other than semicolons; none where
        one part is unknown."""
        for between in _BETWEEN:
            names = [name for name in between.split(written) if name]
            if len(names) > 1 and all(self.find(name) is not None for name in names):
                return tuple(names)
        return ()


def means_all(table: str, written: str) -> bool:
    """Whether a word means all rows of a table, where none of them is called so: ``ทุกคน`` of officers."""
    return key(written) in map(key, _ALL.get(table, ()))


def _bearers(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Who bears each name; a row that stands there twice is no second bearer of its name."""
    found: dict[str, list[str]] = {}
    for name, id_ in dict.fromkeys(names):
        found.setdefault(name, []).append(id_)
    return found


def untitled(name: str) -> str:
    """The key of a person's name without the title before it."""
    return _TITLE.sub("", key(name)) or key(name)


def without_title(name: str) -> str:
    """A person's name as it is written, without the title before it."""
    bare = untitled(name)
    at = next(at for at in range(len(name) + 1) if key(name[at:]) == bare)
    rest = name[at:].lstrip(" .")
    return rest if rest[:1].isalpha() and rest[0] not in _WITHIN else name  # นายิกา is no title and ิกา


def id_of(row: Row) -> str:
    """The id of a row; none where it is not filled in, or cannot be read."""
    cell = row.cells.get("id")
    if isinstance(cell, Figure):
        return cell.shown  # at fault itself; what refers to it as it shows is not
    try:
        return "" if blank(cell) else text(cell)
    except CellError:
        return ""
