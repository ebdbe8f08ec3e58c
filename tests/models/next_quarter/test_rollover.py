"""From quarter to quarter: nothing from nowhere, nothing lost; each line explained, and each can be overruled."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.circle import random_handbook
from support.publishing import little_plan
from support.tables import TOML, folder, tables, workbook_of

from models.evaluation.evaluating import evaluate
from models.faults import InvalidInput
from models.handbook.context import Context
from models.handbook.records import Records
from models.handbook.reports import Handbook, NewIssue, Progress, Report
from models.handbook.simulation import simulate
from models.intake import OfficeBook, read_office
from models.intake.document import read_document
from models.intake.folder import read_folder
from models.intake.reading import read_sources
from models.intake.writing import document_of
from models.next_quarter.changes import read_refused
from models.next_quarter.making import NextQuarter, next_quarter
from models.plan import Plan
from models.template import write_template

FIRST, LAST = dt.date(2012, 11, 1), dt.date(2013, 1, 31)
#: two quarters and two more
QUARTERS = [
    (FIRST, LAST), (dt.date(2013, 2, 1), dt.date(2013, 4, 30)), (dt.date(2013, 5, 1), dt.date(2013, 7, 31)),
]  # fmt: skip


def written(path: Path, made: NextQuarter, refused: frozenset[str] = frozenset()) -> Path:
    path.mkdir()
    for name, text in made.files(refused).items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def rows(path: Path, name: str) -> dict[str, dict[str, str]]:
    with (path / f"{name}.csv").open(encoding="utf-8") as file:
        return {row.get("id") or row["officer"]: row for row in csv.DictReader(file)}


def planned(book: OfficeBook) -> Plan:
    """A plan that leaves nothing out."""
    return next(plan for seed in range(500) if not (plan := little_plan(book.problem, Random(seed))).unplanned)


def reports(book: OfficeBook, plan: Plan, **outcomes: Progress) -> Handbook:
    """Every planned visit held as planned; an issue's outcome is told on the last visit that is for it."""
    context = Context(plan, book.problem, book.office)
    last = {id_: visit.id for visit in context.ordered if visit.id in context.places for id_ in visit.issues or ()}
    found = []
    for id_, place in context.places.items():
        progress = tuple(part for issue, part in outcomes.items() if last.get(issue) == id_)
        found.append(Report(visit=id_, held=True, date=place.date, officers=place.crew, progress=progress))
    return Handbook(reports=tuple(found))


def whys(made: NextQuarter, table: str) -> dict[str, tuple[str, str | None, str | None]]:
    return {f"{one.row}/{one.column}": (one.why, one.before, one.after) for one in made.changes if one.table == table}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """c1 with i1 (accounts, 4, board, due 28 September), c2 with i2 (debt, 2) and i4 (debt, 1 session)."""
    made = tables()
    made["issues"][1] |= {"partner": "", "content_ready": ""}
    made["issues"].append({"id": "i4", "cooperative": "c2", "topic": "debt", "severity": "1", "sessions": "1",
                           "audience": "management", "note": "ของฉัน"})  # fmt: skip
    return folder(tmp_path / "office", made)


def test_solved_issues_go_and_open_ones_stay_with_what_they_need(office: Path, tmp_path: Path) -> None:
    book = read_office(office)
    plan = planned(book)
    handbook = reports(
        book, plan,
        i1=Progress(issue="i1", outcome="worse", sessions=1, needed=3),
        i2=Progress(issue="i2", outcome="solved", sessions=1),
    )  # fmt: skip
    made = next_quarter(office, plan, book.problem, handbook, FIRST, LAST, dt.date(2012, 10, 31))
    assert whys(made, "issues") == {
        "i1/sessions": ("needs", "2", "3"),
        "i1/severity": ("graver_both", "4", "5"),  # 4, and 1 for worse, and 1 for 33 days overdue; 5 is the gravest
        "i2/None": ("solved", "i2", None),
    }
    next_ = written(tmp_path / "next", made)
    found = rows(next_, "issues")
    assert set(found) == {"i1", "i4"}
    assert (found["i1"]["sessions"], found["i1"]["severity"], found["i1"]["due"]) == ("3", "5", "2012-09-28")
    assert found["i4"]["note"] == "ของฉัน"
    again = read_office(next_)
    assert (again.problem.workdays[0], again.problem.workdays[-1]) == (FIRST, LAST)


