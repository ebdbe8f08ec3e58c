"""``travel-requests.html``: a request for official travel for each tour, one A4 sheet each, ready to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.exports.calendar import Calendar
from api.exports.figures import money
from api.exports.per_diem import USUAL_BAHT, PerDiem, per_diem
from api.exports.rendering import own, render
from api.exports.views import Person, TourView
from api.formats import Part
from models.office import Office
from models.plan import Plan
from models.problem import Problem

#: lines that stops and crew take, up to which a sheet is set in the usual size, or the next
ROOMY, SNUG = 11.0, 23.0
_OFFICE = "สำนักงาน"
_PROVINCIAL = f"{_OFFICE}สหกรณ์จังหวัด"


@dataclass(frozen=True, slots=True)
class Request:
    """One tour's request: who asks, and what each traveller gets."""

    tour: TourView
    requester: Person
    per_diem: PerDiem

    @property
    def total(self) -> float:
        """The per diem of the whole crew, in baht."""
        return self.per_diem.each * len(self.tour.crew)

    @property
    def density(self) -> Literal["roomy", "snug", "tight"]:
        """How small the type must be for the sheet to fit on one A4 page."""
        lines = sum(max(3.0, 1.5 * len(stop.agenda) + 2.0 * bool(stop.partner)) for stop in self.tour.stops)
        lines += 1.5 * len(self.tour.crew)
        return "roomy" if lines <= ROOMY else "snug" if lines <= SNUG else "tight"

    @property
    def duration(self) -> tuple[int, int]:
        """Hours and minutes away from the office, by the clock times that stand beside it."""
        return divmod(round(self.tour.tour.return_) - round(self.tour.tour.depart), 60)


def travel_requests(plan: Plan, problem: Problem, office: Office | None, lang: str = "th") -> str:
    """The HTML text: an index for the screen, and a sheet for each tour, by date.

    Raises:
        InvalidInput: the plan names what the problem does not know.
        ValueError: the language is neither "th" nor "en".
    """
    return travel_requests_of(Calendar(plan, problem, office, lang))


def draw(part: Part) -> bytes:
    """The sheets of a part."""
    return travel_requests_of(part.calendar).encode()


def travel_requests_of(calendar: Calendar) -> str:
    """The HTML text for a calendar already looked up."""
    return render(
        "requests.html.j2",
        c=calendar,
        addressee=_addressee(calendar),
        w=calendar.words,
        requests=[_request(calendar, tour) for tour in calendar.tours],
        money=lambda baht: money(calendar, baht),
        style=own("requests.css"),
        policy="default-src 'none'; style-src 'unsafe-inline'",
    )


def _addressee(calendar: Calendar) -> str:
    """The head of the office; that of a provincial cooperative office bears its name without the word for office."""
    if calendar.words.lang == "th" and calendar.title.startswith(_PROVINCIAL):
        return calendar.title.removeprefix(_OFFICE)
    return calendar.words("head_of", office=calendar.title)


def _request(calendar: Calendar, tour: TourView) -> Request:
    baht = calendar.office.per_diem_baht if calendar.office else USUAL_BAHT
    leads = (stop.destination.lead for stop in tour.stops)
    requester = next((lead for lead in leads if lead in tour.crew), None)
    return Request(tour, requester or tour.crew[0], per_diem(tour.away, baht))
