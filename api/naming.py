"""Names where ids are asked for: an id, a name in either language, or a part of one where only one has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from api.language.names import Names
from api.language.wording import Wording
from api.together import each_of
from models.faults import Fault, InvalidInput
from models.gazetteer import without_kind
from models.likeness import perhaps
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from models.saying import LANGUAGES, Said, both
from models.thaitext import key

#: letters that a part within a name has at least
PART: Final = 3
#: at most so many of those that a part fits are listed
LISTED: Final = 6
#: what each kind is called in Thai
THAI: Final = {
    "officer": "นักส่งเสริม", "cooperative": "สหกรณ์", "office": "สำนักงาน", "partner": "หน่วยงานสนับสนุน",
    "topic": "ด้าน", "visit": "การเข้าส่งเสริม", "car": "รถ", "tour": "เที่ยว",
    "issue": "ประเด็น",
}  # fmt: skip
_NUMBERED = re.compile(r"(.+?)[\s#/-]+(\d{1,3})")


class Lookup:
    """Finds things of one problem by what people call them; ``office`` has names, ``plan`` has tours."""

    def __init__(self, problem: Problem, office: Office | None, plan: Plan | None = None) -> None:
        self._problem = problem
        self._names: dict[str, dict[str, list[str]]] = {
            "officer": {each.id: [each.name or ""] for each in problem.officers},
            "cooperative": {each.id: [each.name or ""] for each in problem.cooperatives},
            "office": {each.id: [] for each in problem.offices},
            "partner": {each.id: [] for each in problem.partners or ()},
            "topic": {topic: [] for topic in problem.topics},
            "visit": {each.id: [] for each in problem.visits},
            "car": {each.id: [] for one in problem.offices for each in one.named},
            "tour": {each.id: [] for each in (plan.tours if plan else ())},
            "issue": {issue: [] for each in problem.visits for issue in each.issues or ()},
        }
        rows = (
            ("officer", office.officers), ("cooperative", office.cooperatives), ("office", office.depots),
            ("partner", office.agencies), ("topic", office.topics),
        ) if office else ()  # fmt: skip
        for kind, named in rows:
            for row in named:
                if row.id in self._names[kind]:
                    self._names[kind][row.id] += [row.name_th, row.name_en]
        for car in office.cars if office else ():
            if car.id in self._names["car"]:
                self._names["car"][car.id] += [car.name_th, car.name_en, car.plate]
        for lang in LANGUAGES:
            named_as = Names(problem, office, Wording(lang))
            for id_, names in self._names["officer"].items():
                names.append(named_as.short_officer(id_))  # as calendars and boards call them
        for issue in office.issues if office else ():
            if issue.id in self._names["issue"]:
                self._names["issue"][issue.id] += [issue.title_th, issue.title_en]

    def find(self, kind: str, text: str, where: str) -> str:
        """The id of what ``text`` names.

        Raises:
            InvalidInput: nothing is called so, or several are.
        """
        known = self._names[kind]
        if text in known:
            return text
        wanted = key(text)
        found = self._called(kind, known, wanted) if wanted else []
        if kind == "visit" and not found:
            found = list(self._numbered(text, where)) or self._of_cooperative(text, where)
        if len(found) == 1:
            return found[0]
        raise InvalidInput(
            [_ambiguous(kind, text, found, known, where) if found else _unknown(kind, text, known, where)]
        )

    def several(self, kind: str, texts: Iterable[str], where: str) -> tuple[str, ...]:
        """The ids of what each text names.

        Raises:
            InvalidInput: with the fault of each that names nothing, or several.
        """
        return tuple(each_of(lambda text: self.find(kind, text, where), texts))

    def _called(self, kind: str, known: Mapping[str, list[str]], wanted: str) -> list[str]:
        """Those that are called exactly so; else those that an id or a name of theirs, or its last words, begin so.

        Else those in whose name it stands: Thai puts titles and kinds before a name without a space.
        """
        exact = [id_ for id_, names in known.items() if wanted in (key(name) for name in (id_, *names))]
        found = exact or [id_ for id_, names in known.items() if _begins(wanted, id_, names)]
        if not found and len(wanted) >= PART:
            found = [id_ for id_, names in known.items() if any(_stands_in(wanted, key(name)) for name in names)]
        return found

    def _numbered(self, text: str, where: str) -> Iterator[str]:
        """The visit that is so-and-so many of a cooperative's: ``สหกรณ์ตัวอย่าง 13 2`` is the second one."""
        match = _NUMBERED.fullmatch(text.strip())
        if match is None:
            return
        try:
            own = self._of_cooperative(match[1], where)
        except InvalidInput:
            return
        if 1 <= int(match[2]) <= len(own):
            yield own[int(match[2]) - 1]

    def _of_cooperative(self, text: str, where: str) -> list[str]:
        """The visits of the cooperative that ``text`` names; none where it names none.

        Raises:
            InvalidInput: it names several.
        """
        try:
            cooperative = self.find("cooperative", text, where)
        except InvalidInput as error:
            if any(fault.code == "name-ambiguous" for fault in error.faults):
                raise
            return []
        return [visit.id for visit in self._problem.visits_of[cooperative]]


