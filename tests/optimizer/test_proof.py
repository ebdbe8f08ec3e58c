"""The proof's part in a run, on made-up clocks: when it pays, what share it gets, how it takes turns."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest

from optimizer.pacing import Turns
from optimizer.proof import LEAST_LOOKS, LEAST_WORK, SHARE, TURN, Proof, Standing, Worth
from optimizer.stopping import Progress


class Clock:
    """A clock that stands until somebody works."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def lasted(
    bound: Callable[[float], float], limit: float | None = 100.0, busy: float = 1.0, look: float = 0.5
) -> float | None:
    """The second of a run at which a worker that does nothing else gives up the proof; None where it goes on.

    ``busy``: seconds of a processor that it gets in a second; ``look``: seconds that each look takes.
    """
    worth = Worth()
    for tenth in range(1000):
        now = tenth / 10
        share = 0.0 if limit is None else now / limit
        if not worth.pays(Standing(now, now, now * busy, int(now / look), bound(now), 2000.0), share):
            return now
    return None


def test_a_bound_that_rises_by_more_than_a_thousandth_in_15_percent_of_the_run_goes_on() -> None:
    # 0.2 baht a second are 2 in the first 10 of 60 s, of about 1,000
    assert lasted(lambda now: 1000 + 0.2 * now, limit=60.0) is None
    # 0.05 a second are 0.5: given up as soon as these 10 s are seen
    assert lasted(lambda now: 1000 + 0.05 * now, limit=60.0) == pytest.approx(10.0, abs=0.2)


def test_in_a_run_of_more_than_a_minute_a_bound_may_rise_by_less() -> None:
    # 0.05 a second are 4.5 in 15 % of 600 s, of which a tenth of a thousandth are 0.1
    assert lasted(lambda now: 1000 + 0.05 * now, limit=600.0) is None
    assert lasted(lambda now: 1000 + 0.0005 * now, limit=600.0) == pytest.approx(90.0, abs=0.2)


def test_a_bound_that_stands_still_is_given_up_15_percent_of_the_run_after_its_last_rise() -> None:
    assert lasted(lambda now: 1000.0 if now < 40 else 1500.0) == pytest.approx(15.0, abs=0.2)
    assert lasted(lambda now: min(1500.0, 1000 + 10 * now)) == pytest.approx(65.0, abs=0.4)


def test_a_first_bound_has_some_seconds_in_a_short_run() -> None:
    # 15 % of 20 s are 3 s
    assert lasted(lambda now: 0.0, limit=20.0) == pytest.approx(LEAST_WORK, abs=0.2)
    # the first bound comes after 9 s, within LEAST_WORK, and rises by 1 % a second from then on
    assert lasted(lambda now: 0.0 if now < 9 else 1000 + 10 * now, limit=20.0) is None


def test_so_has_each_bound_after_it() -> None:
    # told after 4 s, and again after 13 s: nine seconds between them, of which 15 % of the run are three
    assert lasted(lambda now: 0.0 if now < 4 else 1000.0 if now < 13 else 1500.0, limit=20.0) == pytest.approx(
        13 + LEAST_WORK, abs=0.2
    )


def test_the_seconds_of_first_bounds_are_a_processors() -> None:
    # a third of a core: 10 s of work take 30 s, though 15 % of the run are 15 s
    assert lasted(lambda now: 0.0, busy=1 / 3) == pytest.approx(3 * LEAST_WORK, abs=0.3)


def test_where_each_look_takes_long_several_are_waited_for() -> None:
    # six looks of 2 s each are over sooner than the 15 s of any run of 100 s, six of 7 s are not
    assert lasted(lambda now: 0.0, look=2.0) == pytest.approx(15.0, abs=0.2)
    assert lasted(lambda now: 0.0, look=7.0) == pytest.approx(LEAST_LOOKS * 7.0, abs=0.2)


def test_a_run_whose_end_nobody_knows_may_be_waiting_for_the_bound() -> None:
    assert lasted(lambda now: 1000.0, limit=None) is None


@pytest.mark.parametrize(("saved", "goes_on"), [(30.0, True), (34.0, False)])
def test_where_one_worker_does_both_the_bound_has_to_rise_faster_than_the_search_saves(
    saved: float, goes_on: bool
) -> None:
    # of each second a quarter proves: 8 baht a second of the run are 32 a second of proof; ``saved`` is a second of
    # search, of which the run has three quarters
    worth = Worth()
    stood = [Standing(now, now / 4, now / 4, now, 1000 + 8 * now, 9000 - 0.75 * saved * now) for now in range(60)]
    assert all(worth.pays(one, one.seconds / 100) for one in stood) == goes_on


