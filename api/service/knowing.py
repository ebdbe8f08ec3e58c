"""What an officer may know: the tours that he or she rides on, whole, the cooperatives on them and those that he or
she leads; of colleagues on those tours who they are and what they advise on, not when they are away or how much they
work; and no sum that others are part of.

What is told to an officer is made from a problem, an office and a plan reduced to that, and cannot tell more.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.service.errors import Refused
from api.storage.problems import Stated
from api.storage.tables import OFFICER, Token
from models.faults import Fault
from models.office import CooperativeRow, Office, OfficerRow
from models.plan import Cost, Plan, Tour, Unplanned
from models.problem import Cooperative, Officer, Problem, Travel
from models.referee import cost
from models.saying import both


def shelved_for(token: Token) -> str | None:
    """The officer whose part is told; None where all is: what is drawn for one is not told to another."""
    return token.officer if token.role == OFFICER else None


def reduced(officer: str | None, stated: Stated, plan: Plan, formerly: Plan | None = None) -> tuple[Stated, Plan]:
    """The part of a problem, its office and a plan that one officer may know; all of it where None is given.

    ``formerly``: a plan that was told before; what the officer knew from it is known still.

    Raises:
        Refused: the officer is not of this problem.
    """
    if officer is None:
        return stated, plan
    problem = stated.problem
    if officer not in problem.officer_by_id:
        cause = both(f"There is no officer {officer!r}.", f"ไม่มีเจ้าหน้าที่ {officer!r}")
        fault = Fault("id-unknown", "officer", cause, both("Name one of the problem.", "ระบุรายการที่มีในแผน"))
        raise Refused(404, fault)
    part = _Part.of(officer, problem, plan, formerly or Plan())
    less = part.problem(problem)
    office = None if stated.office is None else part.office(stated.office, problem)
    return Stated(less, office), part.plan(less, plan)


@dataclass(frozen=True, slots=True)
class _Part:
    """What an officer knows of: his or her tours, and by id cooperatives, visits and colleagues."""

    officer: str
    tours: tuple[Tour, ...]
    cooperatives: frozenset[str]
    visits: frozenset[str]
    officers: frozenset[str]

    @classmethod
    def of(cls, officer: str, problem: Problem, plan: Plan, formerly: Plan) -> _Part:
        """What is known of ``plan`` and was known of the one ``formerly``."""
        tours = tuple(tour for tour in plan.tours if officer in tour.crew)
        known = tours + tuple(tour for tour in formerly.tours if officer in tour.crew)
        ridden = {stop.visit for tour in known for stop in tour.stops} & problem.visit_by_id.keys()
        led = {cooperative for cooperative, lead in plan.leads.items() if lead == officer}
        unled = [each for each in problem.cooperatives if each.id not in plan.leads]
        led |= {each.id for each in unled if officer in (each.lead, each.current_lead)}
        left = {item.visit for item in plan.unplanned if problem.visit_by_id[item.visit].cooperative in led}
        cooperatives = {problem.visit_by_id[visit].cooperative for visit in ridden} | led
        answering = {lead for cooperative, lead in plan.leads.items() if cooperative in cooperatives}
        return cls(
            officer,
            tours,
            frozenset(cooperatives),
            frozenset(ridden | left),
            frozenset({officer} | answering | {mate for tour in known for mate in tour.crew}),
        )

    def problem(self, whole: Problem) -> Problem:
        """The problem with these parts only; travel between other places is gone."""
        cooperatives = tuple(each for each in whole.cooperatives if each.id in self.cooperatives)
        places = sorted({each.location for each in whole.offices} | {each.location for each in cooperatives})
        at = {place: index for index, place in enumerate(places)}
        return Problem(
            name=whole.name,
            workdays=whole.workdays,
            day=whole.day,
            offices=tuple(each.model_copy(update={"location": at[each.location]}) for each in whole.offices),
            officers=tuple(self._colleague(each) for each in whole.officers if each.id in self.officers),
            cooperatives=tuple(_cooperative(each, at[each.location]) for each in cooperatives),
            partners=tuple(each for each in whole.partners or () if each.id in self._partners(whole)) or None,
            visits=tuple(each for each in whole.visits if each.id in self.visits),
            travel=Travel(
                minutes=tuple(tuple(whole.travel.minutes[a][b] for b in places) for a in places),
                km=tuple(tuple(whole.travel.km[a][b] for b in places) for a in places),
            ),
            prices=whole.prices,
            today=whole.today,
        )

    def _partners(self, whole: Problem) -> set[str]:
        visits = (whole.visit_by_id[visit] for visit in self.visits)
        return {visit.partner for visit in visits if visit.partner is not None}

    def _colleague(self, each: Officer) -> Officer:
        """The officer's own row whole; of a colleague name, office and topics."""
        if each.id == self.officer:
            return each
        return Officer(id=each.id, name=each.name, office=each.office, topics=each.topics)

    def office(self, whole: Office, problem: Problem) -> Office:
        """The office's tables with these parts only."""
        topics = {topic for row in whole.officers if row.id in self.officers for topic in row.topics}
        issues = tuple(row for row in whole.issues if row.cooperative in self.cooperatives)
        return whole.model_copy(
            update={
                "cooperatives": tuple(self._row(row) for row in whole.cooperatives if row.id in self.cooperatives),
                "officers": tuple(self._person(row) for row in whole.officers if row.id in self.officers),
                "issues": issues,
                "agencies": tuple(row for row in whole.agencies if row.id in self._partners(problem)),
                "topics": tuple(row for row in whole.topics if row.id in topics | {issue.topic for issue in issues}),
            }
        )

    def _row(self, row: CooperativeRow) -> CooperativeRow:
        hidden = {name: None for name in ("lead", "current_lead") if getattr(row, name) not in self.officers}
        return row.model_copy(update=hidden)

    def _person(self, row: OfficerRow) -> OfficerRow:
        if row.id == self.officer:
            return row
        return OfficerRow(id=row.id, name_th=row.name_th, name_en=row.name_en, topics=row.topics, depot=row.depot)

    def plan(self, less: Problem, whole: Plan) -> Plan:
        """The plan with these tours only, at what they cost: nothing is told of the bound or the search."""
        left = tuple(
            Unplanned(visit=item.visit, reason=item.reason.partition(":")[0] + ":")
            for item in whole.unplanned
            if item.visit in self.visits
        )
        leads = {cooperative: lead for cooperative, lead in whole.leads.items() if cooperative in self.cooperatives}
        part = Plan(leads=leads, tours=self.tours, unplanned=left, cost=Cost(), status=whole.status)
        return part.model_copy(update={"cost": cost(less, part)})


def _cooperative(each: Cooperative, location: int) -> Cooperative:
    return Cooperative(
        id=each.id, name=each.name, location=location, office=None, open=each.open, closed=each.closed,
        min_gap_days=each.min_gap_days,
    )  # fmt: skip
