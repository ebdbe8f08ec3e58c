"""What if: offices as experiments, for notebooks.

::

    from api.what_if import compare, load

    office = load("data/khonkaen")
    base = office.plan()
    case = office.what_if(officers=36)
    compare(base, case, seeds=5)
"""

from api.what_if.cases import Case, load
from api.what_if.comparing import compare, runs_of, traced

__all__ = ["Case", "compare", "load", "runs_of", "traced"]
