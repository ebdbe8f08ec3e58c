"""Pictures of frames: the curve of a sweep with its band, and plans on imagined days."""

from __future__ import annotations

from collections.abc import Mapping

import altair
import pandas as pd

from api.pictures.drawing import INK, LATE, STAND_IN, Chart, rows, titled
from api.what_if.overruns import Overruns
from models import given
from models.faults import InvalidInput
from models.likeness import perhaps
from models.saying import both


def curve(frame: pd.DataFrame, x: str, y: str = "baht, in all", *, illustrative: bool = False) -> Chart:
    """The mean of measure ``y`` over the values of ``x``, in the band between its least and most over the seeds.

    ``frame`` is that of ``sweep`` or ``trade_off``. ``illustrative`` says that the office is made up.

    Raises:
        InvalidInput: it is no such frame, or has no such column.
    """
    for column in (x, y):
        if not isinstance(frame, pd.DataFrame) or column not in frame.columns:
            columns = [str(each) for each in frame.columns] if isinstance(frame, pd.DataFrame) else []
            remedy = both(
                "Give the frame of sweep or trade_off, and columns of it.",
                "ระบุตารางจาก sweep หรือ trade_off และคอลัมน์ของตาราง",
            )
            raise InvalidInput([given.refused(column, "curve", perhaps(remedy, str(column), columns))])
    summed = frame.groupby(x, sort=False)[y].agg(["mean", "min", "max"]).reset_index()
    summed.columns = pd.Index(["x", "mean", "least", "most"])
    numbers = pd.api.types.is_numeric_dtype(summed["x"])
    summed["x"] = summed["x"] if numbers else summed["x"].astype(str)
    axis = altair.X("x:Q" if numbers else "x:O", title=x, sort=None)
    base = altair.Chart(rows(summed.to_dict("records"))).encode(x=axis)
    band = base.mark_area(color=INK, opacity=0.18).encode(y=altair.Y("least:Q", title=y).scale(zero=False), y2="most:Q")
    line = base.mark_line(color=INK, point=True).encode(
        y=altair.Y("mean:Q", title=y).scale(zero=False), tooltip=["mean:Q", "least:Q", "most:Q"]
    )
    return altair.layer(band, line).properties(width=420, height=240, title=titled(f"{y} by {x}", illustrative))


def overruns(simulated: Overruns | Mapping[str, Overruns]) -> Chart:
    """Plans on imagined days side by side: tours late, lunches lost and visits missed in an average quarter.

    Raises:
        InvalidInput: it is not what ``simulate`` makes, alone or by name.
    """
    if isinstance(simulated, Overruns):
        simulated = {simulated.planned.case.name: simulated}
    if not isinstance(simulated, Mapping) or not all(isinstance(one, Overruns) for one in simulated.values()):
        remedy = both("Give simulate(plan), or several by name.", "ระบุ simulate(plan) หรือหลายรายการพร้อมชื่อ")
        raise InvalidInput([given.refused(simulated, "overruns", remedy)])
    parts = {"tours late": LATE, "lunches lost": STAND_IN, "visits missed": INK}
    values = [
        {"plan": name, "what": part, "number": float(one.summary[part])}
        for name, one in simulated.items()
        for part in parts
    ]
    offices = [one.planned.case.office for one in simulated.values()]
    made_up = any(office is not None and office.illustrative for office in offices)
    chart: Chart = (
        altair.Chart(rows(values))
        .mark_bar()
        .encode(
            x=altair.X("number:Q", title="in an average quarter"),
            y=altair.Y("plan:N", title=None, sort=list(simulated)),
            yOffset=altair.YOffset("what:N", sort=list(parts)),
            color=altair.Color("what:N", title=None).scale(domain=list(parts), range=list(parts.values())),
            tooltip=["plan:N", "what:N", altair.Tooltip("number:Q", format=".1f")],
        )
        .properties(width=520, height=altair.Step(14), title=titled("When visits and drives run over", made_up))
    )
    return chart
