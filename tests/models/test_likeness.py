"""What a word that fits nothing may have been meant for."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.tables import folder, tables

from models.faults import Fault, InvalidInput
from models.intake import read_office
from models.likeness import like, perhaps
from models.saying import both

#: a sub-district of the town's district, with a tone mark too many
NOWHERE = {"lat": "", "lon": "", "district_th": "เมืองขอนแก่น", "subdistrict_th": "พระลั่บ"}


def told(path: Path) -> Fault:
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    (fault,) = caught.value.faults
    return fault


def test_a_first_name_is_likened_without_titles(tmp_path: Path) -> None:
    made = tables(officers__0__name_th="นางสาวมาลี แก้วใส", cooperatives__1__current_lead="น.ส.มาลี")
    fault = told(folder(tmp_path / "office", made))
    assert fault.code == "id-unknown" and "หมายถึง นางสาวมาลี แก้วใส หรือไม่" in fault.in_language("th").remedy


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("replna", ["plan", "replan", "diff"], ("replan",)),
        ("สหกรณ์กาฬสิน", ["สหกรณ์กาฬสินธุ์", "สหกรณ์ขอนแก่น"], ("สหกรณ์กาฬสินธุ์",)),
        ("Board Meetings", ["board_meeting"], ("board_meeting",)),  # case, spaces and underscores count nothing
        ("บัญชี", ["หนี้", "บัญชีและงบการเงิน"], ("บัญชีและงบการเงิน",)),
        ("o99", ["o01", "o12"], ()),  # two letters of three are chance
        ("x", [], ()),
    ],
)
def test_the_likest_of_what_is_known(word: str, known: list[str], found: tuple[str, ...]) -> None:
    assert like(word, known) == found


def test_it_stands_before_the_remedy_in_both_languages() -> None:
    remedy = both("See --help.", "ดู --help")
    told = perhaps(remedy, "replna", ["replan"])
    assert told == "Did you mean replan? See --help."
    assert told.in_language("th") == "หมายถึง replan หรือไม่ ดู --help"
    assert perhaps(remedy, "replna", ["bench"]) is remedy


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        ({"issues__0__topic": "acounts"}, "accounts"),
        ({"absences__0__officer": "หนิ่ง"}, "หนึ่ง"),
        ({"issues__0__cooperative": "สหกรณ์หนึง"}, "สหกรณ์หนึ่ง"),
    ],
)
def test_what_a_table_names_wrongly(tmp_path: Path, changed: dict[str, str], meant: str) -> None:
    fault = told(folder(tmp_path / "office", tables(**changed)))
    assert fault.code == "id-unknown"
    assert fault.remedy.startswith("Did you mean ") and meant in fault.remedy
    assert meant in fault.in_language("th").remedy


def test_no_doubt_is_told_of_a_cell_at_fault(tmp_path: Path) -> None:
    path = folder(tmp_path / "office", tables(officers__1__topics="magic"))
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    assert [fault.code for fault in caught.value.faults] == ["id-unknown"]
    assert not [each for each in caught.value.warnings if "topics" in each.where]


def test_headings_settings_files_and_places(tmp_path: Path) -> None:
    changed = {f"cooperatives__0__{key}": value for key, value in NOWHERE.items()}
    path = folder(tmp_path / "office", tables(**changed))
    table = path / "officers.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("topics", "topicz"), encoding="utf-8")
    (path / "absence.csv").write_text("officer,from\n", encoding="utf-8")
    settings = path / "office.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("[prices]", "[prices]\noficer_day_hours = 3"), encoding="utf-8"
    )
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    remedies = {fault.code: fault.remedy for fault in caught.value.faults}
    assert "topics" in remedies["column-unknown"].partition("?")[0]
    assert "absences" in remedies["table-unknown"].partition("?")[0]
    assert "พระลับ" in remedies["place-unknown"].partition("?")[0]
    assert "prices.officer_day" in remedies["field-unknown"].partition("?")[0]


def test_thousands_of_faults_take_seconds(tmp_path: Path) -> None:
    """What may have been meant is offered for the first hundred; the others are told without."""
    path = folder(tmp_path / "office", tables())
    with (path / "issues.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"j{n},c1,acounts{n},2,1,management,\n" for n in range(3000))
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    unknown = [fault for fault in caught.value.faults if fault.code == "id-unknown"]
    offered = [fault for fault in unknown if fault.remedy.startswith("Did you mean")]
    assert len(unknown) > 2000 and 0 < len(offered) <= 100


def test_what_few_words_hold_is_offered() -> None:
    """People write the part of a name that tells: where three have it at most, it says which are meant."""
    known = ["สหกรณ์การเกษตรภูเรือ จำกัด", "สหกรณ์การเกษตรเชียงคาน จำกัด", "สหกรณ์ออมทรัพย์ครูเลย จำกัด", "สหกรณ์การเกษตรเลย จำกัด"]
    assert like("ภูเรือ", known) == (known[0],)
    assert like("จำกัด", known) == ()


def test_thai_digits_count_as_arabic_ones() -> None:
    assert like("น๐๒", ["น01", "น02", "น13"]) == ("น02",)
