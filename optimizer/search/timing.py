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

from optimizer.compiling import compiled
from optimizer.instance import Instance, Ints
from optimizer.search.grid import down, step_down, step_up, up
from optimizer.search.state import GAPS, MOST_PIECES, State, riders

#: minutes by which rounded arithmetic may overstep a limit
HAIR = 1e-7
#: minutes below which two times are the same
SAME = 1e-9
#: kinds of pieces: without the break, and with it
WITHOUT, WITH = 0, 1


@compiled
def begin(inst: Instance, state: State, level: int) -> None:
    """The piece of a tour that has not left yet."""
    state.pieces[level, WITHOUT] = 1
    state.pieces[level, WITH] = 0
    state.piece[level, WITHOUT, 0, 0] = 0.0
    state.piece[level, WITHOUT, 0, 1] = up(inst, inst.day_start)
    state.piece[level, WITHOUT, 0, 2] = down(inst, inst.day_end)


@compiled
def _no_better(length: float, early: float, late: float, other: float, first: float, last: float) -> bool:
    """Whether the piece (length, early, late) is back no sooner than (other, first, last) at each of its departures."""
    return (
        last >= late - SAME
        and first + other <= early + length + SAME
        and max(late, first) + other <= late + length + SAME
    )


@compiled
def extend(inst: Instance, state: State, source: int, target: int, at: int, v: int, day: int, limit: float) -> bool:
    """Write into level ``target`` the pieces of ``source``, which end at location ``at``, with visit ``v`` behind,
    begun at ``limit`` at the latest. False where no piece is left.

    The break may be on the leg, beside the drive; the slack before the visit need not be taken again. All is in one
    function: calls with arrays cost more than what they would do."""
    pieces, piece = state.pieces, state.piece
    pieces[target, WITHOUT] = 0
    pieces[target, WITH] = 0
    drive, minutes, step, break_length = inst.drive[at, inst.place[v]], inst.minutes[v], inst.step, inst.break_length
    plain, with_break = drive + inst.slack, drive + max(break_length, inst.slack)
    break_closes, after = inst.break_closes, step_up(inst.break_opens + break_length, step)
    earliest, latest = state.opens[v], min(state.closes[v], limit)
    row = 7 * v + inst.weekday[day]
    for w in range(inst.first_window[row], inst.first_window[row + 1]):
        opens, closes = max(inst.window_opens[w], earliest), min(inst.window_closes[w], latest)
        if opens > closes + HAIR:
            continue
        for option in range(3):  # break to come, break behind, break on this leg
            kind, begins, spent = (WITHOUT, opens, plain) if option == 0 else (WITH, opens, plain)
            came = kind
            if option == 2:
                came, begins, spent = WITHOUT, max(opens, after), with_break
                if break_length <= 0.0 or begins > closes + HAIR:
                    continue
            for i in range(pieces[source, came]):
                length, early, late = piece[source, came, i, 0], piece[source, came, i, 1], piece[source, came, i, 2]
                if option == 2:
                    if early + length > break_closes + HAIR:
                        continue
                    late = max(early, min(late, step_down(break_closes - length, step)))
                reach = step_up(length + spent, step)
                if early + reach > closes + HAIR:
                    continue
                wait = max(begins - reach - late, 0.0)
                early = max(begins - reach, early) - wait
                late = min(closes - reach, late)
                length = reach + wait + minutes
                n, j, beaten = pieces[target, kind], 0, False
                while j < n and not beaten:
                    other, first, last = piece[target, kind, j, 0], piece[target, kind, j, 1], piece[target, kind, j, 2]
                    beaten = _no_better(length, early, late, other, first, last)
                    if not beaten and _no_better(other, first, last, length, early, late):
                        n -= 1
                        piece[target, kind, j, 0] = piece[target, kind, n, 0]
                        piece[target, kind, j, 1] = piece[target, kind, n, 1]
                        piece[target, kind, j, 2] = piece[target, kind, n, 2]
                    else:
                        j += 1
                if not beaten and n < MOST_PIECES:
                    piece[target, kind, n, 0] = length
                    piece[target, kind, n, 1] = early
                    piece[target, kind, n, 2] = late
                    n += 1
                pieces[target, kind] = n
    return pieces[target, WITHOUT] + pieces[target, WITH] > 0


