"""How outputs say things: texts, dates (Thai ones with Buddhist years), times, numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Final, Literal, cast, get_args

from babel import Locale

from api.language.texts import TEXTS
from models.clock import format_clock
from models.eras import BUDDHIST_ERA

LangCode = Literal["th", "en"]


class _Counting(Formatter):
    """Fills in fields; ``{days:day|days}`` tells what is counted, too: ``1 day``, ``5 days``."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, both, many = format_spec.partition("|")
        return f"{value} {one if str(value) == '1' else many}" if both else str(super().format_field(value, one))


_COUNTING: Final = _Counting()


def filled(text: str, fields: Mapping[str, object]) -> str:
    """The text with its fields filled in; what a field counts follows its number (``{days:day|days}``)."""
    return _COUNTING.vformat(text, (), fields)


class Wording:
    """The words of one language, ``"th"`` or ``"en"``.

    Raises:
        ValueError: another language.
    """

    def __init__(self, lang: str) -> None:
        if lang not in get_args(LangCode):
            raise ValueError(f"outputs speak 'th' or 'en', not {lang!r}")
        self.lang: LangCode = cast(LangCode, lang)
        self._locale = Locale(lang)

    def __call__(self, key: str, **fields: object) -> str:
        """The text of ``key`` with its fields filled in; KeyError for a key that does not exist."""
        text = self.pick(*TEXTS[key])
        return filled(text, fields) if fields else text

    def count(self, key: str, n: int) -> str:
        """The text of ``key`` that counts ``n`` things, one or many."""
        one, _, many = self.pick(*TEXTS[key]).partition("|")
        return (one if n == 1 or not many else many).format(n=self.number(n))

    def head(self, key: str) -> str:
        """The text of ``key`` with a capital first letter, for headings and column heads."""
        text = self(key)
        return text[:1].upper() + text[1:]

    def pick(self, th: str, en: str) -> str:
        """The one of two texts that is in this language; the other where this one is empty."""
        return (th or en) if self.lang == "th" else (en or th)

    def year(self, year: int) -> str:
        """A year as people write it: 2555 in Thai for 2012."""
        return str(year + BUDDHIST_ERA if self.lang == "th" else year)

    def date(self, date: dt.date) -> str:
        """``1 ส.ค. 2555`` / ``1 Aug 2012``."""
        return f"{date.day} {self.short_month(date)} {self.year(date.year)}"

    def day_month(self, date: dt.date) -> str:
        """``1 ส.ค.`` / ``1 Aug``."""
        return f"{date.day} {self.short_month(date)}"

    def short_date(self, date: dt.date) -> str:
        """``พ. 1 ส.ค.`` / ``Wed 1 Aug``."""
        return f"{self.short_weekday(date)} {self.day_month(date)}"

    def long_date(self, date: dt.date) -> str:
        """``วันพุธที่ 1 สิงหาคม 2555`` / ``Wednesday 1 August 2012``."""
        weekday = self.weekday(date.weekday())
        start = f"วัน{weekday}ที่" if self.lang == "th" else weekday
        return f"{start} {date.day} {self.month(date)}"

    def month(self, date: dt.date) -> str:
        """``สิงหาคม 2555`` / ``August 2012``."""
        return f"{self._locale.months['format']['wide'][date.month]} {self.year(date.year)}"

    def short_month(self, date: dt.date) -> str:
        """``ส.ค.`` / ``Aug``."""
        return str(self._locale.months["format"]["abbreviated"][date.month])

    def weekday(self, number: int) -> str:
        """``พุธ`` / ``Wednesday`` of 0 (Monday) to 6."""
        name: str = self._locale.days["format"]["wide"][number]
        return name.removeprefix("วัน")

    def short_weekday(self, date: dt.date) -> str:
        """``พ.`` / ``Wed``."""
        width = "short" if self.lang == "th" else "abbreviated"
        return str(self._locale.days["format"][width][date.weekday()])

    def span(self, first: dt.date, last: dt.date) -> str:
        """``1 ส.ค. – 31 ต.ค. 2555``; the parts that both dates share are said once."""
        if first == last:
            return self.date(first)
        if first.year != last.year:
            return f"{self.date(first)} – {self.date(last)}"
        if first.month != last.month:
            return f"{self.day_month(first)} – {self.date(last)}"
        return f"{first.day}–{self.date(last)}"

    def days(self, first: dt.date, last: dt.date) -> str:
        """``6–10 ส.ค.`` / ``6–10 Aug``: a short span without its year."""
        if first == last:
            return self.day_month(first)
        if first.month != last.month:
            return f"{self.day_month(first)} – {self.day_month(last)}"
        return f"{first.day}–{self.day_month(last)}"

    def dates(self, dates: Iterable[dt.date]) -> str:
        """``3–5, 7 ก.ย.``: ascending dates, runs of days as spans, the month said once for its days."""
        runs: list[list[dt.date]] = []
        for date in dates:
            if runs and (date - runs[-1][-1]).days == 1 and date.month == runs[-1][-1].month:
                runs[-1].append(date)
            else:
                runs.append([date])
        parts = []
        for run, following in zip(runs, [*runs, None][1:], strict=True):
            days = str(run[0].day) if len(run) == 1 else f"{run[0].day}–{run[-1].day}"
            same = following is not None and following[0].month == run[0].month
            parts.append(days if same else f"{days} {self.short_month(run[0])}")
        return ", ".join(parts)

    def clock(self, minutes: float) -> str:
        """A time of day to the nearest minute, ``08:30``."""
        return format_clock(round(minutes))

    def official_clock(self, minutes: float) -> str:
        """A time of day as official letters write it: ``10.03 น.`` / ``10:03``."""
        clock = self.clock(minutes)
        return f"{clock.replace(':', '.')} น." if self.lang == "th" else clock

    def official_span(self, first: float, last: float) -> str:
        """``08.40–09.40 น.`` / ``08:40–09:40``."""
        start = self.official_clock(first).removesuffix(" น.")
        return f"{start}–{self.official_clock(last)}"

    def number(self, value: float, digits: int = 0) -> str:
        """``1,234.5`` with ``digits`` behind the point; never a negative zero."""
        text = f"{value:,.{digits}f}"
        return text.lstrip("-") if float(text.replace(",", "")) == 0 else text

    def work(self, done: str) -> str:
        """The work of a search as its record has it, ``15.2 s`` or ``900 steps``, in words of this language."""
        amount, _, unit = done.partition(" ")
        thai = {"s": "วินาที", "steps": "ขั้น"}.get(unit)
        return done if thai is None else self.pick(f"{amount} {thai}", done)

    def percent(self, share: float, digits: int = 0) -> str:
        """``12 %`` of 0.12."""
        return f"{self.number(share * 100, digits)} %"
