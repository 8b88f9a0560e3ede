"""What an option costs on a value that wanders and now and then jumps."""

from __future__ import annotations

import math

_ENOUGH = 1e-17


def merton_call(
    value: float, strike: float, years: float, rate: float, volatility: float, jumps: float, jump_part: float, carry: float | None = None
) -> float:
    """A European call on a jump diffusion whose jumps are lognormal and change nothing on average.

    `volatility` is that of the whole a year, `jumps` how many come a year, `jump_part` the part of the variance that they make.
    `carry` is the drift of the value, `rate` without it.

    Formula:  sum over n of exp(-jumps years) (jumps years)^n / n! * BlackScholes(sqrt(z^2 + d^2 n / years)),
              d^2 = jump_part volatility^2 / jumps, z^2 = volatility^2 - jumps d^2
    Says so:  Merton (1976); Haug, The Complete Guide to Option Pricing Formulas (1998)

    Raises ValueError when value, strike, years or jumps is not above zero, or the part not within 0 and 1.

    >>> round(merton_call(100, 80, 0.1, 0.08, 0.25, 1, 0.25), 2)
    20.67
    """
    if min(value, strike, years, jumps) <= 0 or not 0 <= jump_part <= 1:
        raise ValueError("value, strike, years and jumps are above zero, and the part of the jumps is within 0 and 1")
    each, mean = jump_part * volatility**2 / jumps, jumps * years
    rest = volatility**2 - jumps * each
    total, weight, number = 0.0, math.exp(-mean), 0
    while number < mean or weight > _ENOUGH:
        spread = math.sqrt(max(rest + each * number / years, 0.0))
        total += weight * black_scholes_call(value, strike, years, rate, spread, carry)
        number += 1
        weight *= mean / number
    return total


def black_scholes_call(value: float, strike: float, years: float, rate: float, volatility: float, carry: float | None = None) -> float:
    """A European call on a value that wanders and never jumps.

    Formula:  value exp((carry - rate) years) Phi(d) - strike exp(-rate years) Phi(d - volatility sqrt(years))
    Says so:  Black and Scholes (1973), with a cost of carry

    >>> round(black_scholes_call(60, 65, 0.25, 0.08, 0.30), 4)
    2.1334
    """
    drift = rate if carry is None else carry
    forward, discount, spread = value * math.exp(drift * years), math.exp(-rate * years), volatility * math.sqrt(years)
    if spread == 0:
        return discount * max(forward - strike, 0.0)
    d = math.log(forward / strike) / spread + spread / 2
    return discount * (forward * _below(d) - strike * _below(d - spread))


def _below(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2
