"""Hours on tour, planned and done, by officer."""

from __future__ import annotations

from models.handbook.context import Context
from models.handbook.records import Records


def planned_hours(records: Records) -> dict[str, float]:
    """Hours on the tours planned up to the day, without breaks, of each officer in a crew."""
    hours: dict[str, float] = {}
    for tour in records.context.plan.tours:
        if tour.date <= records.day:
            for officer in tour.crew:
                hours[officer] = hours.get(officer, 0.0) + tour.worked / 60
    return hours


def hours_done(records: Records) -> dict[str, float]:
    """Hours on tour of each officer by the reports.

    A planned tour counts with its hours, without the break, for everyone who was at one of its visits on its day. A
    visit held on another day counts for those who were there: its own time, and the drive from the office and back.
    """
    hours: dict[str, float] = {}
    done: set[tuple[str, str]] = set()
    for kept in records.kept:
        report, place = kept.held, kept.place
        if report is None:
            continue
        for officer in report.officers:
            if place is not None and report.date == place.date:
                if (place.tour.id, officer) not in done:
                    done.add((place.tour.id, officer))
                    hours[officer] = hours.get(officer, 0.0) + place.tour.worked / 60
            else:
                minutes = report.minutes or kept.visit.minutes
                away = minutes + _drive(records.context, kept.visit.cooperative, officer)
                hours[officer] = hours.get(officer, 0.0) + away / 60
    return hours


def _drive(context: Context, cooperative: str, officer: str) -> float:
    """Minutes from the officer's office to the cooperative and back."""
    problem = context.problem
    home = problem.office_by_id[problem.officer_by_id[officer].office].location
    place = problem.cooperative_by_id[cooperative].location
    return problem.travel.minutes[home][place] + problem.travel.minutes[place][home]
