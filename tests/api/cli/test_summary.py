"""What the summary tells a planner, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType
from support.builders import line, on, plan, problem, tour, visit

from api.cli.summary import LISTED, costs, gap, summary
from api.exports.calendar import Calendar
from api.language.terminal import WORDS
from models.office import Office
from models.plan import Cost, Plan
from models.problem import Problem


def shown(what: RenderableType) -> str:
    console = Console(width=120)
    with console.capture() as capture:
        console.print(what)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def of(made: Plan, stated: Problem, lang: str = "en", office: Office | None = None) -> str:
    return shown(summary(Calendar(made, stated, office, lang), []))


def an_office(**changes: Any) -> Office:
    base = {
        "name_th": "สำนักงานตัวอย่าง", "name_en": "Sample office", "depots": (), "cooperatives": (), "officers": (),
        "issues": (), "topics": (),
    }  # fmt: skip
    return Office.model_validate(base | changes)


def test_figures_of_a_plan_that_leaves_one_visit_out(tiny: Problem, tiny_plan: Plan) -> None:
    said = of(tiny_plan, tiny)
    for part in ("tiny · 1–3 Aug 2012 (3 workdays)", "Visits planned", "1 of 2", "Visits left out", "1 on 1 day\n",
                 "1 by 1 officer\n", "c2-1 c2: left out."):  # fmt: skip
        assert part in said
    assert "Kilometres driven            20\n" in said
    assert "estimated" not in said
    assert "llustrative" not in said


def test_the_cost_is_told_part_by_part(tiny: Problem, tiny_plan: Plan) -> None:
    rows = [row.split() for row in shown(costs(Calendar(tiny_plan, tiny, None, "en"))).splitlines() if row]
    assert ["Distance", "driven", "20", "km", "1", "20", "16.7", "%"] in rows
    assert ["Officer", "days", "1", "officer", "days", "100", "100", "83.3", "%"] in rows
    assert ["Paid", "120"] in rows
    assert ["Left", "out", "1", "sum", "of", "priorities", "1,000", "1,000", "100.0", "%"] in rows
    assert ["Weighed", "(not", "spent)", "1,000"] in rows
    assert rows[-1] == ["Paid", "and", "weighed", "together", "1,120"]
    assert not any("Lateness" in row for row in rows)  # nothing is late


def test_what_is_shown_together_is_the_sum_of_what_is_shown(tiny: Problem, tiny_plan: Plan) -> None:
    cost = Cost.of(km=20.4, officer_days=100.0, unplanned=1000.4)  # 1120.8 in all
    rows = [
        row.split()
        for row in shown(costs(Calendar(tiny_plan.model_copy(update={"cost": cost}), tiny, None, "en"))).splitlines()
    ]
    assert [row[-1] for row in rows if row and row[0] in ("Paid", "Weighed")] == ["120", "1,000", "1,120"]


def test_hours_above_the_fair_share_are_summed_over_those_who_have_too_many(tiny: Problem) -> None:
    long = plan(tiny, tour(tiny, on(1), "a", ["c1-1"], back="12:30"))
    assert "2.0 of 1 officer\n" in of(long, tiny)
    assert "0.0 of 0 officers" in of(plan(tiny, tour(tiny, on(1), "a", ["c1-1"])), tiny)


def test_late_visits_are_listed_with_their_days() -> None:
    p = problem(visits=[visit("c1-1", due=on(1)), visit("c2-1")])
    said = of(plan(p, tour(p, on(2), "a", ["c1-1", "c2-1"])), p)
    assert "c1-1 c1: Thu 2 Aug, 1 workday late" in said


def test_of_many_visits_left_out_the_most_urgent_are_listed_and_the_rest_counted() -> None:
    number = LISTED + 3
    coops = [{"id": f"c{i}", "location": 0} for i in range(number)]
    p = problem(cooperatives=coops, visits=[visit(f"c{i}-1", priority=1 + (i == 12)) for i in range(number)],
                travel=line(0))  # fmt: skip
    said = of(plan(p), p)
    assert "c12-1" in said
    assert said.count("left out.") == LISTED
    assert "and 3 more" in said


def test_marks_stand_beside_what_they_mark(tiny: Problem, tiny_plan: Plan) -> None:
    said = of(tiny_plan, tiny, office=an_office(illustrative=True, travel_estimated=True))
    assert "Sample office · 1–3 Aug 2012 (3 workdays) · Illustrative data" in said
    assert "20 (estimated)" in said
    assert "the cooperatives and officers in this document are made up" in said
    measured = of(tiny_plan, tiny, office=an_office(illustrative=False, travel_estimated=False))
    assert "llustrative" not in measured
    assert "estimated" not in measured


def test_thai_says_buddhist_years_and_thai_words(tiny: Problem, tiny_plan: Plan) -> None:
    said = of(tiny_plan, tiny, "th", an_office(illustrative=True))
    for part in ("สำนักงานตัวอย่าง", "2555", "จัดการเข้าส่งเสริมได้", "1 จาก 2 ครั้ง", "ข้อมูลตัวอย่าง", "จ่ายจริง"):
        assert part in said
    assert "2012" not in said


@pytest.mark.parametrize(
    ("status", "bound", "told"),
    [
        ("optimal", 1120.0, "Proven optimal: no plan costs less."),
        ("feasible", None, "How far this plan is from the best one is not known yet"),
        (
            "feasible",
            1008.0,
            "At most 10 of 100 baht could still be saved (112 baht): no plan costs less than 1,008",
        ),
        ("cancelled", 500.0, "is not known yet"),
    ],
)
def test_the_gap_in_words(tiny: Problem, tiny_plan: Plan, status: str, bound: float | None, told: str) -> None:
    made = tiny_plan.model_copy(update={"status": status, "lower_bound": bound})
    assert told in shown(gap(Calendar(made, tiny, None, "en")))


def test_files_of_folders_are_counted(tiny: Problem, tiny_plan: Plan) -> None:
    files = [Path("out/plan.json"), *(Path(f"out/feeds/{name}.ics") for name in "abc")]
    said = shown(summary(Calendar(tiny_plan, tiny, None, "en"), files))
    assert "out/plan.json" in said
    assert "out/feeds (3 files)" in said
    assert "a.ics" not in said


def test_a_problem_without_days_or_visits_has_a_summary_too() -> None:
    empty = problem(workdays=[], visits=[])
    assert "0 of 0" in of(plan(empty), empty)


def test_every_sentence_has_the_same_fields_in_both_languages() -> None:
    import string

    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert all(fields(th) == fields(en) for th, en in WORDS.values())
