"""How long a tour takes at least, when its order is given.

The return of a tour as a function of its departure never falls, and consists of *pieces*: each is three numbers,
``length`` (minutes, waiting included), ``early`` and ``late`` (the first and last departure with that length; who
leaves before ``early`` waits on the way). Joining a piece and a stop costs a few additions (Vidal et al. 2013 for one
window); a stop with several windows splits pieces, and a piece that another one beats at each of its departures is
dropped. Pieces are kept in two kinds: the crew has had its break, or not yet. The break is taken on a leg; the drive
and the break both fit between the two stops.

Pieces lie in levels of ``state.piece``: levels 0 .. M hold a tour's stops up to there, so that a visit is tried at
each position without going over the stops before it, and the others are scratch.
"""

from __future__ import annotations

import math

from optimizer.instance import Instance, Ints
from optimizer.search.compiling import compiled
from optimizer.search.grid import down, up
from optimizer.search.state import GAPS, MOST_PIECES, State, riders

#: minutes by which rounded arithmetic may overstep a limit
HAIR = 1e-7
#: minutes below which two times are the same
SAME = 1e-9
#: kinds of pieces: without the break, and with it
WITHOUT, WITH = 0, 1


@compiled
def _add(state: State, level: int, kind: int, length: float, early: float, late: float) -> None:
    """Add a piece to a level unless another one beats it; drop those that it beats."""
    n = state.pieces[level, kind]
    back = early + length
    i = 0
    while i < n:
        other, first, last = (
            state.piece[level, kind, i, 0], state.piece[level, kind, i, 1], state.piece[level, kind, i, 2],
        )  # fmt: skip
        if last >= late - SAME and first + other <= back + SAME and max(late, first) + other <= late + length + SAME:
            return
        if late >= last - SAME and back <= first + other + SAME and max(last, early) + length <= last + other + SAME:
            n -= 1
            for j in range(3):
                state.piece[level, kind, i, j] = state.piece[level, kind, n, j]
        else:
            i += 1
    if n == MOST_PIECES:  # give up the longest
        n -= 1
        for i in range(MOST_PIECES - 1):
            if state.piece[level, kind, i, 0] > state.piece[level, kind, n, 0]:
                for j in range(3):
                    other = state.piece[level, kind, i, j]
                    state.piece[level, kind, i, j] = state.piece[level, kind, n, j]
                    state.piece[level, kind, n, j] = other
    state.piece[level, kind, n, 0] = length
    state.piece[level, kind, n, 1] = early
    state.piece[level, kind, n, 2] = late
    state.pieces[level, kind] = n + 1


@compiled
def begin(inst: Instance, state: State, level: int) -> None:
    """The piece of a tour that has not left yet."""
    state.pieces[level, WITHOUT] = 1
    state.pieces[level, WITH] = 0
    state.piece[level, WITHOUT, 0, 0] = 0.0
    state.piece[level, WITHOUT, 0, 1] = up(inst, inst.day_start)
    state.piece[level, WITHOUT, 0, 2] = down(inst, inst.day_end)


@compiled
def _join(
    inst: Instance, state: State, level: int, kind: int, reach: float, early: float, late: float,
    opens: float, closes: float, minutes: float,
) -> None:  # fmt: skip
    """Add the piece that reaches a window's start ``reach`` minutes after departing, then stays for ``minutes``."""
    reach = up(inst, reach)
    if early + reach > closes + HAIR:
        return
    wait = max(opens - reach - late, 0.0)
    first = max(opens - reach, early) - wait
    _add(state, level, kind, reach + wait + minutes, first, min(closes - reach, late))


@compiled
def _join_break(
    inst: Instance, state: State, level: int, drive: float, length: float, early: float, late: float,
    opens: float, closes: float, minutes: float,
) -> None:  # fmt: skip
    """The same with the break on the leg, beside the drive; the slack before the visit need not be taken again."""
    after = up(inst, inst.rest_opens + inst.rest)
    last = min(late, down(inst, inst.rest_closes - length))
    if last >= early - HAIR:
        reach = length + drive + max(inst.rest, inst.slack)
        _join(inst, state, level, WITH, reach, early, max(last, early), max(opens, after), closes, minutes)


@compiled
def extend(inst: Instance, state: State, source: int, target: int, at: int, v: int, day: int) -> bool:
    """Write into level ``target`` the pieces of ``source``, which end at location ``at``, with visit ``v`` behind.

    False where no piece is left."""
    state.pieces[target, WITHOUT] = 0
    state.pieces[target, WITH] = 0
    drive = inst.drive[at, inst.place[v]]
    minutes = inst.minutes[v]
    row = 7 * v + inst.weekday[day]
    for w in range(inst.first_window[row], inst.first_window[row + 1]):
        opens = max(inst.window_opens[w], state.opens[v])
        closes = min(inst.window_closes[w], state.closes[v])
        if opens > closes:
            continue
        for kind in range(2):
            for i in range(state.pieces[source, kind]):
                length = state.piece[source, kind, i, 0]
                early, late = state.piece[source, kind, i, 1], state.piece[source, kind, i, 2]
                if early + length + drive > closes + HAIR:
                    continue
                _join(
                    inst, state, target, kind, length + drive + inst.slack, early, late, opens, closes, minutes,
                )  # fmt: skip
                if kind == WITHOUT and inst.rest > 0.0 and early + length <= inst.rest_closes + HAIR:
                    _join_break(inst, state, target, drive, length, early, late, opens, closes, minutes)
    return state.pieces[target, WITHOUT] + state.pieces[target, WITH] > 0


