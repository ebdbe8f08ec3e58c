"""The proof's part in a run: what time it gets, and when it has to leave that to the search."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from optimizer.pacing import Turns
from optimizer.stopping import Progress

#: the part of its time that a worker who searches gives to the proof at most, and the seconds of one turn
SHARE, TURN = 0.25, 0.05


class Standing(NamedTuple):
    """How a run stood: ``proving`` seconds of its ``seconds`` were the proof's, and ``work`` seconds of a processor, in
    which it had proven something, better or not, ``looks`` times; ``bound`` and ``best`` cost in baht."""

    seconds: float
    proving: float
    work: float
    looks: int
    bound: float
    best: float | None


#: proving is judged over this part of a run, over so many seconds of a processor, or over so many looks at all routes,
#: whichever takes longest: first bounds take their time, and in a large office each look does
JUDGED, LEAST_WORK, LEAST_LOOKS = 0.15, 10.0, 6
#: the part of itself by which a bound that is worth going on with rises in that time, in a run of so many seconds or
#: less; in a longer one, whose search saves less and less, as many times less
LEAST_RISE, MINUTE = 1e-3, 60.0
#: the part of itself by which it rises in that time where the proof goes on beyond its part of the run, so many times
#: that part at most: a minute's search could not save as much
LEAST_SOAR, OVERTIME = 1e-2, 1.5
#: seconds between two standings that are kept
BETWEEN = 0.1


class Worth:
    """Whether proving still pays: the bound rises, and where one worker does both, faster than the search saves.

    Seconds of each count as its own: what the bound rises in a second of proof, the search saves in a second of search.
    """

    def __init__(self) -> None:
        self._stood: deque[Standing] = deque()

    def pays(self, now: Standing, share: float) -> bool:
        """Whether to go on; a run whose end nobody knows (``share`` 0) may be waiting for the bound, so it does."""
        stood = self._stood
        if not stood or now.seconds - stood[-1].seconds >= BETWEEN:
            stood.append(now)
        if share <= 0:
            return True
        since = now.seconds - JUDGED * now.seconds / share
        worked, looked = now.work - LEAST_WORK, now.looks - LEAST_LOOKS
        while len(stood) > 1 and stood[1].seconds <= since and stood[1].work <= worked and stood[1].looks <= looked:
            stood.popleft()
        then = stood[0]
        if then.seconds > since or then.work > worked or then.looks > looked:
            return True
        risen, proving = now.bound - then.bound, now.proving - then.proving
        if risen <= LEAST_RISE * min(1.0, MINUTE * share / now.seconds) * now.bound:
            return False
        searching = now.seconds - then.seconds - proving
        if searching <= 0 or now.best is None or then.best is None:
            return True
        return risen * searching > (then.best - now.best) * proving

    def soars(self, now: Standing) -> bool:
        """Whether the bound has risen so much, in the time by which it is judged, that the end should wait for it."""
        return not self._stood or now.bound - self._stood[0].bound > LEAST_SOAR * now.bound


class Proof:
    """One proof in a run: a worker of several goes through with it, a single one gives it turns beside its search.

    ``prove`` works until the first callable that it is given says stop, and calls the second one whenever it has proven
    something; ``look`` tells how the run stands; ``over`` says that the proof's part of the run is over, or so
    many times that part.
    """

    def __init__(
        self, prove: Callable[[Callable[[], bool], Callable[[], None]], None], look: Callable[[], Progress],
        over: Callable[[float], bool],
        clock: Callable[[], float] = time.monotonic, work: Callable[[], float] = time.thread_time,
    ) -> None:  # fmt: skip
        self._prove, self._look, self._over, self._clock, self._work = prove, look, over, clock, work
        self._worth, self._turns = Worth(), Turns(clock)
        self._began, self._spent, self._looks = 0.0, 0.0, 0
        self._thread: threading.Thread | None = None

    def go_through(self) -> None:
        """Prove at once, in this thread, for as long as it pays; somewhat longer while the bound soars."""
        self._prove(self._is_through, self._looked)

    def begin(self, start: Callable[[Callable[[], None]], threading.Thread]) -> None:
        """Prove in a thread that ``start`` makes, which works only in its turns."""
        self._began = self._clock()
        self._thread = start(self._in_turns)

    def turn(self) -> None:
        """Give the proof a turn, unless it has had its share of the time since it began."""
        if self._spent <= SHARE * (self._clock() - self._began):
            self._spent += self._turns.give(TURN)

    def end(self) -> None:
        """End the proof that was begun, wherever it is."""
        self._turns.end()
        if self._thread is not None:
            self._thread.join()

    def _in_turns(self) -> None:
        try:
            if self._turns.mine():
                self._prove(self._ends, self._looked)
        finally:
            self._turns.end()

    def _looked(self) -> None:
        self._looks += 1

    def _is_through(self) -> bool:
        now = self._look()
        stands = self._standing(now, now.seconds)
        if self._over(OVERTIME) or not self._worth.pays(stands, now.share):
            return True
        return self._over(1.0) and not self._worth.soars(stands)

    def _ends(self) -> bool:
        if not self._turns.mine() or self._over(1.0):
            return True
        now = self._look()
        return not self._worth.pays(self._standing(now, self._spent), now.share)

    def _standing(self, now: Progress, proving: float) -> Standing:
        return Standing(now.seconds, proving, self._work(), self._looks, now.bound or 0.0, now.best)
