"""What schemathesis has to know beyond the description; it loads this file by itself, see ``probing.py``."""

from __future__ import annotations

import io
import os
from typing import Any

import openpyxl
import schemathesis
from hypothesis import strategies as st

from api.formats import XLSX

#: the variable that names the id of the token it probes with
OWN_TOKEN = "PATITHIN_PROBE_TOKEN"


def empty_workbook() -> bytes:
    """A workbook with one empty sheet: what is read of it is told as faults of the office."""
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


schemathesis.openapi.media_type(XLSX, st.just(empty_workbook()) | st.binary(max_size=200))


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: Any) -> bool:
    """It does not revoke its own token, whose id it reads in the list of tokens: nothing would be let in after that."""
    revokes = case.operation.label == "DELETE /v1/tokens/{id}"
    return not revokes or (case.path_parameters or {}).get("id") != os.environ[OWN_TOKEN]
