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


@dataclass(frozen=True)
class Column:
    """An outing with a crew; ``claims`` are (visit, officer): whom the visit counts on as its lead."""

    visits: tuple[int, ...]
    claims: tuple[tuple[int, int], ...]
    variable: pywraplp.Variable


class Master:
    """The programme; its variables and rows are those of ``docs/bounds.md``."""

    def __init__(self, relaxed: Relaxed, options: LeadOptions) -> None:
        self.relaxed, self.options = relaxed, options
        self.columns: list[Column] = []
        #: of the last optimum: its value without what history costs, and the share of each column there was
        self.value = 0.0
        self.shares: list[float] = []
        self.choice: dict[tuple[int, int], float] = {}
        self._known: set[tuple[object, ...]] = set()
        self._cuts: list[pywraplp.Constraint] = []
        self._cuts_of_pair: dict[tuple[int, int], list[int]] = {}
        solver = self._solver = pywraplp.Solver.CreateSolver("GLOP")
        # without preprocessing and scaling the solver goes on from its last basis when columns are added
        solver.SetSolverSpecificParametersAsString(
            "use_dual_simplex: false use_preprocessing: false use_scaling: false"
        )
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

    def _variable(self, cost: float, entries: Sequence[tuple[pywraplp.Constraint, float]]) -> pywraplp.Variable:
        variable = self._solver.NumVar(0.0, self._far, "")
        self._objective.SetCoefficient(variable, cost)
        for row, factor in entries:
            row.SetCoefficient(variable, factor)
        return variable

    def _leads(self) -> None:
        """One lead for each cooperative; where a lead is chosen, each visit has it along or has a stand-in."""
        self._lead: dict[tuple[int, int], pywraplp.Constraint] = {}
        self._one_lead: dict[int, pywraplp.Constraint] = {}
        self._choice: dict[tuple[int, int], pywraplp.Variable] = {}
        self._visits_of = [np.flatnonzero(self.relaxed.coop == c).tolist() for c in range(len(self.options.listed))]
        for c, listed in enumerate(self.options.listed):
            if listed.any():
                self._one_lead[c] = self._solver.Constraint(1.0, 1.0)
            for option in np.flatnonzero(listed):
                self._add_option(c, int(option))

    def _add_option(self, coop: int, option: int) -> None:
        chosen = self._variable(float(self.options.price[coop, option]), [(self._one_lead[coop], 1.0)])
        self._choice[coop, option] = chosen
        for v in self._visits_of[coop]:
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

    def add(self, block: Outings, row: int, crew: Sequence[int], reward: Floats) -> bool:
        """Add an outing with its crew, each visit claimed by the member worth most; False where it is known."""
        visits = tuple(int(v) for v in block.visits[row])
        claims = []
        for v in visits:
            listed = self.options.listed[self.relaxed.coop[v]]
            member = max(crew, key=lambda o, v=v, listed=listed: (reward[v, o], listed[o]))  # type: ignore[misc]
            if listed[member] or listed[-1]:
                claims.append((v, int(member)))
        key = (block.office, visits, tuple(crew), tuple(claims))
        if key in self._known:
            return False
        self._known.add(key)
        hours = float(block.hours[row])
        entries = [(self._visit[v], 1.0) for v in visits]
        entries += [(self._hour[o], -hours) for o in crew if np.isfinite(self.relaxed.fair[o])]
        entries += [(self._lead[v, self._option(v, member)], 1.0) for v, member in claims]
        entries += [(self._cuts[cut], -1.0) for cut in self._cuts_held(visits)]
        baht = float(block.baht[row]) + self.relaxed.officer_day * len(crew)
        self.columns.append(Column(visits, tuple(claims), self._variable(baht, entries)))
        return True

    def _option(self, visit: int, officer: int) -> int:
        listed = self.options.listed[self.relaxed.coop[visit]]
        return officer if listed[officer] else len(listed) - 1

    def tell_apart(self, least: float) -> int:
        """List the officers that serve as unlisted leads by ``least`` or more in the optimum; returns how many."""
        anybody = len(self.relaxed.skills)
        used: dict[tuple[int, int], float] = {}
        for column, share in zip(self.columns, self.shares, strict=False):
            for v, member in column.claims:
                coop = int(self.relaxed.coop[v])
                if share > 1e-9 and not self.options.listed[coop, member] and self.choice[coop, anybody] > 1e-6:
                    used[coop, member] = used.get((coop, member), 0.0) + share
        chosen = sorted(pair for pair, share in used.items() if share >= least)
        for coop, officer in chosen:
            self._list(coop, officer)
        return len(chosen)

    def _list(self, coop: int, officer: int) -> None:
        """Make ``officer`` a lead option of its own; what was claimed through "anybody else" moves over."""
        anybody = len(self.relaxed.skills)
        visits = set(self._visits_of[coop])
        self.options.listed[coop, officer] = True
        self._add_option(coop, officer)
        for v in visits:
            entries = [(self._visit[v], 1.0), (self._lead[v, officer], 1.0)]
            self._variable(float(self.relaxed.leave_out[v]), entries)
        for column in self.columns:
            for v, member in column.claims:
                if member == officer and v in visits:
                    self._lead[v, anybody].SetCoefficient(column.variable, 0.0)
                    self._lead[v, officer].SetCoefficient(column.variable, 1.0)

    def _cuts_held(self, visits: tuple[int, ...]) -> set[int]:
        pairs = ((i, j) for a, i in enumerate(visits) for j in visits[a + 1 :])
        return {cut for pair in pairs for cut in self._cuts_of_pair.get(pair, ())}

    def add_cut(self, triple: Ints) -> None:
        """Of the outings that hold two or more of ``triple``, allow one in all."""
        cut = len(self._cuts)
        row = self._solver.Constraint(-1.0, self._far)
        self._cuts.append(row)
        marked = {int(v) for v in triple}
        i, j, k = sorted(marked)
        for pair in ((i, j), (i, k), (j, k)):
            self._cuts_of_pair.setdefault(pair, []).append(cut)
        for column in self.columns:
            if sum(v in marked for v in column.visits) >= 2:
                row.SetCoefficient(column.variable, -1.0)

    def solve(self, stop: Callable[[], bool]) -> Duals:
        """Solve, and give the prices, each moved into its allowed range.

        Raises:
            Stopped: ``stop`` became true on the way.
        """
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
        self.shares = [column.variable.solution_value() for column in self.columns]
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
