"""The page: well made, self-contained, in the language asked for, with everything in it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re

import pytest
from support.builders import cooperative, days, line, on, plan, problem, tour, visit

from api.exports import page
from api.exports.board import months
from api.exports.calendar import Calendar
from models.plan import Plan

from .conftest import FORMULA, SCRIPT, Sample
from .pages import Element, Page, loads_nothing


def made(sample: Sample, lang: str = "en") -> Page:
    return Page(page(sample.plan, sample.problem, sample.office, lang))


def edition(found: Page, lang: str) -> Element:
    (element,) = [e for e in found.all("div", "edition") if e.attributes["lang"] == lang]
    return element


@pytest.mark.parametrize("lang", ["th", "en"])
def test_it_is_well_nested_and_asks_nobody_for_anything(sample: Sample, lang: str) -> None:
    found = made(sample, lang)
    assert found.faults == []
    assert found.declarations == ["doctype html"]
    assert loads_nothing(found)


def test_its_policy_allows_its_own_script_and_nothing_else(sample: Sample) -> None:
    found = made(sample)
    (script,) = found.all("script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    (policy,) = [e.attributes["content"] for e in found.all("meta") if "http-equiv" in e.attributes]
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert not [e for e in found.elements if any(name.startswith("on") or name == "style" for name in e.attributes)]


def test_names_are_text_and_never_markup(sample: Sample) -> None:
    found = made(sample)
    assert len(found.all("script")) == 1
    assert SCRIPT in edition(found, "en").text
    assert FORMULA in edition(found, "en").text
    assert "District <A>" in edition(found, "en").text
    assert SCRIPT not in found.source


def test_whose_map_it_is_is_told_in_both_languages(sample: Sample) -> None:
    found = made(sample)
    assert "คนวาด & ลูก" in edition(found, "th").text and "Somebody" not in edition(found, "th").text
    assert "Somebody & Sons" in edition(found, "en").text


@pytest.mark.parametrize(("lang", "other"), [("th", "en"), ("en", "th")])
def test_it_opens_in_the_language_asked_for_and_has_the_other(sample: Sample, lang: str, other: str) -> None:
    found = made(sample, lang)
    assert found.all("html")[0].attributes["lang"] == lang
    assert "hidden" not in edition(found, lang).attributes
    assert "hidden" in edition(found, other).attributes
    pressed = [e.attributes["data-lang"] for e in found.all("button") if e.attributes.get("aria-pressed") == "true"]
    assert pressed[0] == lang
    assert found.all("title")[0].text == edition(found, lang).attributes["data-title"]


def test_thai_has_buddhist_years_and_english_has_not(sample: Sample) -> None:
    found = made(sample)
    thai, english = edition(found, "th").text, edition(found, "en").text
    assert "1–15 ส.ค. 2555" in thai
    assert not re.search(r"ส\.ค\. 2012|สิงหาคม 2012", thai)
    assert "August 2012" in english
    assert "2555" not in english


def test_every_planned_visit_and_every_reason_is_there(sample: Sample) -> None:
    found = made(sample)
    listed = [e for e in found.all("tbody") if e.attributes.get("data-k", "").startswith("c")]
    assert len(listed) == 2 * len(sample.problem.cooperatives)
    english = edition(found, "en").text
    for words in (
        "Mon 6 Aug",
        "08:40–09:40",
        "no officer of Provincial hall has topic z",
        "No officer free",
        "1 workday late",
    ):
        assert words in english
    thai = edition(found, "th").text
    assert "ไม่มีนักส่งเสริมว่าง" in thai
    assert "ศาลากลาง ไม่มีนักส่งเสริมด้าน z" in thai


def test_headings_run_in_order_and_tables_have_heads(sample: Sample) -> None:
    found = made(sample)
    levels = [int(e.tag[1]) for e in found.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 2, "one for each language"
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(found.all("table")) == len(found.all("thead"))
    assert all("scope" in e.attributes for e in found.all("th"))
    pictures = [e for e in found.all("svg") if e.attributes.get("aria-hidden") != "true"]
    assert pictures
    assert all(e.attributes["role"] == "img" and e.attributes["aria-label"] for e in pictures)


def test_ids_are_unique_and_links_lead_somewhere(sample: Sample) -> None:
    found = made(sample)
    ids = [e.attributes["id"] for e in found.elements if "id" in e.attributes]
    assert len(set(ids)) == len(ids)
    links = {e.attributes["href"][1:] for e in (*found.all("a"), *found.all("use"))}
    assert links <= set(ids)
    assert len(found.all("a")) == 16


def test_every_part_is_marked_as_illustrative(sample: Sample) -> None:
    found = made(sample)
    assert all("Illustrative data" in e.text or "ข้อมูลตัวอย่าง" in e.text for e in found.all("h2"))
    assert len(found.all("p", "banner")) == 2
    assert all("are estimated" in e.text or "ประมาณการ" in e.text for e in found.all("p", "banner"))
    assert "Estimated distances · ระยะทางประมาณการ" in found.all("style")[0].text


def test_without_an_office_it_has_ids_and_no_map_and_no_marks(bare: Sample) -> None:
    found = made(bare)
    assert found.faults == []
    english = edition(found, "en").text
    assert "there is no map" in english
    assert "Illustrative" not in english
    assert "estimated" not in english
    assert "c/ค" in english


def test_the_filter_knows_every_officer_cooperative_and_district(sample: Sample) -> None:
    found = made(sample)
    options = [e.attributes["value"] for e in found.all("option")]
    assert options[: len(options) // 2] == [
        "", "o0", "o1", "o2", "o3", "d0", "d1", "c0", "c1", "c2", "c3", "c4",
    ]  # fmt: skip
    known = set(options)
    marked = [e.attributes["data-k"].split() for e in found.elements if "data-k" in e.attributes]
    assert marked
    assert all(set(keys) <= known for keys in marked)
    tours = [e.attributes["data-k"] for e in found.all("div", "tour")]
    assert tours[:3] == ["o0 o1 c0 d0 c1", "o2 c2 d1", "o0 c0 d0"]


def test_the_map_draws_districts_cooperatives_and_tours(sample: Sample) -> None:
    found = made(sample)
    assert len(found.all("svg", "chart")) == 2
    assert [e.text for e in found.all("text") if e.parents[-1] == "g" and "District" in e.text] == ["District <A>"]
    lines = [e for e in found.all("polyline") if e.attributes["class"] in ("dir-e", "dir-w")]
    # each tour once on the map and once on its week's, in two languages
    assert len(lines) == 3 * 2 * 2
    assert len(found.all("circle")) == 2 * len(sample.problem.cooperatives)


@pytest.mark.parametrize(
    "broken",
    [
        {}, {"features": None}, {"features": [1, {}, {"geometry": 3}, {"geometry": {"type": ["Polygon"]}}]},
        {"features": [{"geometry": {"type": "Polygon", "coordinates": [[[0, "x"], [1, 1], [2, 2], [0, 0]]]}}]},
        {"features": [{"geometry": {"type": "MultiPolygon", "coordinates": [3, [], [[[1, 2]]]]}, "properties": 4}]},
        {"features": [{"geometry": {"type": "Polygon", "coordinates": [[[0, 999], [1, 1], [2, 2], [0, 0]]]}}]},
        {"features": [{"geometry": {"type": "Polygon", "coordinates": [[[1, 1]] * 4]}, "properties": {"name_th": 5}}]},
    ],
)  # fmt: skip
def test_a_map_that_is_none_is_left_out(sample: Sample, broken: dict[str, object]) -> None:
    assert sample.office is not None
    office = sample.office.model_copy(update={"map": broken})
    found = made(Sample(sample.plan, sample.problem, office))
    assert found.faults == []
    assert len(found.all("circle")) == 2 * len(sample.problem.cooperatives)


def test_the_parts_of_the_cost_fill_their_bar(sample: Sample) -> None:
    found = made(sample)
    parts = [e for e in found.all("rect") if e.attributes.get("class", "").startswith("part-")]
    widths = [float(e.attributes["width"]) for e in parts[: len(parts) // 2]]
    assert sum(widths) == pytest.approx(2000, abs=1)  # one bar for what is paid, one for what is weighed


def test_the_table_of_costs_adds_up_as_it_is_read(sample: Sample) -> None:
    cost = sample.plan.cost
    parts = cost.model_copy(update={"km": cost.km + 0.36, "overload": 17.3})
    plan = sample.plan.model_copy(update={"cost": parts, "lower_bound": round(cost.total) - 10.3})
    text = page(plan, sample.problem, sample.office, "en")
    table = text[text.index('<table class="costs') :].partition("</table>")[0]
    rows = [row for row in table.split("<tr")[1:] if "money" in row][:-1]  # the gap is no money
    read = [float(row.partition('money">')[2].partition("<")[0].replace(",", "")) for row in rows]
    kinds = ["total" in row.partition(">")[0] for row in rows]
    paid, weighed = (number for number, kind in enumerate(kinds) if kind)
    assert sum(read[:paid]) == read[paid]
    assert sum(read[paid + 1 : weighed]) == read[weighed]
    assert read[weighed + 1] == read[paid] + read[weighed]
    assert all(number == round(number) for number in read)
    assert plan.lower_bound is not None
    assert read[weighed + 2] == round(plan.lower_bound)  # as the sentence below the table rounds it


def test_a_plan_of_nothing_makes_a_page() -> None:
    of = problem(workdays=[], visits=[], cooperatives=[], officers=[])
    found = made(Sample(Plan(), of, None))
    assert found.faults == []


def test_the_last_month_that_there_is_has_a_page() -> None:
    last = [dt.date(9999, 12, day) for day in (30, 31)]
    of = problem(workdays=last)
    text = page(plan(of, tour(of, last[1], "a", ["c1-1"])), of, None, "en")
    assert Page(text).faults == []


def test_weekends_are_shown_only_where_they_are_worked() -> None:
    def shown(*numbers: int) -> tuple[int, ...]:
        of = problem(workdays=days(*numbers))
        return months(Calendar(plan(of), of, None, "th"))[0].weekdays

    assert shown(1, 2, 6) == (0, 1, 2, 3, 4)
    assert shown(1, 4) == (0, 1, 2, 3, 4, 5)


def test_a_fuller_month_is_printed_smaller() -> None:
    def density(tours: int) -> str:
        numbers = range(1, tours + 1)
        of = problem(
            workdays=days(6, 13, 20), officers=[{"id": f"o{n}", "office": "kk", "topics": []} for n in numbers],
            cooperatives=[cooperative(f"c{n}", 1) for n in numbers], travel=line(0, 1),
            visits=[visit(f"c{n}-{k}", minutes=1) for n in numbers for k in (1, 2, 3)],
        )  # fmt: skip
        made = plan(
            of, *(tour(of, on(d), [f"o{n}"], [f"c{n}-{k}"]) for n in numbers for k, d in ((1, 6), (2, 13), (3, 20)))
        )
        return months(Calendar(made, of, None, "th"))[0].density

    assert [density(tours) for tours in (1, 5, 7, 9, 20)] == ["airy", "roomy", "snug", "close", "tight"]
