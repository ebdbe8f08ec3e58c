"""Calendar feeds as another program's parser reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import icalendar
import pytest
from support.builders import on, plan, problem, tour, visit

from api.exports import feed
from models.plan import Plan

from .conftest import LINES, Sample

BANGKOK = ZoneInfo("Asia/Bangkok")


def made(
    sample: Sample, officer: str | None = None, cooperative: str | None = None, lang: str = "en", sequence: int = 0
) -> bytes:
    return feed(
        sample.plan, sample.problem, sample.office, officer=officer, cooperative=cooperative, lang=lang,
        sequence=sequence,
    )  # fmt: skip


def events(content: bytes) -> dict[str, icalendar.Event]:
    """The events by the visit in their UID."""
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    by_visit = {str(event["UID"]).rsplit(".", 1)[0]: event for event in found}
    assert len(by_visit) == len(found)
    return by_visit


def status(event: icalendar.Event) -> tuple[str, int]:
    return str(event["STATUS"]), int(event["SEQUENCE"])


def test_an_officers_feed_has_the_officers_visits(sample: Sample) -> None:
    assert list(events(made(sample, officer="a"))) == ["c1-1", "c2-1", "c1-2"]
    assert list(events(made(sample, officer="b"))) == ["c1-1", "c2-1"]
    assert list(events(made(sample, officer="d"))) == []


def test_a_cooperatives_feed_has_its_visits_and_none_means_all(sample: Sample) -> None:
    assert list(events(made(sample, cooperative="c1"))) == ["c1-1", "c1-2"]
    assert list(events(made(sample))) == ["c1-1", "c2-1", "c%2F3-1", "c1-2"]


def test_lines_are_folded_at_75_octets_and_end_as_the_rfc_wants(sample: Sample) -> None:
    for lang in ("th", "en"):
        content = made(sample, officer="a", lang=lang)
        lines = content.split(b"\r\n")
        assert lines[-1] == b""
        assert all(len(line) <= 75 for line in lines)
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        for line in lines:
            line.decode()  # no character is torn apart


def test_times_are_bangkoks_with_a_timezone_that_says_so(sample: Sample) -> None:
    content = made(sample, officer="a")
    event = events(content)["c1-1"]
    assert event["DTSTART"].dt == dt.datetime(2012, 8, 6, 8, 40, tzinfo=BANGKOK)
    assert event["DTEND"].dt == dt.datetime(2012, 8, 6, 9, 40, tzinfo=BANGKOK)
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Bangkok" == event["DTSTART"].params["TZID"]
    (rule,) = zone.walk("STANDARD")
    assert rule["TZOFFSETTO"].td == dt.timedelta(hours=7)


def test_times_are_to_the_minute_that_every_output_shows(sample: Sample) -> None:
    first = sample.plan.tours[0]
    stop = first.stops[0]
    late = stop.model_copy(update={"start": stop.start + 0.7, "end": stop.end + 0.7})
    odd = first.model_copy(update={"stops": (late, *first.stops[1:])})
    other = sample.plan.model_copy(update={"tours": (odd, *sample.plan.tours[1:])})
    event = events(feed(other, sample.problem, sample.office, lang="en"))["c1-1"]
    assert event["DTSTART"].dt == dt.datetime(2012, 8, 6, 8, 41, tzinfo=BANGKOK)
    assert event["DTEND"].dt == dt.datetime(2012, 8, 6, 9, 41, tzinfo=BANGKOK)


def test_the_description_has_agenda_crew_lead_partner_and_marks(sample: Sample) -> None:
    by_visit = events(made(sample))
    first = str(by_visit["c1-1"]["DESCRIPTION"])
    assert first.splitlines()[:3] == [
        "Illustrative data: the cooperatives and officers in this document are made up and are no register.",
        "Agenda:", "- +1, -2; สาม",
    ]  # fmt: skip
    assert "END:VEVENT (board)\n- Registers (members)\nTopics: Accounts\n" in first
    assert "Crew: Officer 1, Officer <script>" in first
    assert "Lead: Officer 1\n" in first
    assert "leaves 08:30 · arrives 08:40 · returns 11:10" in first
    assert first.endswith("Km from the stop before: 10.0 (estimated)")
    assert "Partner: Auditing Office" in str(by_visit["c2-1"]["DESCRIPTION"])
    third = str(by_visit["c%2F3-1"]["DESCRIPTION"])
    assert "- regular advice visit" in third
    assert "Lead: Officer 1 (the lead does not ride along)" in third


def test_the_break_of_the_tour_stands_in_the_description(sample: Sample) -> None:
    odd = sample.plan.tours[0].model_copy(update={"break_": (690.0, 750.0)})
    other = sample.plan.model_copy(update={"tours": (odd, *sample.plan.tours[1:])})
    said = str(events(feed(other, sample.problem, sample.office, lang="th"))["c1-1"]["DESCRIPTION"])
    assert "\nพัก: 11:30–12:30\n" in said
    assert "พัก:" not in str(events(feed(sample.plan, sample.problem, sample.office, lang="th"))["c1-1"]["DESCRIPTION"])


def test_names_cannot_break_out_of_their_line(sample: Sample) -> None:
    content = made(sample, cooperative="c1")
    assert LINES.encode() not in content
    assert content.count(b"END:VEVENT\r\n") == 2


def test_places_and_topics(sample: Sample) -> None:
    event = events(made(sample, lang="th"))["c2-1"]
    assert str(event["LOCATION"]).endswith("ต.ศิลา อ.เมืองขอนแก่น")
    assert event["GEO"].to_ical() == "16.44;103.04"
    assert event["CATEGORIES"].cats == ["หนี้, ค้าง"]


def test_without_an_office_ids_stand_in(bare: Sample) -> None:
    event = events(made(bare, officer="b"))["c1-1"]
    assert str(event["SUMMARY"]) == "Visit: c1 (a, b)"
    assert "LOCATION" not in event
    assert "made up" not in str(event["DESCRIPTION"])
    assert "estimated" not in str(event["DESCRIPTION"])


def test_one_plan_makes_one_file_and_the_stamp_is_from_the_data(sample: Sample) -> None:
    assert made(sample) == made(sample)
    assert {e["DTSTAMP"].dt for e in events(made(sample)).values()} == {dt.datetime(2012, 8, 1, tzinfo=dt.UTC)}
    later = events(made(sample, sequence=2)).values()
    assert {e["DTSTAMP"].dt for e in later} == {dt.datetime(2012, 8, 1, 0, 0, 2, tzinfo=dt.UTC)}


def test_a_moved_visit_keeps_its_uid_and_only_it_is_raised(sample: Sample, moved: Callable[[dt.date], Plan]) -> None:
    before = events(made(sample, officer="a"))
    now = feed(moved(on(15)), sample.problem, sample.office, officer="a", lang="en", sequence=1, previous=sample.plan)
    after = events(now)
    assert {visit: e["UID"] for visit, e in before.items()} == {visit: e["UID"] for visit, e in after.items()}
    assert {visit: status(e) for visit, e in after.items()} == {
        "c1-1": ("CONFIRMED", 0), "c2-1": ("CONFIRMED", 0), "c1-2": ("CONFIRMED", 1),
    }  # fmt: skip
    assert after["c1-2"]["DTSTART"].dt.date() == on(15)


def test_what_vanished_is_cancelled_with_a_raised_sequence(sample: Sample) -> None:
    left = plan(sample.problem, *sample.plan.tours[:2], leads={"c/3": "a"})
    now = events(feed(left, sample.problem, sample.office, officer="a", lang="en", previous=sample.plan))
    assert {visit: status(e) for visit, e in now.items()} == {
        "c1-1": ("CONFIRMED", 0), "c2-1": ("CONFIRMED", 0), "c1-2": ("CANCELLED", 1),
    }  # fmt: skip
    assert now["c1-2"]["DTSTART"].dt.date() == on(14)
    assert str(now["c1-2"]["SUMMARY"]).startswith("[Illustrative data] Cancelled: =HYPERLINK")


def test_a_change_of_crew_cancels_for_who_left_and_raises_for_who_stays(sample: Sample) -> None:
    alone = tour(sample.problem, on(6), ["a"], ["c1-1", "c2-1"], id_="t1")
    after = plan(sample.problem, alone, *sample.plan.tours[1:], leads={"c/3": "a"})
    feeds = {
        who: events(feed(after, sample.problem, None, officer=who, lang="en", sequence=4, previous=sample.plan))
        for who in ("a", "b")
    }
    assert {visit: status(e) for visit, e in feeds["b"].items()} == {
        "c1-1": ("CANCELLED", 4), "c2-1": ("CANCELLED", 4),
    }  # fmt: skip
    assert {visit: status(e) for visit, e in feeds["a"].items()} == {
        "c1-1": ("CONFIRMED", 4), "c2-1": ("CONFIRMED", 4), "c1-2": ("CONFIRMED", 3),
    }  # fmt: skip


def test_officers_and_visits_that_are_no_more_are_cancelled_too(sample: Sample) -> None:
    smaller = problem(visits=[visit("c1-1")])
    now = plan(smaller, tour(smaller, on(1), ["a"], ["c1-1"]))
    gone = events(feed(now, smaller, None, officer="c/ค", lang="en", sequence=1, previous=sample.plan))
    assert {visit: status(e) for visit, e in gone.items()} == {"c%2F3-1": ("CANCELLED", 1)}
    assert str(gone["c%2F3-1"]["SUMMARY"]) == "Cancelled: c/3-1"


def test_a_visit_without_length_has_no_end_and_one_over_midnight_ends_the_next_day() -> None:
    of = problem(day={"start": "00:00", "end": "40:00"}, visits=[visit("c1-1", minutes=0), visit("c2-1", minutes=1500)])
    by_visit = events(feed(plan(of, tour(of, on(1), "a", ["c1-1", "c2-1"])), of, None, lang="en"))
    assert "DTEND" not in by_visit["c1-1"]
    assert by_visit["c2-1"]["DTEND"].dt == dt.datetime(2012, 8, 2, 1, 40, tzinfo=BANGKOK)


def test_feeds_of_two_quarters_or_offices_do_not_share_uids() -> None:
    first = problem()
    offices = [{"id": "other", "location": 0, "cars": 2, "seats": 2}]
    officers = [{"id": "a", "office": "other", "topics": []}]
    others = (problem(workdays=["2012-11-01"]), problem(offices=offices, officers=officers))
    uids = set()
    for of in (first, *others):
        made = plan(of, tour(of, of.workdays[0], "a", ["c1-1"]))
        uids |= {str(e["UID"]) for e in events(feed(made, of, None)).values()}
    assert len(uids) == 3


@pytest.mark.parametrize(
    ("who", "message"),
    [
        ({"officer": "a", "cooperative": "c1"}, "not for both"),
        ({"officer": "nobody"}, "no officer 'nobody'"),
        ({"cooperative": "nowhere"}, "no cooperative 'nowhere'"),
        ({"lang": "de"}, "not 'de'"),
    ],
)
def test_what_makes_no_sense_is_refused(sample: Sample, who: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        made(sample, **who)


def test_the_name_of_a_calendar_is_escaped_as_text(sample: Sample) -> None:
    """A comma, a semicolon and a line break in a name stay within their property."""
    assert sample.office is not None
    office = sample.office.model_copy(update={"name_en": "Office, of; all\nEND:VCALENDAR"})
    content = feed(sample.plan, sample.problem, office, lang="en")
    assert b"X-WR-CALNAME:Calendar of cooperative visits: Office\\, of\\; all\\nEND:VCALEN" in content.replace(
        b"\r\n ", b""
    )
    assert icalendar.Calendar.from_ical(content)["X-WR-CALNAME"].endswith("END:VCALENDAR [Illustrative data]")
