from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.formulas import RISKY, harmless, meant


@given(st.text(st.sampled_from("'=+-@\t\r1.e a"), max_size=6) | st.text())
def test_what_is_written_is_read_back_and_begins_no_formula(text: str) -> None:
    written = harmless(text)
    assert meant(written) == text
    if written.startswith(RISKY):
        float(written)


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("-1+1", "'-1+1"), ("-3.5", "-3.5"), ("สหกรณ์", "สหกรณ์"), ("'=1", "''=1"), ("'tis", "'tis")],
)
def test_numbers_and_plain_text_stay_as_they_are(text: str, written: str) -> None:
    assert harmless(text) == written
