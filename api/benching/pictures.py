"""The benchmark's picture: best cost and bound of every instance over time, as one SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair

from api.benching.measuring import Trial

#: per cent above the final cost that the picture shows; what lies higher is cut off
SHOWN = 30.0
#: points of a line at most; of those closer together the last is drawn
STEPS = 200


def svg(runs: Sequence[Trial]) -> str:
    """Lines over seconds, one small chart an instance: cost and bound in per cent above the final cost."""
    points = [point for run in runs for point in _points(run)]
    lowest = min((point["percent"] for point in points), default=0.0)
    chart = (
        altair.Chart(altair.InlineData(values=points))
        .mark_line(interpolate="step-after", clip=True)
        .encode(
            x=altair.X("seconds:Q", title="seconds"),
            y=altair.Y("percent:Q", title="% above final cost").scale(domain=(min(-5.0, lowest), SHOWN)),
            color=altair.Color("what:N", title=None).scale(domain=["cost", "bound"], range=["#1f5fa8", "#b04a2f"]),
            detail="seed:N",
        )
        .properties(width=210, height=110)
        .facet(altair.Facet("instance:N", title=None), columns=4)
    )
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def _points(run: Trial) -> Iterator[dict[str, Any]]:
    """The run's trace as rows of the chart; nothing where there is no final cost to compare with."""
    if not run.cost:
        return
    span = max(run.trace[-1].seconds, 1e-9) if run.trace else 1.0
    thinned = {int(point.seconds / span * STEPS): point for point in run.trace}
    for point in thinned.values():
        for what, value in (("cost", point.best), ("bound", point.bound)):
            if value is not None:
                percent = 100 * (value / run.cost - 1)
                yield {"instance": run.instance, "seed": run.seed, "seconds": point.seconds, "what": what,
                       "percent": max(-100.0, min(2 * SHOWN, percent))}  # fmt: skip
