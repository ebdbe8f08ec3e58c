"""Leads in the exact model, and what depends on them: stand-ins, changes of lead, published visits that move."""

from __future__ import annotations

from optimizer.proving.choosing import Choice, Literal


class Answering:
    """Adds leads and their prices to a :class:`Choice`."""

    def __init__(self, choice: Choice) -> None:
        self.choice, self.inst, self.model = choice, choice.inst, choice.model
        #: (cooperative, officer): is its lead
        self.lead: dict[tuple[int, int], Literal] = {}
        inst = self.inst
        for c in range(len(inst.gap)):
            listed = inst.visit_list[inst.first_visit[c] : inst.first_visit[c + 1]]
            visits = [int(v) for v in listed if inst.fixed[v] != 1]
            past = len(visits) < len(listed)
            if self._matters(c, visits):
                self._choose(c, visits)
                self._change(c, visits, past)
                for v in visits:
                    self._stand_in(c, v)
                    self._move(c, v)

    def _matters(self, c: int, visits: list[int]) -> bool:
        inst = self.inst
        changes = inst.lead_change > 0 and inst.current_lead[c] >= 0
        return bool(inst.stand_in > 0 or changes or (inst.move_price[visits] > 0).any())

    def _choose(self, c: int, visits: list[int]) -> None:
        """One lead: the fixed one, or anybody who may come, the current one, or one who never comes."""
        inst, model = self.inst, self.model
        if inst.fixed_lead[c] >= 0:
            self.lead[c, int(inst.fixed_lead[c])] = model.new_constant(1)
            return
        officers = range(len(inst.base))
        barred = self.choice.barred[c]
        able = {o for v in visits for o in self.choice.riders(v)} | ({int(inst.current_lead[c])} - {-1})
        others = [o for o in officers if o not in able | barred][:1]
        for o in sorted(able - barred) + others:
            self.lead[c, o] = model.new_bool_var("")
        leads = [self.lead[c, o] for o in sorted(able - barred) + others]
        if leads:
            model.add_exactly_one(leads)
        for v in visits if officers and not leads else ():
            model.add(self.choice.planned(v) == 0)  # everybody is barred, so nobody can lead it

    def _leads(self, c: int, officer: int) -> Literal:
        known = self.lead.get((c, officer))
        return self.model.new_constant(0) if known is None else known

    def _change(self, c: int, visits: list[int], past: bool) -> None:
        inst, now = self.inst, int(self.inst.current_lead[c])
        if now < 0 or inst.lead_change <= 0:
            return
        changed = self.model.new_bool_var("")
        if past:
            self.model.add(changed + self._leads(c, now) >= 1)
        for v in visits:
            self.model.add(changed + self._leads(c, now) >= self.choice.planned(v))
        self.choice.pay(changed, inst.lead_change)

    def _stand_in(self, c: int, v: int) -> None:
        """Every planned visit pays for a stand-in, unless its lead is aboard."""
        price = self.inst.stand_in
        if price <= 0 or not self.choice.of_visit[v]:
            return
        self.choice.pay(self.choice.planned(v), price)
        for o in self.choice.riders(v):
            if (c, o) in self.lead:
                comes = self.model.new_bool_var("")
                self.model.add_implication(comes, self.lead[c, o])
                self.model.add_implication(comes, self.choice.aboard(v, o))
                self.choice.pay(comes, -price)

    def _move(self, c: int, v: int) -> None:
        """A published visit pays for a move, unless it starts as published with the same officers answering for it;
        then it pays for companions exchanged, unless the whole crew is the same.

        Who answers is the lead where aboard, else the whole crew. Companions never cost more than a move: it may be
        moved on purpose.
        """
        inst, model = self.inst, self.model
        price = float(inst.move_price[v])
        if price <= 0:
            return
        self.choice.constant += price
        answering = {int(o) for o in inst.published_crew[v] if o >= 0}
        riders = self.choice.riders(v)
        if not answering <= set(riders):
            return
        stays = model.new_bool_var("")
        model.add_implication(stays, self.choice.kept(v))
        for o in answering:
            model.add_implication(stays, self.choice.aboard(v, o))
        for o in riders:
            if o not in answering:
                others = [self._leads(c, next(iter(answering)))] if len(answering) == 1 else []
                model.add_bool_or([~stays, ~self.choice.aboard(v, o), *others])
        if len(answering) > 1:
            for o in answering:
                model.add_bool_or([~stays, ~self._leads(c, o)])
        companions = min(inst.crew_change, price)
        self.choice.pay(stays, companions - price)
        if companions > 0:
            self._whole_crew(v, stays, companions)

    def _whole_crew(self, v: int, stays: Literal, companions: float) -> None:
        """A visit that stays does not pay for companions exchanged where exactly the published officers ride."""
        model, riders = self.model, self.choice.riders(v)
        published = {int(o) for o in self.inst.published_riders[v] if o >= 0}
        if not published <= set(riders):
            return
        same = model.new_bool_var("")
        model.add_implication(same, stays)
        for o in riders:
            aboard = self.choice.aboard(v, o)
            model.add_implication(same, aboard if o in published else ~aboard)
        self.choice.pay(same, -companions)
