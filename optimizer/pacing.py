"""How a run paces itself: how cool it is, and how pieces of work take turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Allowance:
    """Rounds of proving that a search has earned so far: the prover waits for more until the search is over.

    The rounds done in the end depend on the search's steps alone, not on which thread was faster.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rounds = 1
        self._final = False

    def grant(self, rounds: int, *, final: bool = False) -> None:
        """Allow so many rounds in all; with ``final`` there will be no more."""
        with self._changed:
            self._rounds, self._final = max(self._rounds, rounds), self._final or final
            self._changed.notify_all()

    def again(self, done: int) -> bool:
        """Whether another round is allowed after ``done``; waits until that is known."""
        with self._changed:
            self._changed.wait_for(lambda: done < self._rounds or self._final)
            return done < self._rounds


#: slices that the share of the core is cut into
SLICES = 2


class Slices:
    """Which slices of a run the core may take: its share, cut in parts, each after as much search as it took.

    After a slice that brought nothing the pause is four times as long, so what does not pay soon ends; after one that
    paid there is another one while the share is not used up.
    """

    def __init__(self, share: float, first: float) -> None:
        """``share`` of the whole run; ``first``: not before that part of it."""
        self._left, self._length, self._next = share, share / SLICES, first

    def is_due(self, share: float) -> bool:
        """Whether a slice may begin when ``share`` of the run is done."""
        return self._left > 1e-9 and share >= self._next

    def ends(self, share: float) -> float:
        """The part of the run at which a slice that begins now has to end."""
        return min(1.0, share + min(self._length, self._left))

    def took(self, began: float, ended: float, *, paid: bool) -> None:
        """Note a slice."""
        length = max(ended - began, 1e-6)
        self._left = max(0.0, self._left - length)
        self._next = ended + length * (1.0 if paid else 4.0)


class Turns:
    """Turns of one worker's time for a second piece of work, which a thread of its own does while it has the turn.

    Its thread asks ``mine`` as often as it can pause; the worker gives it turns, and waits until each is over. So the
    two take no more than one core, and the work goes on from where it paused.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._until: float | None = None
        self._over = False

    def mine(self) -> bool:
        """Whether the work may go on: at once within its turn, else when it has the next one; False to end it."""
        with self._changed:
            if self._until is not None and self._clock() < self._until and not self._over:
                return True
            self._until = None
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._until is not None or self._over)
            return not self._over

    def give(self, seconds: float) -> float:
        """Give the work a turn and wait for its end; the seconds that it took."""
        with self._changed:
            if self._over:
                return 0.0
            began = self._clock()
            self._until = began + seconds
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._until is None or self._over)
            return self._clock() - began

    def end(self) -> None:
        """There are no more turns: the work has come to its end, or is to end now."""
        with self._changed:
            self._over = True
            self._changed.notify_all()


#: seconds of the first turn of a run that does not know its end; each further turn is twice as long
FIRST_TURN = 0.1
#: seconds of the quick first turn of a run that knows its end, and the part of the run that it takes at most
QUICK, QUICK_SHARE = 1.0, 1 / 40


def coolness(share: float, seconds: float) -> tuple[float, int]:
    """How far a run has cooled, 0..1, and in which turn it is.

    Where ``share`` of the run is known to be done, it cools quickly first, so that a fair plan is there at once, which
    the bound goes on from; then it warms up and cools once more, by what is left. Where nobody knows the end, it warms
    and cools in turns, each twice as long as the one before: whenever it ends, a quarter of it at least was one whole
    turn.
    """
    if share > 0:
        quick = min(QUICK_SHARE, QUICK * share / max(seconds, 1e-9))
        if share < quick:
            return share / quick, 0
        return min(1.0, (share - quick) / (1.0 - quick)), 1
    begun, length, turn = 0.0, FIRST_TURN, 0
    while seconds >= begun + length:
        begun, length, turn = begun + length, 2 * length, turn + 1
    return (seconds - begun) / length, turn


#: how far a run has cooled where a good plan is warmed up again: by a worker who comes to the search later than that,
#: and by the last of several coolings
REWARMED = 0.4


def rewarmed(share: float, joined: float) -> float:
    """How far a worker has cooled, 0..1, who went on from the best plan when ``joined`` of the run was done.

    In time it cools with the others. Later, when they hardly leave the plan any more, it warms the plan up and cools it
    once more by itself: where that is an unlucky one, another may come of it.
    """
    if joined <= REWARMED or joined >= 1.0:
        return share
    return REWARMED + (1.0 - REWARMED) * max(0.0, share - joined) / (1.0 - joined)


#: how many times its price overload counts in a hot plan; how far a plan has cooled where it begins to count less, and
#: where it counts once, as it costs
DEARER, DEARER_UNTIL, TRUE_FROM = 2.0, 0.3, 0.55
#: steps between the two, so that prices do not change with every piece of work
PRICES = 32


def overload_counts(share: float) -> float:
    """How many times its price overload counts in a plan that has cooled so far, 0..1.

    Of the ways to share cooperatives out among leads by far the most let a few lead nearly everything: who leads both
    of two cooperatives may visit them on any tour. So a hot plan is drawn there whatever that costs, and a cool one no
    longer leaves it, since a visit that changes hands alone brings a stand-in. Where hours beyond the fair ones count
    more meanwhile, it cools with leads who share them.
    """
    left = (TRUE_FROM - share) / (TRUE_FROM - DEARER_UNTIL)
    return 1.0 + (DEARER - 1.0) * round(PRICES * min(1.0, max(0.0, left))) / PRICES


#: coolings one after the other that a search begins with, at most; the part of the run that they take in all
COOLINGS, COOLINGS_SHARE = 6, 0.45
#: steps a visit that each of them has at the least, else they are fewer; and how much of a run tells how many
STEPS_OF_COOLING, KNOWN_SHARE = 700, 0.02
#: number of the last cooling, or of a single one
LAST = -1


class Coolings:
    """Several coolings and a last one: a single one ends now in a good plan and now in a much worse one.

    Each of the first ones is to begin with a plan of its own, as hot as a run does. The last one is to go on from the
    best plan of all, as a single cooling does from :data:`REWARMED` of a run on.
    """

    def __init__(self, visits: int) -> None:
        self._visits = max(1, visits)
        self._share, self._began, self._several = 0.0, 0, 0

    def cooled(self, share: float, steps: int) -> tuple[float, int]:
        """How far a cooling has come, 0..1, where a single one would have come to ``share`` after ``steps``, and which.

        Too few steps for two coolings leave a single one. Where the share begins anew, so do they.
        """
        if share < KNOWN_SHARE <= self._share:
            self._began, self._several = steps, 0
        self._share = share
        if not self._several and share >= KNOWN_SHARE:
            whole = (steps - self._began) / share
            self._several = max(1, min(COOLINGS, int(COOLINGS_SHARE * whole / (STEPS_OF_COOLING * self._visits))))
        if self._several < 2:
            return share, LAST
        if share >= COOLINGS_SHARE:
            return rewarmed(share, COOLINGS_SHARE), LAST
        done = share / COOLINGS_SHARE * self._several
        return done % 1.0, int(done)
