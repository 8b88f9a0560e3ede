"""How far something is, on one line of a terminal that is written over."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self, TextIO

_WIDTH, _EVERY = 24, 0.1
_HOUR, _MINUTE = 3600, 60


class Bar:
    """A bar with what is done, of how much, and about how long the rest takes; where the stream is no terminal it writes nothing.

    The time left is reckoned from the pace since the first call, so that what was done before does not count as fast.

    >>> import io
    >>> with Bar(io.StringIO()) as bar:
    ...     bar(5, 10)
    """

    def __init__(self, stream: TextIO, unit: str = "paths", clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.unit, self.clock = stream, unit, clock
        self.shows = stream.isatty()
        self.began: tuple[float, int] | None = None
        self.told, self.longest = float("-inf"), 0

    def __call__(self, done: int, of: int) -> None:
        """Tell how much is done, of how much; more often than ten times a second is not shown."""
        now = self.clock()
        self.began = self.began or (now, done)
        if self.shows and (now - self.told >= _EVERY or done >= of):
            self.told = now
            self._write(self._line(now, done, of))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the line empty for what comes next."""
        if self.shows and self.longest:
            self.stream.write("\r" + " " * self.longest + "\r")
            self.stream.flush()

    def _line(self, now: float, done: int, of: int) -> str:
        part = min(done / of, 1.0) if of else 1.0
        full = int(part * _WIDTH)
        return f"[{'#' * full}{'.' * (_WIDTH - full)}] {done:,} of {of:,} {self.unit}{self._left(now, done, of)}"

    def _left(self, now: float, done: int, of: int) -> str:
        began, before = self.began or (now, done)
        if done <= before or now <= began:
            return ""
        return f", {lasting((of - done) * (now - began) / (done - before))} left"

    def _write(self, line: str) -> None:
        self.longest = max(self.longest, len(line))
        self.stream.write("\r" + line.ljust(self.longest))
        self.stream.flush()


def lasting(seconds: float) -> str:
    """A time that something takes, as short as it may be told.

    >>> [lasting(one) for one in (0.4, 75, 3700)]
    ['0 s', '1 min 15 s', '1 h 1 min']
    """
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
