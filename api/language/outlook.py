"""What more time would bring, by how cost and bound moved in the second half of a run."""

from __future__ import annotations

from typing import Final, NamedTuple

from api.language.wording import Wording
from optimizer.stopping import Progress

#: the part of itself by which cost or bound has to move to count as moving; the page's curve.js knows the same
MOVING: Final = 1e-3


class Point(NamedTuple):
    """Cost of the best plan and lower bound in baht at a second of a run; None where there was none yet."""

    seconds: float
    cost: float | None
    bound: float | None


class Curve:
    """Cost and bound over the seconds of a run, as a callback of it tells them: the points at which one changed."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self.seconds = 0.0

    def __call__(self, progress: Progress) -> None:
        """Note how the run stands."""
        self.seconds = progress.seconds
        if not self.points or self.points[-1][1:] != (progress.best, progress.bound):
            self.points.append(Point(progress.seconds, progress.best, progress.bound))

    def moved(self) -> tuple[float, float] | None:
        """Baht by which cost fell and bound rose in the second half; None where one was missing at half or at the end.

        What moved by less than a thousandth of itself counts as 0.
        """
        half = next((point for point in reversed(self.points) if 2 * point.seconds <= self.seconds), None)
        if half is None or half.cost is None or half.bound is None:
            return None
        last = self.points[-1]
        if last.cost is None or last.bound is None:
            return None
        fell, rose = half.cost - last.cost, last.bound - half.bound
        return fell if fell > MOVING * last.cost else 0.0, rose if rose > MOVING * last.bound else 0.0


def outlook(words: Wording, curve: Curve | None) -> list[str]:
    """Sentences on whether more time would help; none where the curve does not tell."""
    moved = None if curve is None else curve.moved()
    if moved is None:
        return []
    fell, rose = moved
    said = [words("outlook_rose", baht=words.number(rose))] if rose else []
    if fell:
        said.append(words("outlook_fell", baht=words.number(fell)))
    return said or [words("outlook_still")]
