"""How a run paces itself: how cool it is, and how two threads keep step where work is counted instead of time."""

from __future__ import annotations

import threading


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


#: seconds of the first turn of a run that does not know its end; each further turn is twice as long
FIRST_TURN = 0.1


def coolness(share: float, seconds: float) -> tuple[float, int]:
    """How far a run has cooled, 0..1, and in which turn it is.

    Where ``share`` of the run is known to be done, it cools once, by it. Where nobody knows the end, it warms and cools
    in turns, each twice as long as the one before: whenever it ends, a quarter of it at least was one whole turn.
    """
    if share > 0:
        return min(1.0, share), 0
    begun, length, turn = 0.0, FIRST_TURN, 0
    while seconds >= begun + length:
        begun, length, turn = begun + length, 2 * length, turn + 1
    return (seconds - begun) / length, turn
