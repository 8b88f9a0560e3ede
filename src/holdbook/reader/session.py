"""The day of a session as vendors write it: `2025-09-30`, `2025-09-30 00:00:00-04:00`, `20250930`, `09/30/2025`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

_COMPACT = re.compile(r"(\d{4})[/.]?(\d{2})[/.]?(\d{2})(?!\d)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)


def day_reader(texts: Sequence[str]) -> Callable[[str], date | None]:
    """What reads the days of a file; where the year comes last, all of its days together must say which is the month.

    A time of day and its zone are left off: vendors write the day of the exchange.

    >>> day_reader(["09/08/2025", "09/30/2025"])("09/08/2025")
    datetime.date(2025, 9, 8)
    >>> day_reader(["09/08/2025"])("09/08/2025") is None
    True
    """
    numbers = [(int(match[1]), int(match[2])) for text in texts if (match := _YEAR_LAST.match(text))]
    month_first = any(second > 12 for _, second in numbers) and not any(first > 12 for first, _ in numbers)
    day_first = any(first > 12 for first, _ in numbers) and not any(second > 12 for _, second in numbers)
    return partial(_day, order="month" if month_first else "day" if day_first else "")


def _day(text: str, order: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    match, last = _COMPACT.match(text), _YEAR_LAST.match(text)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
        if last is not None and order:
            first, second = int(last[1]), int(last[2])
            return date(int(last[3]), first, second) if order == "month" else date(int(last[3]), second, first)
    except ValueError:
        return None
    return None
