"""What a calendar event says of a visit: the place, and who comes why, when and with whom."""

from __future__ import annotations

from api.exports.calendar import Calendar
from api.exports.views import StopView, TourView
from api.language.names import AgendaItem
from api.language.wording import Wording


def location(stop: StopView) -> str:
    """The cooperative and its place, in one line; empty where no place is known."""
    place = stop.destination.place
    return f"{stop.destination.name}, {place}" if place else ""


def description(calendar: Calendar, tour: TourView, stop: StopView) -> str:
    """The agenda with crew, lead, partner and the tour's times, a line each."""
    words = calendar.words
    lead = stop.destination.lead
    lines = [words("illustrative_long")] if calendar.illustrative else []
    lines += [f"{words.head('agenda')}:", *(f"- {agenda_line(item, words)}" for item in stop.agenda)]
    if not stop.agenda:
        lines.append(f"- {words('routine')}")
    if stop.topics:
        lines.append(f"{words.head('topics')}: {', '.join(stop.topics)}")
    who = words.head("crew" if len(tour.crew) > 1 else "traveller")
    lines.append(f"{who}: {', '.join(person.name for person in tour.crew)}")
    if lead is not None:
        absent = f" ({words('stand_in_long')})" if stop.stand_in else ""
        lines.append(f"{words.head('lead')}: {lead.name}{absent}")
    if stop.partner:
        lines.append(f"{words.head('partner')}: {stop.partner}")
    lines.append(
        f"{words.head('tour')}: {words('depart')} {words.clock(tour.tour.depart)} · "
        f"{words('arrive')} {words.clock(stop.arrive)} · {words('return')} {words.clock(tour.tour.return_)}"
    )
    if tour.tour.break_ is not None:
        first, last = map(words.clock, tour.tour.break_)
        lines.append(f"{words.head('break')}: {first}–{last}")
    if tour.vehicle:
        driver = f" · {words('driver')} {tour.driver}" if tour.driver else ""
        lines.append(f"{words.head('car')}: {tour.vehicle}{driver}")
    estimated = f" ({words('estimated')})" if calendar.estimated else ""
    lines.append(f"{words.head('km_leg')}: {words.number(stop.km, 1)}{estimated}")
    return "\n".join(lines)


def agenda_line(item: AgendaItem, words: Wording) -> str:
    """One matter with its audience in brackets, where known."""
    return f"{item.title} ({words(f'audience_{item.audience}')})" if item.audience else item.title
