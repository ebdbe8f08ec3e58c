"""The benchmark's page, its JSON and its picture."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from api.benching.measuring import Point, Trial
from api.benching.pictures import svg
from api.benching.tables import Protocol, as_json, gap_percent, markdown, percent

MADE = Protocol(60.0, (1, 2), "default parameters", "0.1.0", "9.15", "3.11.2", "Linux x86_64", 2)
TRACE = (Point(0.5, 140.0, None), Point(5.0, 100.0, 80.0), Point(60.0, 100.0, 90.0))
RUNS = (
    Trial("pvrp-p01", 1, cost=1050.0, bound=945.0, status="feasible", planned=9, visits=9, seconds=60.0, memory=250.4,
        cores=1.96, trace=TRACE, best_known=1000.0),
    Trial("pvrp-p01", 2, cost=1010.0, bound=None, planned=9, visits=9, trace=TRACE, best_known=1000.0),
    Trial("office-1", 1, cost=100.0, bound=90.0, planned=8, visits=9, trace=TRACE, broken=("rule 2, tour t: late",)),
    Trial("office-2", 1, failure="[field-missing] visits: not there."),
)  # fmt: skip


def test_the_page_has_protocol_classes_runs_broken_rules_and_failures() -> None:
    page = markdown(MADE, RUNS)
    assert "60 s a run, seeds 1, 2, default parameters" in page
    assert "OR-Tools 9.15, Python 3.11.2, Linux x86_64, 2 cores" in page
    assert "| pvrp | 2 | 10.00% | 3.00% | 5.00% |" in page
    assert "| office | 2 | 10.00% | – | – |" in page
    assert "| pvrp-p01 | 1 | 1,050.00 | 945.00 | 10.00% | 1,000.00 | 5.00% | 0.5 | 0.5 | 250 | 2.0 | 9/9 | 0 |" in page
    assert "- office-1, seed 1, rule 2, tour t: late" in page
    assert "- office-2, seed 1 failed: [field-missing]" in page


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    tables = [block.splitlines() for block in markdown(MADE, RUNS).split("\n\n") if block.startswith("|")]
    assert len(tables) == 2
    for table in tables:
        rows = [row for row in table if row.startswith("|")]
        assert len({row.count("|") for row in rows}) == 1


def test_a_share_is_shown_without_a_negative_zero() -> None:
    assert [percent(share) for share in (None, -1e-7, 0.0, -0.0123, 0.5)] == ["–", "0.00%", "0.00%", "-1.23%", "50.00%"]


def test_the_json_holds_all_figures() -> None:
    data = json.loads(as_json(MADE, RUNS))
    assert data["protocol"]["seeds"] == [1, 2]
    assert data["runs"][0]["trace"][1] == [5.0, 100.0, 80.0]
    assert data["runs"][0]["gap"] == 0.1
    assert data["runs"][3]["failure"].startswith("[field-missing]")


def test_the_picture_is_an_svg_that_names_each_instance() -> None:
    page = ElementTree.fromstring(svg(RUNS))
    text = {element.text for element in page.iter() if element.tag.endswith("text")}
    assert page.tag.endswith("svg")
    assert {"pvrp-p01", "office-1", "cost", "bound", "seconds"} <= text
    assert "office-2" not in text


def test_a_gap_is_rounded_up_as_everywhere_else() -> None:
    assert [gap_percent(gap) for gap in (None, 0.0, 0.01231, 0.01239, 0.1)] == [
        "–",
        "0.00%",
        "1.24%",
        "1.24%",
        "10.00%",
    ]