class AsWritten(Lookup):
    """Takes every name for an id: for looking at how things are written where what they name is not known."""

    def __init__(self) -> None:
        pass

    def find(self, kind: str, text: str, where: str) -> str:
        """The text itself."""
        return text


class Gathering(Lookup):
    """Looks names up in another lookup and keeps what is wrong with them in ``faults``: none hides the others."""

    def __init__(self, names: Lookup) -> None:
        self.faults: list[Fault] = []
        self._within = names

    def find(self, kind: str, text: str, where: str) -> str:
        """The id of what ``text`` names; the text itself where it names nothing, or several."""
        try:
            return self._within.find(kind, text, where)
        except InvalidInput as error:
            self.faults += error.faults
            return text


def readable(read: Callable[[], Lookup]) -> Lookup:
    """What ``read`` makes; names as they are written where it cannot, for reasons that are told elsewhere."""
    try:
        return read()
    except InvalidInput:
        return AsWritten()


def _begins(wanted: str, id_: str, names: Iterable[str]) -> bool:
    """Whether the id, a name, or what follows a space in it begins with what is wanted."""
    if key(id_).startswith(wanted):
        return True
    for name in names:
        words = name.split()
        rests = (("".join(words[at:]), without_kind(words[at]) + "".join(words[at + 1 :])) for at in range(len(words)))
        if any(_at(wanted, key(each), 0) for rest in rests for each in rest):  # อ.นามน is found by นามน
            return True
    return False


def _stands_in(wanted: str, name: str) -> bool:
    return any(_at(wanted, name, at) for at in range(len(name) - len(wanted) + 1))


def _at(wanted: str, name: str, at: int) -> bool:
    """Whether ``wanted`` stands at this place of ``name``, and no number there goes on: 4 is no part of 40."""
    end = at + len(wanted)
    if not name.startswith(wanted, at):
        return False
    begun = at > 0 and name[at - 1].isdigit() and wanted[0].isdigit()
    return not begun and not (end < len(name) and name[end].isdigit() and wanted[-1].isdigit())


def _unknown(kind: str, text: str, known: Mapping[str, list[str]], where: str) -> Fault:
    remedy = both(
        f"Name one of the {kind}s by id, by name, or by a part of it that fits one alone.",
        f"ระบุ{THAI[kind]}ด้วยรหัส ชื่อ หรือคำในชื่อที่ตรงกับรายการเดียว",
    )
    words = [word for id_, names in known.items() for word in (id_, *filter(None, names))]
    cause = both(f"There is no {kind} {text!r}.", f"ไม่มี{THAI[kind]} {text!r}")
    stem = text.rpartition("-")[0]
    own = [id_ for id_ in known if kind == "visit" and stem and id_.startswith(f"{stem}-")]
    if own:  # a number that its cooperative does not have
        return Fault("id-unknown", where, cause, perhaps(remedy, stem, own))
    return Fault("id-unknown", where, cause, perhaps(remedy, text, words))


def _ambiguous(kind: str, text: str, found: list[str], known: Mapping[str, list[str]], where: str) -> Fault:
    said = [" ".join(part for part in (id_, next(filter(None, known[id_]), "")) if part) for id_ in found[:LISTED]]
    more = ", ..." if len(found) > LISTED else ""
    listed = ", ".join(said) + more
    return Fault(
        "name-ambiguous",
        where,
        Said(f"{text!r} fits several {kind}s: {listed}.", None, f"{text!r} ตรงกับ{THAI[kind]}หลายรายการ: {listed}"),
        Said("Write more of the name, or the id.", None, "เขียนชื่อให้ยาวขึ้น หรือใช้รหัส"),
    )
