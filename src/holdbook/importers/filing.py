"""A filing on Form 13F: what a manager held in American listed shares at the end of a quarter, line by line.

Says so: 17 CFR 240.13f-1 and the form's special instructions; `value` is in thousands of dollars in filings before 2023-01-03 and in
dollars since.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from holdbook.problems import Problem

DOLLARS_SINCE = date(2023, 1, 3)
LAST_THOUSANDS = date(2022, 9, 30)


class Line(NamedTuple):
    """A line of an information table.

    Fields:
        issuer, title, cusip, ticker: what is held, as far as the file says.
        value: as printed, before it is known whether in thousands.
        amount: how many, and `unit` SH for shares or PRN for a principal.
        option: PUT or CALL, or empty.
        where: the line of the file, or `row 2` where the file has no lines.
    """

    issuer: str
    title: str
    cusip: str
    ticker: str
    value: int
    amount: int
    unit: str
    option: str
    where: str

    @property
    def is_shares(self) -> bool:
        """Whether it counts shares that are held: no option, no principal of a bond."""
        return self.unit == "SH" and not self.option


class Filing(NamedTuple):
    """A filing: the end of the quarter, the day on which it was filed, its accession number, its lines, and the file.

    `total` is what the cover says the values add up to; `in_dollars` that the file itself has them so whatever its day.
    """

    file: str
    period: date | None
    filed: date | None
    accession: str
    lines: list[Line]
    total: int | None = None
    in_dollars: bool = False

    @property
    def scale(self) -> int | None:
        """By what a printed value is to be multiplied to be in dollars; None where no date tells."""
        if self.in_dollars:
            return 1
        if self.filed is not None:
            return 1 if self.filed >= DOLLARS_SINCE else 1000
        if self.period is None or LAST_THOUSANDS < self.period < DOLLARS_SINCE:
            return None
        return 1000 if self.period <= LAST_THOUSANDS else 1


class ReadFiling(NamedTuple):
    """What was read of a file: its filing, or what is wrong with it."""

    filing: Filing | None
    problems: list[Problem]


def one_line(text: object) -> str:
    """A text of an outside file in one line of characters that can be shown, and no more than a name needs."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text or ""))[:120].strip()
