"""How likely a value that wanders without memory meets a barrier before a horizon."""

from __future__ import annotations

import math

_CORRECTION = 0.5825971579390106  # -zeta(1/2) / sqrt(2 pi)


def first_passage(value: float, barrier: float, years: float, drift: float, volatility: float) -> float:
    """The probability that a geometric Brownian motion meets a barrier at or before a horizon, watched at every moment.

    Formula:  h = ln(barrier / value), v = drift - volatility^2 / 2, s = volatility sqrt(years);
              below: Phi((h - v years) / s) + (barrier / value)^(2 v / volatility^2) Phi((h + v years) / s); above: the mirror image
    Units:    drift and volatility a year, drift that of the value itself (of its mean, not of its logarithm)
    Says so:  Haug, The Complete Guide to Option Pricing Formulas (1998), binary barrier options

    Raises ValueError when value or barrier is not above zero, or years or volatility below zero.

    >>> round(first_passage(105, 100, 0.5, 0.10, 0.20), 4)
    0.656
    """
    if value <= 0 or barrier <= 0:
        raise ValueError("a value and its barrier are above zero")
    if years < 0 or volatility < 0:
        raise ValueError("a horizon and a volatility are not below zero")
    if value == barrier:
        return 1.0
    h, pace, spread = math.log(barrier / value), drift - volatility**2 / 2, volatility * math.sqrt(years)
    if spread == 0:
        return 1.0 if years > 0 and 0 <= h / (pace or math.inf) <= years and pace != 0 else 0.0
    sign = 1.0 if barrier < value else -1.0
    first = _below(sign * (h - pace * years) / spread)
    mirror = sign * (h + pace * years) / spread
    weight = 2 * pace * h / volatility**2
    return min(1.0, first + (math.exp(weight + _log_below(mirror)) if weight < _LARGEST or mirror < 0 else 1.0))


def watched_at_steps(value: float, barrier: float, volatility: float, step: float) -> float:
    """The barrier of a motion watched at every moment that is met as often as this one is when it is only watched at steps.

    Formula:  barrier * exp(-+ 0.5826 volatility sqrt(step)), away from the value
    Says so:  Broadie, Glasserman and Kou (1997)

    >>> round(watched_at_steps(105, 100, 0.20, 1 / 252), 4)
    99.2687
    """
    return barrier * math.exp(math.copysign(_CORRECTION * volatility * math.sqrt(step), barrier - value))


_LARGEST = 700.0
_FAR = -30.0


def _below(x: float) -> float:
    """The standard normal distribution function."""
    return math.erfc(-x / math.sqrt(2)) / 2


def _log_below(x: float) -> float:
    """Its logarithm; far out by the first terms of Mills' ratio."""
    if x > _FAR:
        return math.log(_below(x))
    return -x * x / 2 - math.log(-x * math.sqrt(2 * math.pi)) + math.log1p(-1 / x**2 + 3 / x**4)