def test_the_work_goes_on_from_where_it_paused_and_only_within_its_turns() -> None:
    clock, done = Clock(), []
    turns = Turns(clock)

    def work() -> None:
        while turns.mine():
            done.append(clock.now)
            clock.now += 1.0

    thread = threading.Thread(target=work)
    thread.start()
    assert turns.give(2.5) == 3.0  # it can pause only after a whole second
    assert done == [0.0, 1.0, 2.0]
    clock.now = 10.0
    assert turns.give(1.0) == 1.0
    assert done == [0.0, 1.0, 2.0, 10.0]
    turns.end()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert turns.give(1.0) == 0.0
    assert len(done) == 4


class Run:
    """A run of 100 s on a clock: a round of proof takes 0.05 s and tells a bound, a piece of search takes 0.1 s."""

    def __init__(self, bounds: Iterator[float]) -> None:
        self.clock, self.bounds = Clock(), bounds
        self.bound: float | None = None
        self.rounds = 0
        self.threads: list[threading.Thread] = []

    def prove(self, stop: Callable[[], bool], looked: Callable[[], None]) -> None:
        for bound in self.bounds:
            self.clock.now += TURN
            self.bound, self.rounds = bound, self.rounds + 1
            looked()
            if stop():
                return

    def look(self) -> Progress:
        now = self.clock.now
        return Progress(seconds=now, best=9000.0, bound=self.bound, steps=0, share=now / 100, improved_at=0.0)

    def work(self) -> float:
        return self.rounds * TURN

    def over(self, times: float) -> bool:
        return self.clock.now >= times * 60.0

    def start(self, work: Callable[[], None]) -> threading.Thread:
        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()
        return self.threads[-1]

    def with_search(self) -> None:
        """One worker does both, to the end of the run."""
        proof = Proof(self.prove, self.look, self.over, self.clock, self.work)
        proof.begin(self.start)
        while self.clock.now < 100.0:
            proof.turn()
            self.clock.now += 0.1
        proof.end()
        assert not any(thread.is_alive() for thread in self.threads)


def test_a_single_worker_gives_a_quarter_of_its_time_to_a_bound_that_rises() -> None:
    run = Run(iter(range(1, 10**6)))
    run.with_search()
    assert run.rounds * TURN == pytest.approx(SHARE * 60.0, rel=0.02)  # the proof's part of the run ends at 60 s


def test_a_single_worker_searches_on_alone_once_the_bound_stands_still() -> None:
    # 100 rounds of 0.05 s are 5 s of proof, 20 s of the run; 10 more seconds of proof are 40 s of the run, so more than
    # 15 % of it
    run = Run(iter([*range(1000, 1100), *[1100] * 10_000]))
    run.with_search()
    assert run.rounds * TURN == pytest.approx(5 + LEAST_WORK, rel=0.05)


def test_a_single_worker_goes_on_when_the_proof_has_come_to_its_end() -> None:
    run = Run(iter([1000]))
    run.with_search()
    assert (run.rounds, run.bound) == (1, 1000)


def test_a_worker_that_proves_searches_again_when_the_bound_stands_still() -> None:
    run = Run(iter([1000] * 10_000))
    Proof(run.prove, run.look, run.over, run.clock, run.work).go_through()
    assert run.clock.now == pytest.approx(15.0, abs=0.3)


def test_a_worker_proves_beyond_its_part_while_the_bound_soars() -> None:
    """The part ends at 60 s, half as much again at 90; a round takes 0.05 s, so 15 s are 300 rounds."""
    # 0.1 a round are 30 in 15 s, of about 1,100: more than a hundredth
    soars = Run(1000 + 0.1 * number for number in itertools.count())
    Proof(soars.prove, soars.look, soars.over, soars.clock, soars.work).go_through()
    assert soars.clock.now == pytest.approx(90.0, abs=0.1)
    # 0.02 a round are 6: more than a thousandth, so it goes on to the end of its part
    rises = Run(1000 + 0.02 * number for number in itertools.count())
    Proof(rises.prove, rises.look, rises.over, rises.clock, rises.work).go_through()
    assert rises.clock.now == pytest.approx(60.0, abs=0.1)
    # it soars up to 62 s: at 71 s it has risen by 0.1 in each of 114 of the last 300 rounds, a hundredth of 1,124
    stops = Run(1000 + 0.1 * min(number, 1240) for number in itertools.count())
    Proof(stops.prove, stops.look, stops.over, stops.clock, stops.work).go_through()
    assert stops.clock.now == pytest.approx(71.4, abs=0.5)


def test_a_proof_that_fails_leaves_the_worker_to_go_on() -> None:
    run = Run(iter([]))
    failed: list[BaseException] = []

    def start(work: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                work()
            except ZeroDivisionError as error:
                failed.append(error)

        return run.start(guarded)

    def broken(_: Callable[[], bool], __: Callable[[], None]) -> None:
        raise ZeroDivisionError

    proof = Proof(broken, run.look, run.over, run.clock, run.work)
    proof.begin(start)
    proof.turn()
    proof.end()
    assert len(failed) == 1
