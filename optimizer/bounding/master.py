"""The linear programme over outings with crews that have been found so far; it grows and gives prices."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from optimizer.bounding.duals import Duals, LeadOptions
from optimizer.bounding.outings import Outings, Stopped
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats, Ints

#: seconds between two looks at the stop criterion while the linear programme is solved
LOOK = 0.05
#: without preprocessing and scaling the solver goes on from its last basis: the primal method where columns were added
FRESH_ROWS = "use_dual_simplex: true use_preprocessing: false use_scaling: false"
MORE_COLUMNS = "use_dual_simplex: false use_preprocessing: false use_scaling: false"


@dataclass(frozen=True)
class Column:
    """An outing with a crew; ``claims`` are (visit, officer): whom the visit counts on as its lead."""

    office: int
    visits: tuple[int, ...]
    crew: tuple[int, ...]
    claims: tuple[tuple[int, int], ...]
    baht: float
    hours: float


class Master:
    """The programme; its variables and rows are those of ``docs/bounds.md``."""

    def __init__(self, relaxed: Relaxed, options: LeadOptions) -> None:
        self.relaxed, self.options = relaxed, options
        self.columns: list[Column] = []
        #: of the last optimum: its value without what history costs, the share of each column there was, of each lead
        self.value = 0.0
        self.shares: list[float] = []
        self.choice: dict[tuple[int, int], float] = {}
        self._visits_of = [np.flatnonzero(relaxed.coop == c).tolist() for c in range(len(options.listed))]
        self._triples: list[tuple[int, int, int]] = []
        self._build()

    def _build(self) -> None:
        """A programme with the present columns, lead options and cuts."""
        relaxed = self.relaxed
        solver = self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._far = solver.infinity()
        self._objective = solver.Objective()
        self._visit = [solver.Constraint(1.0, self._far) for _ in relaxed.visit]
        self._hour = [
            solver.Constraint(-float(fair) if np.isfinite(fair) else -self._far, self._far) for fair in relaxed.fair
        ]
        for row in self._hour:
            self._variable(relaxed.overload, [(row, 1.0)])
        self._leads()
        self._left_out()
        self._cuts: list[pywraplp.Constraint] = []
        self._cuts_of_pair: dict[tuple[int, int], list[int]] = {}
        for triple in self._triples:
            self._row_of_cut(triple)
        self._variables = [self._column(column) for column in self.columns]
        self._known = set(self.columns)
        self._reduced: list[float] = []
        self._method = FRESH_ROWS

    def _variable(self, cost: float, entries: Sequence[tuple[pywraplp.Constraint, float]]) -> pywraplp.Variable:
        variable = self._solver.NumVar(0.0, self._far, "")
        self._objective.SetCoefficient(variable, cost)
        for row, factor in entries:
            row.SetCoefficient(variable, factor)
        return variable

    def _leads(self) -> None:
        """One lead for each cooperative; where a lead is chosen, each visit has it along or has a stand-in."""
        self._lead: dict[tuple[int, int], pywraplp.Constraint] = {}
        self._choice: dict[tuple[int, int], pywraplp.Variable] = {}
        for c, listed in enumerate(self.options.listed):
            if not listed.any():
                continue
            one_lead = self._solver.Constraint(1.0, 1.0)
            for option in map(int, np.flatnonzero(listed)):
                chosen = self._variable(float(self.options.price[c, option]), [(one_lead, 1.0)])
                self._choice[c, option] = chosen
                for v in self._visits_of[c]:
                    row = self._lead[v, option] = self._solver.Constraint(0.0, self._far)
                    row.SetCoefficient(chosen, -1.0)
                    self._variable(self.relaxed.stand_in, [(row, 1.0)])

    def _left_out(self) -> None:
        """A visit left out needs no stand-in, whoever the lead is."""
        for v, coop in enumerate(self.relaxed.coop):
            claims = [self._lead[v, int(option)] for option in np.flatnonzero(self.options.listed[coop])]
            for claim in claims or [None]:
                entries = [(self._visit[v], 1.0)] + ([(claim, 1.0)] if claim else [])
                self._variable(float(self.relaxed.leave_out[v]), entries)

    def _row_of_cut(self, triple: tuple[int, int, int]) -> None:
        """Of the outings that hold two or more of ``triple``, allow one in all."""
        i, j, k = sorted(triple)
        for pair in ((i, j), (i, k), (j, k)):
            self._cuts_of_pair.setdefault(pair, []).append(len(self._cuts))
        self._cuts.append(self._solver.Constraint(-1.0, self._far))

    def _column(self, column: Column) -> pywraplp.Variable:
        entries = [(self._visit[v], 1.0) for v in column.visits]
        entries += [(self._hour[o], -column.hours) for o in column.crew if np.isfinite(self.relaxed.fair[o])]
        entries += [(self._lead[v, self._option(v, member)], 1.0) for v, member in column.claims]
        entries += [(self._cuts[cut], -1.0) for cut in self._cuts_held(column.visits)]
        return self._variable(column.baht, entries)

    def add(self, block: Outings, row: int, crew: Sequence[int], reward: Floats) -> bool:
        """Add an outing with its crew, each visit claimed by the member worth most; False where it is known."""
        visits = tuple(int(v) for v in block.visits[row])
        claims = []
        for v in visits:
            listed = self.options.listed[self.relaxed.coop[v]]
            _, listed_itself, member = max((reward[v, o], listed[o], -o) for o in crew)
            if listed_itself or listed[-1]:
                claims.append((v, -int(member)))
        baht = float(block.baht[row]) + self.relaxed.officer_day * len(crew)
        column = Column(block.office, visits, tuple(crew), tuple(claims), baht, float(block.hours[row]))
        if column in self._known:
            return False
        self._known.add(column)
        self.columns.append(column)
        self._variables.append(self._column(column))
        return True

    def _option(self, visit: int, officer: int) -> int:
        listed = self.options.listed[self.relaxed.coop[visit]]
        return officer if listed[officer] else len(listed) - 1

    def mixed_leads(self, near: float) -> list[tuple[int, int]]:
        """(cooperative, officer) who serves as a lead not listed in columns of at most ``near`` baht reduced cost."""
        anybody = len(self.relaxed.skills)
        found = set()
        for column, reduced in zip(self.columns, self._reduced, strict=False):
            if reduced > near:
                continue
            for v, member in column.claims:
                coop = int(self.relaxed.coop[v])
                if not self.options.listed[coop, member] and self.choice[coop, anybody] > 1e-6:
                    found.add((coop, member))
        return sorted(found)

    def _cuts_held(self, visits: tuple[int, ...]) -> set[int]:
        pairs = ((i, j) for a, i in enumerate(visits) for j in visits[a + 1 :])
        return {cut for pair in pairs for cut in self._cuts_of_pair.get(pair, ())}

    def refine(self, leads: Sequence[tuple[int, int]], triples: Ints, dearest: float) -> None:
        """Build the programme anew with more ``leads`` told apart and more cuts.

        Columns whose reduced cost in the last optimum exceeds ``dearest`` baht are dropped: with fewer columns the
        programme is solved anew sooner than it would be mended, and pricing brings back what it needs.
        """
        last = len(self._reduced)  # columns added since have none yet
        kept = [column for column, cost in zip(self.columns, self._reduced, strict=False) if cost <= dearest]
        self.columns = kept + self.columns[last:]
        for coop, officer in leads:
            self.options.listed[coop, officer] = True
        self._triples += [(int(i), int(j), int(k)) for i, j, k in triples]
        self._build()

    def solve(self, stop: Callable[[], bool]) -> Duals:
        """Solve, and give the prices, each moved into its allowed range.

        Raises:
            Stopped: ``stop`` became true on the way.
        """
        self._solver.SetSolverSpecificParametersAsString(self._method)
        self._method = MORE_COLUMNS
        done = threading.Event()

        def watch() -> None:
            while not done.wait(LOOK):
                if stop():
                    self._solver.InterruptSolve()

        watcher = threading.Thread(target=watch, name="bound-watch", daemon=True)
        watcher.start()
        try:
            status = self._solver.Solve()
        finally:
            done.set()
            watcher.join()
        if status != pywraplp.Solver.OPTIMAL:
            raise Stopped
        self.value = float(self._objective.Value())
        self.shares = [variable.solution_value() for variable in self._variables]
        self._reduced = [variable.reduced_cost() for variable in self._variables]
        self.choice = {key: variable.solution_value() for key, variable in self._choice.items()}
        relaxed = self.relaxed
        lead = np.zeros((len(relaxed.visit), len(relaxed.skills) + 1))
        for (v, option), row in self._lead.items():
            lead[v, option] = row.dual_value()
        hour = np.array([row.dual_value() for row in self._hour])
        return Duals(
            visit=np.array([row.dual_value() for row in self._visit]),
            hour=np.where(np.isfinite(relaxed.fair), np.clip(hour, 0.0, relaxed.overload), 0.0),
            lead=np.clip(lead, 0.0, relaxed.stand_in),
            cut=np.maximum(np.array([row.dual_value() for row in self._cuts]), 0.0),
        )

    def mixture(self) -> list[tuple[tuple[int, ...], float]]:
        """The outings of the optimum as (visits, share), shares of the same visits summed."""
        shares: dict[tuple[int, ...], float] = {}
        for column, share in zip(self.columns, self.shares, strict=False):
            if share > 1e-9:
                shares[column.visits] = shares.get(column.visits, 0.0) + share
        return sorted(shares.items())
