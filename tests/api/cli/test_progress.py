"""A run shows itself by a bar on a terminal, by a few lines elsewhere."""

from __future__ import annotations

import io
import re

from rich.console import Console

from api.cli.progress import progress_line, shown
from optimizer.stopping import Progress


def at(seconds: float, best: float | None = None, bound: float | None = None) -> Progress:
    return Progress(seconds=seconds, best=best, bound=bound, steps=0, share=seconds / 60, improved_at=0.0)


def test_a_line_tells_best_bound_and_gap() -> None:
    assert progress_line(at(1)) == "no complete plan yet"
    assert progress_line(at(1, 1234.4)) == "best 1,234 baht paid and weighed, no bound yet"
    assert progress_line(at(1, 2000, 1900)) == "best 2,000 baht paid and weighed, bound 1,900, gap 5.0 %"


def test_a_line_is_told_in_the_language() -> None:
    assert progress_line(at(1), "th") == "ยังไม่มีแผนที่ครบ"
    assert progress_line(at(1, 1234.4), "th") == "ดีที่สุด 1,234 บาท รวมค่าใช้จ่ายจริงและค่าถ่วงน้ำหนัก ยังพิสูจน์ค่าต่ำสุดไม่ได้"
    page = io.StringIO()
    with shown(Console(file=page), "th") as on_progress:
        on_progress(at(30, 2000, 1900))
    line = "30.0 วินาที  ดีที่สุด 2,000 บาท รวมค่าใช้จ่ายจริงและค่าถ่วงน้ำหนัก ค่าต่ำสุด 1,900 ห่างไม่เกิน 5.0 %"
    assert page.getvalue().strip() == line


def lines(*run: Progress) -> list[str]:
    page = io.StringIO()
    with shown(Console(file=page)) as on_progress:
        for progress in run:
            on_progress(progress)
    return [line.strip() for line in page.getvalue().splitlines()]


def test_lines_come_at_the_first_plan_then_every_five_seconds_and_at_the_end() -> None:
    costs = {1: 900, 2: 800, 5.5: 700, 6.5: 600, 7: 500, 12: 400, 13: 300}
    said = lines(at(0), at(0.5), *(at(seconds, best) for seconds, best in costs.items()))
    assert said == [
        "0.0 s  no complete plan yet",
        "1.0 s  best 900 baht paid and weighed, no bound yet",
        "6.5 s  best 600 baht paid and weighed, no bound yet",
        "12.0 s  best 400 baht paid and weighed, no bound yet",
        "13.0 s  best 300 baht paid and weighed, no bound yet",
    ]


def test_nothing_new_is_not_said_again() -> None:
    said = lines(at(0, 900), at(10, 900), at(20, 900), at(30, 900))
    assert said == [
        "0.0 s  best 900 baht paid and weighed, no bound yet",
        "30.0 s  best 900 baht paid and weighed, no bound yet",
    ]


def test_a_run_that_never_reported_says_nothing() -> None:
    assert lines() == []


def test_a_terminal_gets_a_bar_with_the_same_words() -> None:
    page = io.StringIO()
    with shown(Console(file=page, force_terminal=True, width=100)) as on_progress:
        on_progress(at(30, 2000, 1900))
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", page.getvalue())
    assert "50%" in plain
    assert "best 2,000 baht paid and weighed, bound 1,900, gap 5.0 %" in plain
