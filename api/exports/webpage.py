"""``calendar.html``: the plan as one page that needs nothing else, in both languages, for screen and A4 paper."""

from __future__ import annotations

from functools import cached_property
from typing import get_args

from api.exports.atlas import Atlas, atlas
from api.exports.board import Month, months
from api.exports.calendar import Calendar
from api.exports.directions import DIRECTIONS
from api.exports.figures import CostLine, Totals, cost_lines, money, totals
from api.exports.rendering import CALENDAR_POLICY, own, render
from api.exports.spreadsheet import late_by
from api.exports.views import CooperativeView, DistrictView, OfficerView, TourView, WeekView
from api.formats import Part
from api.language.wording import LangCode, Wording
from models.isoweeks import week_of
from models.office import Office
from models.plan import Plan
from models.problem import Problem


class Reading:
    """All that the page shows in one language."""

    directions = DIRECTIONS

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.words: Wording = calendar.words
        self.lang = calendar.words.lang

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The month views."""
        return months(self.calendar)

    @cached_property
    def atlas(self) -> Atlas | None:
        """The map, where places are known."""
        return atlas(self.calendar)

    @cached_property
    def totals(self) -> Totals:
        """The head figures."""
        return totals(self.calendar)

    @cached_property
    def cost_lines(self) -> tuple[CostLine, ...]:
        """The parts of the cost."""
        return cost_lines(self.calendar)

    @cached_property
    def groups(self) -> list[tuple[DistrictView | None, tuple[CooperativeView, ...]]]:
        """Cooperatives by district; those without one come last, under no heading."""
        rest = tuple(view for view in self.calendar.cooperatives if not view.destination.district)
        groups: list[tuple[DistrictView | None, tuple[CooperativeView, ...]]]
        groups = [(district, district.cooperatives) for district in self.calendar.districts]
        return [*groups, (None, rest)] if rest else groups

    @cached_property
    def most_hours(self) -> float:
        """The longest bar of the workload: hours, at least 1."""
        return max([1.0, *(max(o.hours, o.fair_hours or 0.0) for o in self.calendar.officers)])

    @cached_property
    def most_weekly(self) -> float:
        """The most hours of an officer in a week, at least 1."""
        return max([1.0, *(hours for officer in self.calendar.officers for hours in officer.weekly.values())])

    @cached_property
    def most_tours(self) -> int:
        """The most tours of a week, at least 1."""
        return max([1, *(len(week.tours) for week in self.calendar.weeks)])

    def weeks_of(self, officer: OfficerView) -> list[WeekView]:
        """The weeks in which an officer has tours or is away on a workday."""
        busy = set(officer.weekly)
        return [week for week in self.calendar.weeks if week.number in busy or self.away_in(officer, week)]

    @cached_property
    def map_source(self) -> str:
        """Whom the map is from, as its file says: in Thai by ``attribution_th``, where it has that."""
        told = (self.calendar.office.map or {}) if self.calendar.office else {}
        own = told.get("attribution_th") if self.calendar.words.lang == "th" else None
        source = own or told.get("attribution")
        return source if isinstance(source, str) else ""

    def tours_of(self, officer: OfficerView, week: WeekView) -> list[TourView]:
        """An officer's tours in a week."""
        return [tour for tour in week.tours if officer.person in tour.crew]

    def away_in(self, officer: OfficerView, week: WeekView) -> str:
        """When in a week an officer is away, in words; empty where never."""
        return self.calendar.away(officer, week.days)

    def week_marks(self, officer: OfficerView, week: WeekView) -> list[str]:
        """For each day of a week, what it is to an officer: "out", "gone", "shut" or "free"."""
        out = {tour.date for tour in self.tours_of(officer, week)}
        return [
            "out"
            if day.date in out
            else "shut"
            if not day.workday
            else "gone"
            if day.date in officer.absent
            else "free"
            for day in week.days
        ]

    def rhythm(self, view: CooperativeView) -> list[bool]:
        """For each week, whether the cooperative is visited in it."""
        visited = {week_of(tour.date) for tour, _ in view.stops}
        return [week.number in visited for week in self.calendar.weeks]

    def district_keys(self, district: DistrictView) -> str:
        """Whom and what a district's plan is about: itself, its cooperatives, and who comes."""
        keys = (key for view in district.cooperatives for key in self.cooperative_keys(view).split())
        return " ".join(dict.fromkeys([district.key, *keys]))

    def officer_keys(self, officer: OfficerView) -> str:
        """Whom and what an officer's plan is about: the officer, and the cooperatives and districts visited."""
        places = (stop.destination for tour in officer.tours for stop in tour.stops)
        keys = (key for place in places for key in (place.key, place.district_key))
        return " ".join(dict.fromkeys([officer.person.key, *keys]))

    def cooperative_keys(self, view: CooperativeView) -> str:
        """Whom and what a cooperative's plan is about: itself, its district, and who comes."""
        crews = (person.key for tour, _ in view.stops for person in tour.crew)
        return " ".join(dict.fromkeys([view.destination.key, view.destination.district_key, *crews]))

    def baht(self, amount: float) -> str:
        """An amount of money as text."""
        return money(self.calendar, amount)

    def late_by(self, days: int) -> str:
        """How late, in words."""
        return late_by(self.calendar, days)


def page(plan: Plan, problem: Problem, office: Office | None, lang: str = "th") -> str:
    """The HTML text. It opens in ``lang`` and has a switch to the other language.

    Raises:
        InvalidInput: the plan names what the problem does not know.
        ValueError: the language is neither "th" nor "en".
    """
    calendars = {lang: Calendar(plan, problem, office, lang)}
    calendars |= {other: Calendar(plan, problem, office, other) for other in get_args(LangCode) if other != lang}
    return page_of(calendars, lang)


def draw(part: Part) -> bytes:
    """The page of a part."""
    calendar = part.calendar
    return page(calendar.plan, calendar.problem, calendar.office, calendar.words.lang).encode()


def page_of(calendars: dict[str, Calendar], lang: str) -> str:
    """The HTML text of calendars already looked up, one for each language, opened in ``lang``."""
    first = calendars[lang]
    marks = [mark for mark, on in (("illustrative", first.illustrative), ("estimated_short", first.estimated)) if on]
    return render(
        "page.html.j2",
        lang=lang,
        editions=[Reading(calendar) for calendar in calendars.values()],
        first=first,
        style=own("page.css"),
        marks=" · ".join(calendar.words(mark) for mark in marks for calendar in calendars.values()),
        script=own("page.js"),
        policy=CALENDAR_POLICY,
    )
