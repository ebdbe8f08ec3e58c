"""Names where ids are asked for: exact, by name in either language, by a beginning that only one has."""

from __future__ import annotations

import pytest
from support.builders import cooperative, line, officer, problem, visit

from api.naming import Lookup
from models.faults import InvalidInput
from models.office import CarRow, CooperativeRow, DepotRow, IssueRow, Office, OfficerRow, Topic


@pytest.fixture
def lookup() -> Lookup:
    of = problem(
        officers=[officer("o1", "x"), officer("o10"), officer("p2", name="Third")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2), cooperative("c3", 3)],
        visits=[visit("c1-1", issues=["i1"]), visit("c1-2", issues=["i2"]), visit("c2-1")],
        offices=[{"id": "kk", "location": 0, "cars": [{"id": "r1", "seats": 4}]}],
        travel=line(0, 10, -20, 30),
    )

    def coop(id_: str, th: str, en: str) -> CooperativeRow:
        return CooperativeRow(id=id_, name_th=th, name_en=en, kind="agricultural", district_th="", district_en="",
                              subdistrict_th="", subdistrict_en="", lat=16.4, lon=102.8, standard="good")  # fmt: skip

    issue = IssueRow(id="i1", cooperative="c1", topic="x", severity=3, sessions=1, audience="board",
                     title_th="หนี้ค้างปี 2554")  # fmt: skip
    office = Office(
        name_th="สำนักงาน", name_en="Office", issues=(issue,), topics=(Topic(id="x", name_th="หนี้ค้าง", name_en="Debt"),),
        depots=(DepotRow(id="kk", name_th="ศาลากลาง", name_en="Hall", lat=16.4, lon=102.8, cars=2, seats=2),),
        officers=(
            OfficerRow(id="o1", name_th="นายสมชาย ใจดี", name_en="Mr Somchai Jaidee", topics=("x",), depot="kk"),
            OfficerRow(id="o10", name_th="นางสมศรี น้ำใส", name_en="Mrs Somsri Namsai", topics=(), depot="kk"),
        ),
        cooperatives=(
            coop("c1", "สหกรณ์การเกษตรชุมแพ จำกัด", "Chum Phae Cooperative"),
            coop("c2", "สหกรณ์การเกษตรน้ำพอง จำกัด อ.น้ำพอง", "Nam Phong Cooperative"),
        ),
        cars=(CarRow(id="r1", name_th="รถตู้", name_en="Van", plate="กข 1234", seats=4, depot="kk"),),
    )  # fmt: skip
    return Lookup(of, office)


def test_a_number_is_whole_and_short_names_are_those_of_the_board() -> None:
    of = problem(
        officers=[officer(id_) for id_ in ("a", "b", "c")], cooperatives=[cooperative("c1", 1)], visits=[visit("c1-1")],
        travel=line(0, 10),
    )  # fmt: skip
    rows = [
        OfficerRow(id=id_, name_th=f"เจ้าหน้าที่ตัวอย่าง {number}", name_en=f"Officer {number}", topics=(), depot="kk")
        for id_, number in (("a", "04"), ("b", "40"), ("c", "41"))
    ]
    found = Lookup(
        of, Office(name_th="ก", name_en="K", depots=(), topics=(), officers=tuple(rows), cooperatives=(), issues=())
    )
    for text, id_ in (("เจ้าหน้าที่ตัวอย่าง 40", "b"), ("จนท. 40", "b"), ("จนท.04", "a"), ("ตัวอย่าง 41", "c"), ("41", "c")):
        assert found.find("officer", text, "here") == id_
    for text in ("เจ้าหน้าที่ตัวอย่าง 4", "จนท. 4", "ตัวอย่าง 0", "0"):  # 4 is neither 04 nor 40
        with pytest.raises(InvalidInput) as caught:
            found.find("officer", text, "here")
        assert caught.value.faults[0].code == "id-unknown", text


@pytest.mark.parametrize(
    ("kind", "text", "id_"),
    [
        ("officer", "o1", "o1"),
        ("officer", "o10", "o10"),
        ("officer", "นายสมชาย ใจดี", "o1"),
        ("officer", "somsri", "o10"),
        ("officer", "น้ําใส", "o10"),  # sara am written in two marks
        ("officer", "p", "p2"),
        ("officer", "third", "p2"),
        ("cooperative", "nam phong", "c2"),
        ("cooperative", "สหกรณ์การเกษตรชุม", "c1"),
        ("topic", "หนี้", "x"),
        ("visit", "c2", "c2-1"),
        ("visit", "chum phae 2", "c1-2"),
        ("office", "hall", "kk"),
        ("cooperative", "น้ำพอง", "c2"),  # of อ.น้ำพอง
        ("officer", "สมชาย", "o1"),  # within นายสมชาย
        ("cooperative", "ชุมแพ", "c1"),
        ("visit", "ชุมแพ 2", "c1-2"),
        ("visit", "สหกรณ์การเกษตรน้ำพอง จำกัด", "c2-1"),  # its only one
        ("car", "รถตู้", "r1"),
        ("car", "กข", "r1"),
        ("issue", "หนี้ค้างปี 2554", "i1"),
        ("issue", "i2", "i2"),
    ],
)
def test_a_name_or_its_beginning_finds_the_id(lookup: Lookup, kind: str, text: str, id_: str) -> None:
    assert lookup.find(kind, text, "here") == id_


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("officer", "nobody", "id-unknown"),
        ("officer", "", "id-unknown"),
        ("officer", "som", "name-ambiguous"),
        ("cooperative", "สหกรณ์", "name-ambiguous"),
        ("officer", "สม", "id-unknown"),  # within both, and too short to be sought within
        ("cooperative", "การเกษตร", "name-ambiguous"),
        ("visit", "c1", "name-ambiguous"),
        ("visit", "chum phae 3", "id-unknown"),
        ("car", "bus", "id-unknown"),
    ],
)
def test_what_fits_none_or_several_is_said(lookup: Lookup, kind: str, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        lookup.find(kind, text, "here")
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == (code, "here")
    assert fault.in_language("th").cause != fault.cause


def test_the_fault_lists_those_that_fit(lookup: Lookup) -> None:
    with pytest.raises(InvalidInput, match="o1 นายสมชาย ใจดี, o10 นางสมศรี น้ำใส"):
        lookup.find("officer", "som", "here")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("สหกรณ์การเกษตรชุมแพ จำกัด", "'สหกรณ์การเกษตรชุมแพ จำกัด' fits several visits: c1-1, c1-2."),
        ("สหกรณ์การเกษตร", "'สหกรณ์การเกษตร' fits several cooperatives: c1 สหกรณ์การเกษตรชุมแพ จำกัด, "),
    ],
)
def test_a_cooperative_named_for_a_visit_lists_what_is_meant(lookup: Lookup, text: str, cause: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        lookup.find("visit", text, "here")
    (fault,) = caught.value.faults
    assert fault.code == "name-ambiguous" and str(fault.cause).startswith(cause)