@compiled
def latest_starts(inst: Instance, state: State, t: int) -> None:
    """Write for each stop of tour ``t`` the latest start from which the rest of the day fits, no break counted."""
    day, office = inst.slot_day[t], inst.slot_office[t]
    there, limit = inst.depot[office], inst.day_end
    for i in range(state.size[t] - 1, -1, -1):
        v = state.stops[t, i]
        limit = last_start(inst, state, v, day, limit - inst.drive[inst.place[v], there] - inst.minutes[v])
        state.latest[i] = limit
        limit -= inst.slack
        there = inst.place[v]


@compiled
def last_start(inst: Instance, state: State, v: int, day: int, limit: float) -> float:
    """The last permitted start of the visit up to ``limit``, or -inf."""
    row = 7 * v + inst.weekday[day]
    last = -math.inf
    for w in range(inst.first_window[row], inst.first_window[row + 1]):
        closes = min(inst.window_closes[w], state.closes[v], limit + HAIR)
        if closes >= max(inst.window_opens[w], state.opens[v]):
            last = max(last, closes)
    return last


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
            if kind == WITH or inst.break_length <= 0.0:
                _whole(inst, state, target, kind, back, early, last)
                continue
            # nobody needs a break who is back when its hours end, or leaves when it is over at the office
            _whole(inst, state, target, WITHOUT, back, early, min(last, down(inst, inst.break_closes - back)))
            _whole(inst, state, target, WITHOUT, back, max(early, up(inst, inst.break_opens + inst.break_length)), last)
            last = min(late, down(inst, inst.break_closes - length))
            if last >= early - HAIR:
                last = max(last, early)
                back += inst.break_length
                wait = max(inst.break_opens + inst.break_length - back - last, 0.0)
                first = up(inst, max(inst.break_opens + inst.break_length - back, early) - wait)
                back += wait
                _whole(inst, state, target, WITH, back, first, min(last, down(inst, inst.day_end - back)))


@compiled
def _whole(inst: Instance, state: State, level: int, kind: int, length: float, early: float, late: float) -> None:
    """Add a whole tour as it is: the few that there are need not be held against each other."""
    if early <= late + HAIR and length <= inst.longest + HAIR:
        n = state.pieces[level, kind]
        state.piece[level, kind, n, 0] = length
        state.piece[level, kind, n, 1] = early
        state.piece[level, kind, n, 2] = max(early, late)
        state.pieces[level, kind] = n + 1


@compiled
def shortest(inst: Instance, state: State, level: int, kind: int) -> float:
    """Minutes of the shortest of the whole tours of a kind for which the crew is free; inf where there is none."""
    best = math.inf
    if state.counts[GAPS] == 0:
        for i in range(state.pieces[level, kind]):
            best = min(best, state.piece[level, kind, i, 0])
        return best
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
    level, other, last = scratch_levels(state)
    day, office = inst.slot_day[t], inst.slot_office[t]
    at = inst.depot[office]
    begin(inst, state, level)
    for i in range(count):
        if not extend(inst, state, level, other, at, stops[i], day, math.inf):
            return math.inf, math.inf
        level, other = other, level
        at = inst.place[stops[i]]
    close(inst, state, level, last, at, office)
    return shortest(inst, state, last, WITHOUT), shortest(inst, state, last, WITH)


@compiled
def scratch_levels(state: State) -> tuple[int, int, int]:
    """Two levels to go on between, and one for whole tours."""
    levels = state.pieces.shape[0]
    return levels - 3, levels - 2, levels - 1


@compiled
def through(inst: Instance, state: State, t: int, at: int, first: int) -> tuple[float, float]:
    """Least minutes, without and with a break, of tour ``t`` from its stop ``first`` on, where the pieces up to
    location ``at`` are in the first scratch level, and :func:`latest_starts` has been called."""
    level, other, last = scratch_levels(state)
    day, office = inst.slot_day[t], inst.slot_office[t]
    for i in range(first, state.size[t]):
        v = state.stops[t, i]
        if not extend(inst, state, level, other, at, v, day, state.latest[i]):
            return math.inf, math.inf
        level, other = other, level
        at = inst.place[v]
    close(inst, state, level, last, at, office)
    return shortest(inst, state, last, WITHOUT), shortest(inst, state, last, WITH)
