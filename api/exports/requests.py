"""``travel-requests.html``: a request for official travel for each tour, one A4 sheet each, ready to sign.

What the requests ask for is what the plan pays: kilometres at the price of the car, per diem by the hours away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.exports.calendar import Calendar
from api.exports.figures import money
from api.exports.rendering import own, render
from api.exports.views import Person, TourView
from api.formats import Part
from models.costing import price_of_a_kilometre
from models.office import Office
from models.plan import Plan
from models.problem import Problem

#: lines that stops and crew take, up to which a sheet is set in the usual size, or the next
ROOMY, SNUG = 10.0, 21.0
_OFFICE = "สำนักงาน"
_PROVINCIAL = f"{_OFFICE}สหกรณ์จังหวัด"


@dataclass(frozen=True, slots=True)
class Request:
    """One tour's request: who asks, and what it costs, in baht.

    ``km_price`` is that of a kilometre in its car, ``per_diem`` that of each traveller for the hours away, ``car_day``
    that of the car for the day.
    """

    tour: TourView
    requester: Person
    km_price: float
    per_diem: float
    car_day: float

    @property
    def travellers(self) -> tuple[Person, ...]:
        """The crew, the requester, who heads it, first."""
        return (self.requester, *(person for person in self.tour.crew if person != self.requester))

    @property
    def driving(self) -> float:
        """Baht for the kilometres."""
        return self.tour.km * self.km_price

    @property
    def per_diems(self) -> float:
        """Baht of per diem for the whole crew."""
        return self.per_diem * len(self.tour.crew)

    @property
    def total(self) -> float:
        """All that is paid for the tour."""
        return self.driving + self.per_diems + self.car_day

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
        requests=requests_of(calendar),
        money=lambda baht: money(calendar, baht),
        style=own("requests.css"),
        policy="default-src 'none'; style-src 'unsafe-inline'",
    )


def requests_of(calendar: Calendar) -> list[Request]:
    """A request for each tour, by date; what they ask for sums up to what the plan pays."""
    return [_request(calendar, tour) for tour in calendar.tours]


def _addressee(calendar: Calendar) -> str:
    """The head of the office; that of a provincial cooperative office bears its name without the word for office."""
    if calendar.words.lang == "th" and calendar.title.startswith(_PROVINCIAL):
        return calendar.title.removeprefix(_OFFICE)
    return calendar.words("head_of", office=calendar.title)


def _request(calendar: Calendar, tour: TourView) -> Request:
    problem = calendar.problem
    leads = (stop.destination.lead for stop in tour.stops)
    requester = next((lead for lead in leads if lead in tour.crew), None)
    return Request(
        tour=tour,
        requester=requester or tour.crew[0],
        km_price=price_of_a_kilometre(problem, tour.tour),
        per_diem=problem.prices.officer_day_for(tour.away),
        car_day=problem.prices.car_day,
    )
