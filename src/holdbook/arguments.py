"""What a command line says, as values: days, currencies, what to set beside, how futures are drawn. Each is an error of the command line if it cannot be."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from holdbook import api
from holdbook.dates import REACH, DayError, in_reach, parse_span
from holdbook.quantity.unit import CURRENCIES

if TYPE_CHECKING:
    from holdbook.simulation.simulate import Futures


def day_of(text: str) -> date:
    """A day, not a period."""
    try:
        span = parse_span(text)
    except DayError as error:
        way_out = "write it as 2025-09-30" if "FY" in error.way_out else error.way_out
        raise argparse.ArgumentTypeError(f"{text!r} is no day: {way_out}") from None
    if not span.is_day:
        raise argparse.ArgumentTypeError(f"{text!r} is a period; write a day such as {span.last}")
    return span.first


def day_asked(text: str) -> date:
    """A day that is asked about."""
    day = day_of(text)
    if not in_reach(day):
        raise argparse.ArgumentTypeError(f"{text!r} is out of reach; write {REACH}")
    return day


def currency_of(text: str) -> str:
    """A currency of ISO 4217."""
    if text.upper() not in CURRENCIES:
        raise argparse.ArgumentTypeError(f"{text!r} is not a currency; write its three letters")
    return text.upper()


def against_of(text: str) -> api.Against:
    """What to set an answer beside: DAY, day=DAY, known-on=DAY or scenario=FILE."""
    key, equals, value = text.partition("=")
    if not equals:
        return api.Against(day=day_asked(text))
    if key == "day":
        return api.Against(day=day_asked(value))
    if key == "known-on":
        return api.Against(known_on=day_of(value))
    if key == "scenario" and value:
        return api.Against(scenario=value)
    raise argparse.ArgumentTypeError(f"{key!r}: write DAY, day=DAY, known-on=DAY or scenario=FILE")


def add_futures(parser: argparse.ArgumentParser) -> None:
    """How the futures are drawn of a question that says how likely something is."""
    group = parser.add_argument_group("futures, where a question says how likely something is")
    group.add_argument(
        "--outlook", default="", metavar="ID", help="what they take for granted: an outlook of the book (default: its latest)"
    )
    group.add_argument("--paths", type=_whole(1, 10**10), metavar="N", help="how many are drawn (default: 10000)")
    group.add_argument("--seed", type=_whole(0, 2**64 - 1), metavar="N", help="the number that they are all drawn from (default: 1)")
    group.add_argument(
        "--threads",
        type=_whole(1, 1024),
        default=0,
        metavar="N",
        help="on how many threads, or workers of a local cluster (default: one a processor)",
    )
    group.add_argument("--cluster", metavar="ADDRESS", help="on many machines: a scheduler of Dask, such as tcp://10.0.0.5:8786; or: local")
    parser.set_defaults(resume=None)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text!r}: write a whole number from {least} to {most}")
        return int(text)

    return number


def futures_of(arguments: argparse.Namespace, progress: Callable[[int, int], None] | None = None) -> Futures | None:
    """How the command line wants futures drawn; None: as the book and the program have it, so that nothing is loaded for it."""
    chosen = (arguments.paths, arguments.seed, arguments.cluster, arguments.resume)
    if not (arguments.outlook or arguments.threads) and chosen == (None, None, None, None):
        return None
    from holdbook.simulation.simulate import Futures

    return Futures(
        arguments.outlook, *chosen[:2], threads=arguments.threads, progress=progress, cluster=arguments.cluster, resume=arguments.resume
    )
