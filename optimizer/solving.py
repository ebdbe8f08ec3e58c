"""The one verb: a problem goes in, the best plan found comes out, with what is proven about it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from models.faults import Fault, InvalidInput
from models.plan import Plan, Record
from models.problem import Problem
from models.saying import said
from optimizer.coring import CoreTurns
from optimizer.drafting import completed, draft
from optimizer.instance import Frame, frame
from optimizer.pacing import REWARMED, Allowance, coolness, rewarmed
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.proof import Proof
from optimizer.reasons import reasons
from optimizer.recarring import recarred
from optimizer.search.state import Best
from optimizer.searching import Incumbent, Searcher, torn
from optimizer.sources import source_hash
from optimizer.stopping import AnyOf, Cancel, OnProgress, Progress, Stop, TimeLimit, limits_of, share_of

if TYPE_CHECKING:  # imported where it is needed: most runs end before
    from optimizer.bounding import Trip
    from optimizer.experimenting import Experiment

#: wall-clock seconds between two looks at the stop criteria
LOOK = 0.05
#: pieces of annealing after which a searcher's tours go into the pool: plans sooner after each other share most tours
POOLED = 4
#: the part of the limit, and the seconds at least, after which a small problem that is not solved is left to the bound
EXACT_SHARE, EXACT_SECONDS = 0.15, 6.0
#: baht between cost and bound at which a plan counts as optimal
OPTIMAL = 0.005
#: seconds after its end in which a run looks into why visits are left out: who waits for its plan waits no longer
REASONING = 5.0
#: steps of one worker that a deterministic run counts as one second: at most, and for n visits this over n to the 1.5
NOMINAL_MOST, NOMINAL = 20_000.0, 8e7


def solve(
    problem: Problem,
    params: Params | None = None,
    stop: Stop | None = None,
    on_progress: OnProgress | None = None,
    experiment: Experiment | None = None,
) -> Plan:
    """The best plan found for ``problem`` until ``stop`` says so (default: 60 seconds).

    ``on_progress`` is called from this thread at every look and at every better plan. The plan's ``status`` is
    "optimal" only where the lower bound proves it, and "cancelled" where a ``Cancel`` in ``stop`` ended the run.
    With ``params.deterministic`` seconds are counted in search steps, and equal seeds give equal plans.
    ``experiment`` brings operators or an acceptance rule from outside; its plan cannot be repeated from its record.

    Raises:
        InvalidInput: pins of the problem cannot all stand, or no plan was found that goes on with a rhythm begun.
    """
    from optimizer.warmup import make_ready

    make_ready()  # compiling is not the search's time
    return _Run(frame(problem), params or Params(), stop or TimeLimit(60.0), on_progress, experiment).plan()


class _Run:
    """One solve: its clock, its searchers, its best plan and bound."""

    def __init__(
        self, frame: Frame, params: Params, stop: Stop, on_progress: OnProgress | None, experiment: Experiment | None
    ) -> None:
        self.frame, self.params, self.stop = frame, params, stop
        self.on_progress, self.experiment = on_progress, experiment
        self.began = time.monotonic()
        self.bound: float | None = None
        self.improved_at = 0.0
        self.ended = threading.Event()
        self.incumbent = Incumbent(frame.instance, self._note)
        self.pool = TourPool(frame.instance)
        self.core = CoreTurns(frame, params, self.pool, self.incumbent)
        self.searchers: list[Searcher] = []
        self.failures: list[BaseException] = []

    def plan(self) -> Plan:
        """Run to the end and draft the best plan."""
        self._search()
        work = self._done()  # drafting the plan and looking into reasons takes none of the run's limit
        rows = self.incumbent.rows
        if rows is None:
            raise InvalidInput(self._unfinished())
        drafted = draft(self.frame, rows, reasons={}, lower_bound=None, status="feasible")
        bare = recarred(self.frame.problem, drafted)
        left = [self.frame.problem.visit_by_id[item.visit] for item in bare.unplanned]
        status = "optimal" if self._proven() else "cancelled" if _cancelled(self.stop) else "feasible"
        why = reasons(self.frame.problem, bare, left, math.inf if self.params.deterministic else REASONING)
        plan = completed(bare, why, self.bound, status)
        return plan.model_copy(update={"record": self._record(work)})

    def _unfinished(self) -> list[Fault]:
        """Rhythms that history or a pin has begun, and that no plan found goes on with."""
        problem = self.frame.problem
        return [
            Fault(
                "pins-clash",
                f"cooperatives[{c}].rhythms",
                said("History or a pin has begun a rhythm of {id}, and no plan was found that goes on with it.",
                     id=repr(problem.cooperatives[c].id)),
                said("Add a rhythm that can be gone on with, leave the rhythms out, or drop the pin."),
            )
            for c in torn(self.frame.instance, self.searchers[0].best)
        ]  # fmt: skip

    def _done(self) -> str:
        """The work done so far, as a record says it."""
        return f"{self._steps()} steps" if self.params.deterministic else f"{self._seconds():.1f} s"

    def _record(self, work: str) -> Record:
        return Record(
            problem_hash=self.frame.problem.hash,
            version=version("patithin"),
            solver=f"ortools {version('ortools')}, numba {version('numba')}",
            seed=self.params.seed,
            limit=work,
            deterministic=self.params.deterministic,
            params=self.params.model_dump(mode="json") if self.experiment is None else None,
            stop=limits_of(self.stop),
            sources=source_hash(),
        )

    def _steps(self) -> int:
        return sum(searcher.steps for searcher in self.searchers)

    def _seconds(self) -> float:
        if self.params.deterministic:
            return self._steps() / self._nominal_rate()
        return time.monotonic() - self.began

    def _nominal_rate(self) -> float:
        """Steps that count as one second where work is counted instead of time: fewer for larger problems."""
        visits = max(1, len(self.frame.problem.visits))
        steps: float = min(NOMINAL_MOST, max(20.0, NOMINAL / visits**1.5))
        return self.params.workers * steps

    def _note(self) -> None:
        self.improved_at = self._seconds()

    def progress(self) -> Progress:
        """How the run stands."""
        rows = self.incumbent.rows
        known = Progress(
            seconds=self._seconds(),
            best=float(rows.cost[0]) + self.frame.sunk if rows is not None else None,
            bound=self.bound,
            steps=self._steps(),
            share=0.0,
            improved_at=self.improved_at,
            plan=partial(self._sketch, rows) if rows is not None and not self.ended.is_set() else None,
        )
        return replace(known, share=share_of(self.stop, known))

    def _sketch(self, rows: Best) -> Plan:
        """The plan of these rows, for whoever wants to keep the best before the end; without reasons."""
        plan = draft(self.frame, rows, reasons={}, lower_bound=self.bound, status="feasible")
        return plan.model_copy(update={"record": self._record(self._done())})

    def _tell(self) -> Progress:
        now = self.progress()
        if self.on_progress is not None:
            self.on_progress(now)
        return now

    def _search(self) -> None:
        if self.params.deterministic:
            self._search_by_steps()
        else:
            self._search_by_time()
        if self.failures:
            raise self.failures[0]

    def _new_searcher(self, stop: Callable[[], bool]) -> Searcher:
        searcher = Searcher(self.frame, self.params, len(self.searchers), stop, self.experiment)
        self.searchers.append(searcher)
        self.incumbent.offer(searcher.best)
        return searcher

    def _search_by_time(self) -> None:
        first = self._new_searcher(lambda: self.stop(self._tell()))
        first.stop = self.ended.is_set  # it goes on in a thread of its own; only this one tells how the run stands
        threads = [self._start(self._work, number) for number in range(self.params.workers)]
        try:
            while not self.failures and not self.stop(self._tell()) and not self._proven():
                self.ended.wait(LOOK)
        finally:
            self.ended.set()
            for thread in threads:
                thread.join()
        self._tell()

    def _start(self, work: Callable[..., None], *args: object) -> threading.Thread:
        """Do ``work`` in a thread of its own; what goes wrong there is raised in the thread that called solve."""

        def guarded() -> None:
            try:
                work(*args)
            except BaseException as error:
                self.failures.append(error)
                self.ended.set()

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def _raise_bound(self, bound: float) -> None:
        self.bound = bound if self.bound is None else max(self.bound, bound)

    def _settle_small(self, *, stop: Callable[[], bool], work: float | None = None) -> None:
        """Solve a small problem completely; one that is not small is left as it is."""
        from optimizer.proving import prove

        sunk = self.frame.sunk
        rows, bound = prove(
            self.frame, stop=stop, hint=self.incumbent.rows, on_bound=lambda b: self._raise_bound(b + sunk), work=work
        )
        if rows is not None:
            self.incumbent.offer(rows)
        if bound is not None:
            self._raise_bound(bound + sunk)

    def _prove(
        self, on_bound: Callable[[float], None], *, stop: Callable[[], bool],
        looked: Callable[[], None] | None = None, again: Callable[[int], bool] | None = None,
    ) -> None:  # fmt: skip
        """Tell ``on_bound`` better lower bounds until ``stop``, or until ``again`` allows no further round."""
        from optimizer.bounding import lower_bound

        # where work is counted, what the searchers have by now depends on which thread was faster
        trips = tuple if self.params.deterministic else self._trips
        lower_bound(self.frame.problem, stop=stop, on_bound=on_bound, looked=looked, again=again, trips=trips)

    def _trips(self) -> list[Trip]:
        """The tours of the best plan so far: a start for the proof."""
        from optimizer.bounding import Trip

        rows, inst = self.incumbent.rows, self.frame.instance
        if rows is None:
            return []
        found = []
        for slot in map(int, np.flatnonzero(rows.size)):
            visits = tuple(int(v) for v in rows.stops[slot, : rows.size[slot]])
            crew = tuple(int(o) for o in rows.crew[slot, : rows.crew_size[slot]])
            leads = tuple(int(rows.lead[inst.cooperative[v]]) for v in visits)
            found.append(Trip(int(inst.slot_office[slot]), visits, crew, leads))
        return found

    def _proven(self) -> bool:
        """Whether the bound shows that nothing can be cheaper than the best plan."""
        cost = self.incumbent.cost + self.frame.sunk
        return self.bound is not None and cost - self.bound <= OPTIMAL + 1e-9 * cost

    def _bound_is_due(self, times: float = 1.0) -> bool:
        return self.ended.is_set() or self.progress().share >= min(1.0, times * self.params.bound_share)

    def _exact_is_over(self) -> bool:
        now = self.progress()
        return self._bound_is_due() or (now.share >= EXACT_SHARE and now.seconds >= EXACT_SECONDS)

    def _work(self, number: int) -> None:
        """One worker: search until the end. The last of several proves first; a single one proves in between."""
        proof = self._begin_proof(number) if number == self.params.workers - 1 else None
        try:
            if self.ended.is_set():  # cancelled: on a large office another first plan would take long
                return
            searcher = self.searchers[0] if number == 0 else self._new_searcher(self.ended.is_set)
            if number and self.incumbent.rows is not None:
                searcher.adopt(self.incumbent.rows)
            self._go_on(searcher, number, proof)
        finally:
            if proof is not None:
                proof.end()

    def _begin_proof(self, number: int) -> Proof | None:
        """Settle a small problem; prove a larger one, or, in the only worker, begin a proof that is given turns."""
        self._settle_small(stop=self._exact_is_over)
        if self._proven() or self.ended.is_set():
            return None
        proof = Proof(
            lambda stop, looked: self._prove(self._raise_bound, stop=stop, looked=looked),
            self.progress, self._bound_is_due,
        )  # fmt: skip
        if number:
            proof.go_through()
            return None
        proof.begin(self._start)
        return proof

    def _go_on(self, searcher: Searcher, number: int, proof: Proof | None) -> None:
        """Search in pieces of a twentieth of a second until the end; ``proof`` has its turns in between."""
        joined = self.progress().share
        exchanges = [share for share in sorted(self.params.exchange, reverse=True) if share > joined <= REWARMED]
        pace, turn, pieces = 20, 0, 0
        while not self.ended.is_set():
            if proof is not None:
                proof.turn()
            if number == self.params.workers - 1:
                self._with_core([searcher], self.core.take(self.progress, self.ended.is_set))
            now = self.progress()
            cool, last = coolness(now.share, now.seconds)
            if (exchanges and now.share >= exchanges[-1]) or last > turn:
                exchanges, turn = [share for share in exchanges if share > now.share], last
                rows = self.incumbent.rows
                if rows is not None:
                    searcher.adopt(rows)
            began = time.monotonic()
            searcher.advance(pace, rewarmed(cool, joined))
            self.incumbent.offer(searcher.best)
            took = time.monotonic() - began
            pieces += 1
            if pieces % POOLED == 0:
                searcher.pool(self.pool)
            pace = max(1, min(int(pace * min(4.0, max(0.25, LOOK / max(took, 1e-4)))), 100_000))

    def _with_core(self, searchers: list[Searcher], paid: bool) -> None:
        """Where the core has found a better plan, these searchers go on from it."""
        if paid and self.incumbent.rows is not None:
            for searcher in searchers:
                searcher.adopt(self.incumbent.rows)

    def _search_by_steps(self) -> None:
        """The searchers take turns in fixed pieces: nothing depends on how fast the machine is."""
        for _ in range(self.params.workers):
            self._new_searcher(lambda: _cancelled(self.stop))
        self._settle_small(stop=lambda: self.stop(self._tell()), work=self.params.exact_work)
        if self._proven():
            return
        # bounds count only after the search: when they come depends on the clock, and a gap limit would see them
        bounds: list[float] = []
        rounds = Allowance()
        if self.params.bound_rounds == 0:
            self._take_turns(rounds)
            return
        prover = self._start(partial(self._prove, stop=self.ended.is_set, again=rounds.again), bounds.append)
        try:
            self._take_turns(rounds)
        finally:
            if self.failures or _cancelled(self.stop):
                self.ended.set()
            rounds.grant(0, final=True)
            prover.join()
        for bound in bounds:
            self._raise_bound(bound)

    def _take_turns(self, rounds: Allowance) -> None:
        piece = max(1, int(self._nominal_rate() / self.params.workers / 10))
        exchanges, turn, pieces = sorted(self.params.exchange, reverse=True), 0, 0
        while True:
            now = self._tell()
            cool, last = coolness(now.share, now.seconds)
            rounds.grant(int(self.params.bound_rounds * now.seconds))
            if self.stop(now):
                break
            self._with_core(self.searchers, self.core.take_by_work(now.share, lambda: _cancelled(self.stop)))
            if (exchanges and now.share >= exchanges[-1]) or last > turn:
                exchanges, turn = [share for share in exchanges if share > now.share], last
                for searcher in self.searchers:
                    if self.incumbent.rows is not None:
                        searcher.adopt(self.incumbent.rows)
            threads = [self._start(searcher.advance, piece, cool) for searcher in self.searchers]
            for thread in threads:
                thread.join()
            if self.failures:
                return
            for searcher in self.searchers:
                self.incumbent.offer(searcher.best)
            pieces += 1
            if pieces % POOLED == 0:
                for searcher in self.searchers:
                    searcher.pool(self.pool)


def _cancelled(stop: Stop) -> bool:
    """Whether a ``Cancel`` among the criteria was asked."""
    if isinstance(stop, AnyOf):
        return any(_cancelled(one) for one in stop.stops)
    return isinstance(stop, Cancel) and stop.cancelled
