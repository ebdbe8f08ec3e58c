"""Three ways to mend a plan: least disruption, balanced by the prices, and cheapest; each a whole plan with its moves.

Least disruption is two steps. :mod:`optimizer.replanning.keeping` proves how many published visits can stay at most
and says on which tours; the search then goes on from those tours with prices under which a visit left out outweighs
every move, and a move outweighs all money. Where the plan it finds moves no more than the proof says every plan must,
and leaves out only visits that no plan can have, nothing can be less disruptive.
"""

from __future__ import annotations

import operator

from models import given
from models.fields import LARGEST
from models.plan import Plan
from models.problem import Prices, Problem
from models.referee import cost, moved, violations
from optimizer.drafting import BrokenPlanError
from optimizer.params import Params
from optimizer.recarring import recarred
from optimizer.replanning.disturbing import Disturbed
from optimizer.replanning.keeping import Stays, keeping
from optimizer.replanning.leaving import renewed
from optimizer.replanning.moves import moves
from optimizer.replanning.notices import notices
from optimizer.replanning.places import places
from optimizer.replanning.proposals import Kind, Proposal
from optimizer.replanning.settling import settled
from optimizer.solving import solve
from optimizer.stopping import AnyOf, Cancel, OnProgress, Stop, TimeLimit
from optimizer.why.alone import Alone

#: seconds of search for the first proposal: with its proof and its judging it is there within two
FIRST = 1.2

#: searches at most for a least disruption
MOST_ROUNDS = 1_000

#: the price of a move where moving should cost nothing, in shares of the office's own
TRIFLE = 0.02


