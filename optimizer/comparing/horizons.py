"""What if it were planned for other days: what a horizon has to be, and a problem on some of its own days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from models.faults import Fault, InvalidInput
from models.problem import Problem
from models.saying import both, said

#: a first and a last day, each where it is given, by these names
Horizon = Mapping[str, dt.date]
#: where a fault with the day of a name is told
Where = Callable[[str], str]


def require_order(horizon: Horizon, where: Where) -> None:
    """See that the last day does not lie before the first.

    Raises:
        InvalidInput: it does.
    """
    first, last = horizon.get("first"), horizon.get("last")
    if first is not None and last is not None and last < first:
        cause = said("{last} lies before {first}.", last=last, first=first)
        raise InvalidInput([Fault("date-order", where("last"), cause, said("Write the first day first."))])


def require_workdays(problem: Problem, horizon: Horizon, where: Where) -> None:
    """See that a problem in another horizon has workdays.

    Raises:
        InvalidInput: it has none.
    """
    if horizon and not problem.workdays:
        cause = both("No workday is left.", "ไม่เหลือวันทำการ")
        remedy = both("Choose a longer time.", "เลือกช่วงที่ยาวขึ้น")
        raise InvalidInput([Fault("horizon-empty", where(next(iter(horizon))), cause, remedy)])


def on_own_days(problem: Problem, horizon: Horizon, where: Where) -> Problem:
    """The problem on those of its workdays that lie in a horizon: of other days nothing is known.

    Raises:
        InvalidInput: the horizon asks for days before or after all that the problem has, beside some of its own.
    """
    if not horizon:
        return problem
    days = problem.workdays
    first, last = horizon.get("first", dt.date.min), horizon.get("last", dt.date.max)
    beyond = {name for name, day in horizon.items() if days and not days[0] <= day <= days[-1]}
    left = tuple(day for day in days if first <= day <= last)
    if left and beyond:
        cause = both("The problem is of the workdays {begin} to {end}, and the office's tables are not at hand.",
                     "โจทย์นี้มีวันทำการ {begin} ถึง {end} และไม่มีตารางของสำนักงาน", begin=days[0], end=days[-1])  # fmt: skip
        remedy = both("Choose days among these, or load the office's workbook.",
                      "เลือกวันในช่วงนี้ หรือนำเข้าสมุดงานของสำนักงาน")  # fmt: skip
        raise InvalidInput(Fault("field-value", where(name), cause, remedy) for name in sorted(beyond))
    return problem.changed(workdays=left)
