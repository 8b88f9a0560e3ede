"""The European Central Bank's daily reference rates, from the history that the CurrencyConverter library ships."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

_LONGEST_GAP = 7


class NoRateError(LookupError):
    """A day or a currency that the history does not have."""


@lru_cache(maxsize=1)
def _history() -> Any:
    from currency_converter import CurrencyConverter  # half a second and 40 currencies: only for who needs a rate

    return CurrencyConverter()


def euro_rate(currency: str, day: date) -> tuple[Fraction, date]:
    """Units of a currency for one euro on the last day, up to `day`, on which the bank published; and that day.

    Raises NoRateError for a currency or a day outside of the history.
    """
    if currency == "EUR":
        return Fraction(1), day
    history = _history()
    if currency not in history.currencies or day > history.bounds[currency].last_date + timedelta(days=_LONGEST_GAP):
        raise NoRateError(f"{currency} on {day}")
    if day < history.bounds[currency].first_date:
        raise NoRateError(f"{currency} on {day}")
    for back in range(_LONGEST_GAP + 1):
        found = _on(currency, day - timedelta(days=back))
        if found is not None:
            return found, day - timedelta(days=back)
    raise NoRateError(f"{currency} on {day}")


@lru_cache(maxsize=4096)
def _on(currency: str, day: date) -> Fraction | None:
    from currency_converter import RateNotFoundError

    try:
        rate = _history().convert(1, "EUR", currency, date=day)
    except (RateNotFoundError, ValueError):
        return None
    return Fraction(repr(round(rate, 6)))