class Mending:
    """One disturbed problem, and the proposals to mend it; what they have in common is worked out once."""

    def __init__(self, state: Disturbed, params: Params | None = None, cancel: Cancel | None = None) -> None:
        self.state = state
        self.problem = state.problem
        self.params = (params or Params()).model_copy(update={"bound_share": 0.0})
        self.cancel = cancel or Cancel()
        self.alone = Alone(self.problem)
        self.keeping: Stays = keeping(self.problem, self.alone)
        self._mended = _mended(self.problem, self.keeping)
        self._plans: list[Plan] = []

    def least_disruption(
        self, seconds: float = FIRST, rounds: int = 5, on_progress: OnProgress | None = None
    ) -> Proposal:
        """As few moved visits as possible, then as cheap as possible within ``seconds``.

        Where the fewest moves are not proven by then, the search begins again with other draws, ``rounds`` times in
        all at most.

        Raises:
            InvalidInput: seconds or rounds cannot be.
        """
        rounds = given.whole(rounds, "rounds", 1, MOST_ROUNDS)
        problem = _lexicographic(self._mended)
        best = self.search(problem, seconds, on_progress)
        for number in range(1, rounds):
            if self._proven(best) or self.cancel.cancelled:
                break
            other = self.params.model_copy(update={"seed": (self.params.seed + number) % 2**31})
            best = min(best, self.search(problem, seconds, on_progress, other), key=self._rank)
        return self.proposal("least-disruption", self._still(best))

    def undominated(self, least: Proposal) -> Proposal:
        """The least disruption among every plan found so far, whatever it was sought for.

        Another plan takes the place of ``least`` where it is no worse in anything that counts: visits left out,
        moves, moves to another day, people to be told, and cost.
        """
        most = self._disruption(least.plan)
        disruptions = [(self._disruption(plan), plan) for plan in self._plans]
        no_worse = [pair for pair in disruptions if all(map(operator.le, pair[0], most))]
        disruption, plan = min(no_worse, key=operator.itemgetter(0), default=(most, least.plan))
        return least if disruption == most else self.proposal(least.kind, self._still(plan))

    def _still(self, plan: Plan) -> Plan:
        """The plan with every start that can stay where it was published, whatever that costs."""
        return judged(self.problem, settled(self.problem, plan, at_any_price=True))

    def balanced(self, seconds: float = 5.0, on_progress: OnProgress | None = None) -> Proposal:
        """Cheapest by all prices, that of moving included.

        Raises:
            InvalidInput: seconds cannot be.
        """
        self.search(self._mended, seconds, on_progress)
        return self.proposal("balanced", min(self._plans, key=lambda plan: plan.cost.total))

    def cheapest(self, seconds: float = 5.0, on_progress: OnProgress | None = None) -> Proposal:
        """Cheapest to run to the baht, the price of moves not counted; among equals the one that moves least.

        The search sees a trifle of a price for each move, so that nothing moves that saves nothing.

        Raises:
            InvalidInput: seconds cannot be.
        """
        trifle = TRIFLE * self.problem.prices.moved or 1.0
        self.search(_repriced(self._mended, moved=trifle, moved_soon=trifle), seconds, on_progress)
        return self.proposal("cheapest", min(self._plans, key=self._running))

    def _running(self, plan: Plan) -> tuple[int, int]:
        return round(plan.cost.total - plan.cost.moved), len(moved(self.problem, plan))

    def search(
        self, problem: Problem, seconds: float, on_progress: OnProgress | None = None, params: Params | None = None
    ) -> Plan:
        """A plan of a variant of the disturbed problem, judged and priced by the disturbed problem itself.

        Raises:
            BrokenPlanError: it breaks a rule.
            InvalidInput: seconds cannot be.
        """
        stop: Stop = AnyOf(TimeLimit(given.seconds(seconds)), self.cancel)
        made = solve(problem, params or self.params, stop, on_progress)
        bare = renewed(self.state, made).model_copy(update={"lower_bound": None, "status": "feasible"})
        plan = judged(self.problem, settled(self.problem, recarred(self.problem, bare)))
        self._plans.append(plan)
        return plan

    def repriced(self, **prices: float) -> Problem:
        """The disturbed problem under other prices, to be searched from the tours that stay."""
        return _repriced(self._mended, **prices)

    def freed(self, visits: frozenset[str]) -> Problem:
        """The disturbed problem in which none but ``visits`` and those that cannot stay may move."""
        published = self._mended.published
        if published is None:
            return self._mended
        tours = []
        for tour in published.tours:
            stops = tuple(stop for stop in tour.stops if stop.visit not in visits)
            if stops:
                tours.append(tour.model_copy(update={"stops": stops}))
        return _lexicographic(self._mended.changed(published=published.model_copy(update={"tours": tuple(tours)})))

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Every plan found so far."""
        return tuple(self._plans)

    def proposal(self, kind: Kind, plan: Plan) -> Proposal:
        """The plan with its moves and what is proven of it."""
        return Proposal(kind, plan, moves(self.state, plan), self.keeping.least, self._proven(plan))

    def _proven(self, plan: Plan) -> bool:
        if len(moved(self.problem, plan)) > self.keeping.least:
            return False
        visits = self.problem.visit_by_id
        return all(self.alone.impossible(visits[left.visit]) is not None for left in plan.unplanned)

    def _rank(self, plan: Plan) -> tuple[float, int, float]:
        return left_out(self.problem, plan), len(moved(self.problem, plan)), plan.cost.total

    def _disruption(self, plan: Plan) -> tuple[int, int, int, int, float]:
        problem = self.problem
        moves, people = len(moved(problem, plan)), len(notices(problem, plan))
        return left_out(problem, plan), moves, redated(problem, plan), people, round(plan.cost.total, 2)


def left_out(problem: Problem, plan: Plan) -> int:
    """The priorities of the visits that a plan leaves out, summed."""
    return sum(problem.visit_by_id[left.visit].priority for left in plan.unplanned)


def redated(problem: Problem, plan: Plan) -> int:
    """How many published visits a plan moves to another day, or leaves out."""
    if problem.published is None:
        return 0
    before, after = places(problem.published, problem), places(plan, problem)
    return sum(visit not in after or after[visit].date != before[visit].date for visit, _ in moved(problem, plan))


def judged(problem: Problem, plan: Plan) -> Plan:
    """The plan with its cost by ``problem``, and nothing claimed that was proven of another problem.

    Raises:
        BrokenPlanError: it breaks a rule.
    """
    bare = plan.model_copy(update={"lower_bound": None, "status": "feasible", "cost": cost(problem, plan)})
    broken = violations(problem, bare)
    if broken:
        raise BrokenPlanError("; ".join(map(str, broken[:5])))
    if bare.record is None:
        return bare
    return bare.model_copy(update={"record": bare.record.model_copy(update={"problem_hash": problem.hash})})


def _mended(problem: Problem, kept: Stays) -> Problem:
    """The problem with the tours that stay in place of the published ones, so that a search begins with them.

    Visits that move in every plan are not published here: their moves cost the same wherever they go.
    """
    published = problem.published
    if published is None:
        return problem
    history = [tour for tour in published.tours if problem.today is not None and tour.date < problem.today]
    known = {tour.id for tour in history}
    tours = tuple(
        tour if tour.id not in known else tour.model_copy(update={"id": f"{tour.id}-kept"}) for tour in kept.tours
    )
    return problem.changed(published=published.model_copy(update={"tours": (*history, *tours)}))


def _repriced(problem: Problem, **prices: float) -> Problem:
    changed = Prices.model_validate(problem.prices.model_dump() | prices)
    return problem.changed(prices=changed)


def _lexicographic(problem: Problem) -> Problem:
    """Prices under which no saving pays for another companion, no companion for a move, no move for a visit left out.

    Up to fifty companions that is: more are not exchanged by one change. Prices beyond all that can be paid end at the
    largest that there is.
    """
    prices = problem.prices
    most = 1 + sum(1 for _ in problem.published_stops())
    companions = 1 + min(most, 50)
    companion = min(100.0 + _largest_saving(problem), (LARGEST - 1_000.0) / companions)
    price_of_a_move = 1_000.0 + companion * companions
    unplanned = min(LARGEST, price_of_a_move * most)
    return _repriced(
        problem,
        crew_change=companion,
        moved=price_of_a_move,
        moved_soon=price_of_a_move,
        unplanned=max(prices.unplanned, unplanned),
    )


def _largest_saving(problem: Problem) -> float:
    """Baht that one visit's move could save at most, roughly: a whole tour of its own, late, by stand-ins."""
    prices, km = problem.prices, problem.travel.km
    drive = 2.0 * max((max(row, default=0.0) for row in km), default=0.0) * max(problem.kilometre_prices)
    seats = max(office.most_seats for office in problem.offices)
    hours = (problem.day.end - problem.day.start) / 60
    crew = seats * (prices.most_officer_day + hours * prices.overload_hour)
    visits = max((len(own) for own in problem.visits_of.values()), default=1)
    return drive + crew + prices.car_day + visits * prices.stand_in + prices.lead_change + _latest(problem)


def _latest(problem: Problem) -> float:
    return 5 * len(problem.workdays) * problem.prices.late_day