def test_content_that_was_used_is_ready(office: Path, tmp_path: Path) -> None:
    text = (office / "issues.csv").read_text(encoding="utf-8").splitlines()
    text[0] += ",readiness"
    for number, state in ((1, "draft"), (2, "draft"), (3, "")):
        text[number] += f",{state}"
    (office / "issues.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    book = read_office(office)
    plan = planned(book)
    handbook = reports(book, plan, i1=Progress(issue="i1", outcome="progress", sessions=1, needed=1))
    made = next_quarter(office, plan, book.problem, handbook, FIRST, LAST, dt.date(2012, 9, 1))
    # i1 had a session; i2, a draft too, had none; i4 is not followed
    assert whys(made, "issues")["i1/readiness"] == ("content_used", "draft", "ready")
    assert [key for key in whys(made, "issues") if key.endswith("/readiness")] == ["i1/readiness"]
    assert rows(written(tmp_path / "next", made), "issues")["i1"]["readiness"] == "ready"


def test_new_issues_come_as_they_were_found(office: Path, tmp_path: Path) -> None:
    book = read_office(office)
    plan = planned(book)
    handbook = reports(book, plan)
    new = NewIssue(id="n1", topic="debt", severity=3, sessions=2, audience="management", due=dt.date(2012, 12, 14),
                   title_th="พบใหม่")  # fmt: skip
    first = handbook.reports[0].model_copy(update={"new_issues": (new,)})
    made = next_quarter(
        office, plan, book.problem, handbook.model_copy(update={"reports": (first, *handbook.reports[1:])}), FIRST, LAST
    )
    row = rows(written(tmp_path / "next", made), "issues")["n1"]
    assert (row["topic"], row["severity"], row["sessions"], row["due"], row["title_th"]) == (
        "debt", "3", "2", "2012-12-14", "พบใหม่",
    )  # fmt: skip
    assert row["cooperative"] == book.problem.visit_by_id[first.visit].cooperative


def test_leads_last_visits_and_visits_owed(office: Path, tmp_path: Path) -> None:
    book = read_office(office)
    plan = planned(book).model_copy(update={"leads": {"c1": "o2", "c2": "o1"}})
    handbook = reports(book, plan)
    last = max(tour.date for tour in plan.tours for stop in tour.stops if stop.visit.startswith("c1"))
    not_held = tuple(
        Report(visit=report.visit, held=False, reason="weather") if report.date == last else report
        for report in handbook.reports
    )
    missed = sum(not report.held and report.visit.startswith("c1") for report in not_held)
    assert missed == 1
    made = next_quarter(
        office, plan, book.problem, Handbook(reports=not_held), FIRST, LAST, dt.date(2012, 10, 31)
    )  # fmt: skip
    held = max(report.date for report in not_held if report.date and report.visit.startswith("c1"))
    found = whys(made, "cooperatives")
    assert found["c1/current_lead"] == ("lead_now", "o1", "o2")
    assert found["c2/current_lead"] == ("lead_now", "", "o1")
    assert found["c1/last_visit"] == ("last_visit", "", held.isoformat())
    assert found["c1/owed_visits"] == ("owed_not_held", "", "1")
    again = read_office(written(tmp_path / "next", made))
    assert again.problem.visits_of["c1"][0].priority >= 4
    assert all((visit.earliest or FIRST) >= held + dt.timedelta(days=7) for visit in again.problem.visits)


def test_the_ledger_adds_up_to_nothing_and_moves_the_fair_share(office: Path, tmp_path: Path) -> None:
    (office / "office.toml").write_text(TOML + "[officers]\nfair_hours = 20\n", encoding="utf-8")
    book = read_office(office)
    plan = planned(book)
    handbook = reports(book, plan)
    made = next_quarter(office, plan, book.problem, handbook, FIRST, LAST, dt.date(2012, 10, 31))
    figures = {one.id: one for one in evaluate(made.rollover.records).officers}
    # o2 is away from 6 to 10 August, 5 of the 62 workdays; both have 20 fair hours
    hours = figures["o1"].hours + figures["o2"].hours
    assert figures["o1"].fair == pytest.approx(hours * 62 / (62 + 57))
    ledger = {row.officer: row for row in made.rollover.ledger}
    assert ledger["o1"].hours == round(figures["o1"].hours - figures["o1"].fair, 2)
    assert ledger["o1"].hours + ledger["o2"].hours == pytest.approx(0, abs=0.011)
    again = read_office(written(tmp_path / "next", made))
    shares = {one.id: one.fair_hours for one in again.problem.officers}
    assert shares == pytest.approx({id_: max(0.0, 20 - row.hours) for id_, row in ledger.items()})
    assert {row.id: row.fair_hours for row in again.office.officers} == {"o1": 20.0, "o2": 20.0}


def test_a_ledger_kept_by_names_has_one_row_for_each_officer(office: Path, tmp_path: Path) -> None:
    (office / "ledger.csv").write_text("officer,hours,stand_ins\nสอง,-3,4\nหนึ่ง,3,5\n", encoding="utf-8")
    book = read_office(office)
    plan = planned(book)
    made = next_quarter(office, plan, book.problem, reports(book, plan), FIRST, LAST, dt.date(2012, 10, 31))
    again = read_office(written(tmp_path / "next", made))
    assert {row.officer: row for row in again.office.ledger} == {row.officer: row for row in made.rollover.ledger}
    assert set(rows(tmp_path / "next", "ledger")) == {"หนึ่ง", "สอง"}


def test_what_is_past_goes_and_duty_rotates(office: Path, tmp_path: Path) -> None:
    (office / "office.toml").write_text(
        TOML + '[next]\nduty_per_day = 1\n[[cars_on]]\nfrom = 2012-08-20\nto = 2012-08-24\ncars = 1\nnote = "ซ่อม"\n'
        "[[cars_on]]\nfrom = 2012-12-03\nto = 2012-12-04\ncars = 1\n",
        encoding="utf-8",
    )
    book = read_office(office)
    plan = planned(book)
    made = next_quarter(office, plan, book.problem, reports(book, plan), FIRST, LAST)
    next_ = written(tmp_path / "next", made)
    again = read_office(next_)
    assert [(stretch.first, stretch.cars) for stretch in again.cars] == [(dt.date(2012, 12, 3), 1)]
    assert "2012-08-06" not in (next_ / "absences.csv").read_text(encoding="utf-8")
    duty = [stretch for stretch in again.absences if stretch.reason == "duty"]
    days = again.problem.workdays
    assert [stretch.first for stretch in duty] == list(days)
    assert {id_: sum(stretch.id == id_ for stretch in duty) for id_ in ("o1", "o2")} == {
        "o1": (len(days) + 1) // 2, "o2": len(days) // 2,
    }  # fmt: skip


def test_nobody_is_on_duty_where_the_office_is_closed_of_its_own(office: Path, tmp_path: Path) -> None:
    """Tables that are kept from quarter to quarter have the holidays and Saturdays of the next one, too."""
    own = "extra_holidays = [2012-11-05]\nextra_workdays = [2012-11-10]\n"
    horizon = "last = 2012-10-31\n"
    (office / "office.toml").write_text(
        TOML.replace(horizon, horizon + own) + "[next]\nduty_per_day = 1\n", encoding="utf-8"
    )
    book = read_office(office)
    plan = planned(book)
    again = read_office(written(tmp_path / "next", next_quarter(office, plan, book.problem, Handbook(), FIRST, LAST)))
    days = [stretch.first for stretch in again.absences if stretch.reason == "duty"]
    assert days == list(again.problem.workdays)
    assert days[1:5] == [dt.date(2012, 11, day) for day in (2, 6, 7, 8)]


def test_a_cooperative_that_came_after_the_plan_stays_as_its_row_is(office: Path, tmp_path: Path) -> None:
    book = read_office(office)
    plan = planned(book)
    for name, row in (
        ("cooperatives", {"id": "c3", "name_th": "สหกรณ์สาม", "owed_visits": "2", "closed": ""}),
        ("issues", {"id": "i9", "cooperative": "c3"}),
    ):
        made = tables()[name]
        folder(office, {name: [*made, made[1] | row]})
    made = next_quarter(office, plan, book.problem, reports(book, plan), FIRST, LAST)
    assert not [change for change in made.changes if change.row in ("c3", "i9")]
    next_ = written(tmp_path / "next", made)
    assert rows(next_, "cooperatives")["c3"]["owed_visits"] == "2"
    assert "i9" in rows(next_, "issues")
    records = Records(Context(plan, book.problem, read_office(office).office), Handbook(), LAST)
    assert [issue.id for issue in records.issues_of["c3"]] == ["i9"]


def test_a_cell_of_separators_alone_is_not_past(office: Path) -> None:
    book = read_office(office)
    plan = planned(book)
    folder(office, {"cooperatives": tables(cooperatives__0__closed=" ; ")["cooperatives"]})
    made = next_quarter(office, plan, book.problem, reports(book, plan), FIRST, LAST)
    assert ("c1", "closed") not in {(change.row, change.column) for change in made.changes}


def test_a_refused_line_stays_as_it_was(office: Path, tmp_path: Path) -> None:
    book = read_office(office)
    plan = planned(book)
    handbook = reports(book, plan, i2=Progress(issue="i2", outcome="solved", sessions=1))
    made = next_quarter(office, plan, book.problem, handbook, FIRST, LAST, dt.date(2012, 10, 31))
    (tmp_path / "mine.csv").write_text("รับ,รหัสบรรทัด\nไม่,issues/i2/*\nรับ,issues/i1/*\n", encoding="utf-8")
    refused = read_refused(tmp_path / "mine.csv", made.changes)
    assert refused == {"issues/i2/*"}
    next_ = written(tmp_path / "next", made, refused)
    assert "i2" in rows(next_, "issues")


def test_an_office_in_a_workbook_becomes_a_folder(office: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx", "th")
    workbook_of(office, tmp_path / "empty.xlsx", thai=True).save(tmp_path / "office.xlsx")
    book = read_office(tmp_path / "office.xlsx")
    plan = planned(book)
    handbook = reports(book, plan, i2=Progress(issue="i2", outcome="solved", sessions=1))
    from_workbook = written(tmp_path / "one", next_quarter(
        tmp_path / "office.xlsx", plan, book.problem, handbook, FIRST, LAST
    ))  # fmt: skip
    from_folder = written(tmp_path / "two", next_quarter(office, plan, book.problem, handbook, FIRST, LAST))
    one, two = read_office(from_workbook), read_office(from_folder)
    assert (one.office, one.problem.visits, one.absences) == (two.office, two.problem.visits, two.absences)


def test_a_column_of_the_planners_own_stays(office: Path, tmp_path: Path) -> None:
    path = office / "cooperatives.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    own = [f"{head},_phone", *(f"{line},043-{number}" for number, line in enumerate(lines))]
    path.write_text("\n".join(own) + "\n", encoding="utf-8")
    book = read_office(office)
    plan = planned(book)
    next_ = written(tmp_path / "next", next_quarter(office, plan, book.problem, reports(book, plan), FIRST, LAST))
    with (next_ / "cooperatives.csv").open(encoding="utf-8", newline="") as file:
        assert [row["_phone"] for row in csv.DictReader(file)] == [f"043-{n}" for n in range(len(lines))]
    tables = document_of(read_sources(office))
    assert tables["tables"]["cooperatives"][0]["_phone"] == "043-0"
    assert read_document(tables).problem == book.problem


def test_notes_comments_and_what_nobody_changed_stay(office: Path, tmp_path: Path) -> None:
    toml = "# ของสำนักงาน\n" + TOML.replace("[prices]", "# ราคา\n[prices]")
    toml = toml.replace("last = 2012-10-31", "last = 2012-10-31  # a Wednesday")
    (office / "office.toml").write_text(toml, encoding="utf-8")
    book = read_office(office)
    plan = planned(book)
    next_ = written(tmp_path / "next", next_quarter(office, plan, book.problem, reports(book, plan), FIRST, LAST))
    text = (next_ / "office.toml").read_text(encoding="utf-8")
    assert text == toml.replace("2012-08-01", "2012-11-01").replace("2012-10-31", "2013-01-31").replace(
        "a Wednesday",
        "was 2012-10-31: a Wednesday",  # a note on a day that is another now
    )
    assert (next_ / "partners.csv").read_text(encoding="utf-8") == (office / "partners.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", ["days", "plan"])
def test_bad_input_is_told(wrong: str, office: Path) -> None:
    book = read_office(office)
    plan, problem = planned(book), book.problem
    if wrong == "plan":
        officers = tuple(one.model_copy(update={"id": f"z{one.id}"}) for one in problem.officers)
        strange = tuple(one.model_copy(update={"current_lead": None}) for one in problem.cooperatives)
        problem = problem.changed(officers=officers, cooperatives=strange)
        plan = Plan()
    with pytest.raises(InvalidInput) as caught:
        next_quarter(office, plan, problem, Handbook(), *((FIRST, LAST) if wrong == "plan" else (LAST, FIRST)))
    assert {fault.code for fault in caught.value.faults} == {"plan-foreign" if wrong == "plan" else "date-order"}


def issues_of(path: Path) -> dict[str, dict[str, Any]]:
    table = read_folder(path).tables.get("issues")
    return {str(row.cells["id"]): row.cells for row in table.rows} if table else {}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(random=st.randoms(use_true_random=False), simulated=st.booleans())
def test_over_any_quarters_no_issue_comes_from_nowhere_or_vanishes(
    random: Random, simulated: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = tables()
    made["issues"] = [
        {"id": f"i{n}", "cooperative": random.choice(["c1", "c2"]), "topic": random.choice(["accounts", "debt"]),
         "severity": str(random.randint(1, 5)), "sessions": str(random.randint(1, 3)),
         "audience": random.choice(["management", "members"]), "due": random.choice(["", "2012-09-28", "2012-12-03"])}
        for n in range(random.randint(1, 6))
    ]  # fmt: skip
    path = folder(tmp_path_factory.mktemp("circle") / "office", made)
    owed = 0.0
    for first, last in QUARTERS:
        book = read_office(path)
        plan = little_plan(book.problem, random)
        context = Context(plan, book.problem, book.office)
        handbook = simulate(context, random.randint(0, 99)) if simulated else random_handbook(context, random)
        made_next = next_quarter(path, plan, book.problem, handbook, first, last)
        before, path = issues_of(path), written(path.parent / f"from-{first}", made_next)
        after = issues_of(path)
        last_word: dict[str, Progress] = {}
        by_time = sorted(handbook.reports, key=lambda report: (report.date or dt.date.min, report.start or 0.0))
        for report in by_time:
            last_word |= {part.issue: part for part in report.progress}
        solved = {id_ for id_, part in last_word.items() if part.outcome == "solved"}
        found = {new.id for report in handbook.reports for new in report.new_issues}
        assert set(after) == (set(before) | found) - solved
        for id_, part in last_word.items():
            if id_ not in solved and part.needed is not None:
                assert int(after[id_]["sessions"]) == part.needed
        for id_ in set(before) & set(after) - set(last_word):
            assert after[id_]["sessions"] == before[id_]["sessions"]
        owed += sum(row.hours for row in made_next.rollover.ledger)
        assert owed == pytest.approx(0, abs=0.05)
        try:
            read_office(path)
        except InvalidInput as error:
            # what is still needed may be more than a quarter holds; then the planner is told, and nothing is dropped
            assert {fault.code for fault in error.faults} <= {"agenda-overfull", "meetings-too-few", "meeting-missing"}
            return


def test_records_of_a_quarter_that_is_not_over(office: Path) -> None:
    # on 31 August the visits of September and October lie ahead: they are no visits owed, and the last one counts
    book = read_office(office)
    plan = planned(book)
    made = next_quarter(office, plan, book.problem, Handbook(), FIRST, LAST, dt.date(2012, 7, 31))
    last = max(tour.date for tour in plan.tours)
    found = whys(made, "cooperatives")
    assert not [key for key in found if key.endswith("owed_visits")]
    assert last.isoformat() in {after for why, _, after in found.values() if why == "last_visit_ahead"}
    later = Records(made.rollover.records.context, Handbook(), dt.date(2012, 10, 31))
    assert all(kept.keeping == "unreported" for kept in later.kept)
