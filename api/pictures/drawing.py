"""How pictures become files and notebook outputs without any network: Vega's own renderer comes with the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair

#: the colours of all pictures: what is usual, what is late, what is done by another than the lead
INK, LATE, STAND_IN = "#0f766e", "#c2410c", "#7c6bb0"

Chart = (
    altair.Chart
    | altair.LayerChart
    | altair.FacetChart
    | altair.HConcatChart
    | altair.VConcatChart
    | altair.ConcatChart
)

#: what every picture of made-up data says
ILLUSTRATIVE = "Illustrative data: cooperatives and officers are made up. Distances are estimated."


def offline() -> None:
    """Let notebooks show charts as SVG, drawn here: nothing is fetched when a page is opened."""
    altair.renderers.enable("svg")


def svg(chart: Chart) -> str:
    """The chart as an SVG document."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def rows(values: Sequence[Mapping[Any, Any]]) -> altair.InlineData:
    """Rows that travel within the chart."""
    return altair.InlineData(values=[dict(value) for value in values])


def titled(text: str, illustrative: bool) -> altair.TitleParams:
    """A title, with a line below it that says where the data is made up."""
    return altair.TitleParams(text, subtitle=[ILLUSTRATIVE] if illustrative else [], anchor="start")