@compiled
def close(inst: Instance, state: State, source: int, target: int, at: int, office: int) -> None:
    """Write into level ``target`` the whole tours that drive from ``at`` back to the office: every rule of the day
    holds for them but the crew's busy hours."""
    state.pieces[target, WITHOUT] = 0
    state.pieces[target, WITH] = 0
    drive = inst.drive[at, inst.depot[office]]
    for kind in range(2):
        for i in range(state.pieces[source, kind]):
            length = state.piece[source, kind, i, 0]
            early, late = state.piece[source, kind, i, 1], state.piece[source, kind, i, 2]
            back = length + drive
            last = min(late, down(inst, inst.day_end - back))
            if kind == WITH or inst.rest <= 0.0:
                _whole(inst, state, target, kind, back, early, last)
                continue
            # nobody needs a break who is back when its hours end, or leaves when it is over at the office
            _whole(inst, state, target, WITHOUT, back, early, min(last, down(inst, inst.rest_closes - back)))
            _whole(inst, state, target, WITHOUT, back, max(early, up(inst, inst.rest_opens + inst.rest)), last)
            last = min(late, down(inst, inst.rest_closes - length))
            if last >= early - HAIR:
                last = max(last, early)
                back += inst.rest
                wait = max(inst.rest_opens + inst.rest - back - last, 0.0)
                first = up(inst, max(inst.rest_opens + inst.rest - back, early) - wait)
                back += wait
                _whole(inst, state, target, WITH, back, first, min(last, down(inst, inst.day_end - back)))


@compiled
def _whole(inst: Instance, state: State, level: int, kind: int, length: float, early: float, late: float) -> None:
    if early <= late + HAIR and length <= inst.longest + HAIR:
        _add(state, level, kind, length, early, max(early, late))


@compiled
def shortest(inst: Instance, state: State, level: int, kind: int) -> float:
    """Minutes of the shortest of the whole tours of a kind for which the crew is free; inf where there is none."""
    best = math.inf
    for i in range(state.pieces[level, kind]):
        length = state.piece[level, kind, i, 0]
        if length < best:
            early, late = state.piece[level, kind, i, 1], state.piece[level, kind, i, 2]
            if first_free(inst, state, length, early, late) < math.inf:
                best = length
    return best


@compiled
def first_free(inst: Instance, state: State, length: float, early: float, late: float) -> float:
    """The first departure in ``early .. late`` at which the crew is free for ``length`` minutes, or inf."""
    if state.counts[GAPS] == 0:
        return early
    best = math.inf
    for g in range(state.counts[GAPS]):
        first = max(early, up(inst, state.gap_from[g]))
        if first <= min(late, down(inst, state.gap_to[g] - length)) + HAIR:
            best = min(best, first)
    return best


@compiled
def free_gaps(inst: Instance, state: State, t: int, count: int) -> None:
    """Write the stretches of the day in which the crew of ``t`` and ``count`` officers more (state.extra) are free.

    ``state.counts[GAPS]`` is 0 where nobody is busy."""
    state.counts[GAPS] = 0
    day, aboard = inst.slot_day[t], riders(state, t)
    for k in range(aboard + count):
        o = state.crew[t, k] if k < aboard else state.extra[k - aboard]
        if inst.partly[o, day] == 1:
            if state.counts[GAPS] == 0:
                state.counts[GAPS] = 1
                state.gap_from[0] = -math.inf
                state.gap_to[0] = math.inf
            at = o * len(inst.ordinal) + day
            for b in range(inst.first_busy[at], inst.first_busy[at + 1]):
                _cut(state, inst.busy_from[b], inst.busy_to[b])


@compiled
def _cut(state: State, first: float, last: float) -> None:
    """Take a busy part out of the gaps. A gap may become empty; then nothing fits into it."""
    for g in range(state.counts[GAPS]):
        if first < state.gap_to[g] and state.gap_from[g] < last:
            end = state.gap_to[g]
            state.gap_to[g] = first
            if end > last:
                n = state.counts[GAPS]
                state.gap_from[n] = last
                state.gap_to[n] = end
                state.counts[GAPS] = n + 1


@compiled
def lengths(inst: Instance, state: State, t: int, stops: Ints, count: int) -> tuple[float, float]:
    """Least minutes of the tour of slot ``t`` over ``stops[:count]`` without and with a break, in the gaps written;
    inf where no times fit."""
    if inst.timed == 0:
        return 0.0, math.inf
    level = state.pieces.shape[0] - 3
    begin(inst, state, level)
    return through(inst, state, t, level, inst.depot[inst.slot_office[t]], stops, 0, count)


@compiled
def through(
    inst: Instance, state: State, t: int, level: int, at: int, stops: Ints, first: int, count: int
) -> tuple[float, float]:
    """Least minutes, without and with a break, of the tour whose pieces up to ``at`` are in ``level`` (one of the
    scratch levels) and that goes on over ``stops[first:count]``."""
    spare = state.pieces.shape[0] - 2
    other = spare - 1 if level == spare else spare
    day = inst.slot_day[t]
    for i in range(first, count):
        v = stops[i]
        if not extend(inst, state, level, other, at, v, day):
            return math.inf, math.inf
        level, other = other, level
        at = inst.place[v]
    close(inst, state, level, spare + 1, at, inst.slot_office[t])
    return shortest(inst, state, spare + 1, WITHOUT), shortest(inst, state, spare + 1, WITH)
