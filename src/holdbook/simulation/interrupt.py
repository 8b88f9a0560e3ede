"""Ctrl-C as a wish to end, taken where nothing is half done; pressed again it ends at once."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Self

from holdbook.numerics.engine import Progress


class Interrupt:
    """While it is open, the first Ctrl-C is only remembered. Where somebody else takes Ctrl-C, or not in the main thread, it does nothing.

    Fields:
        wished: whether it was pressed.
    """

    def __init__(self) -> None:
        self.wished = self._taken = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._press)
            self._taken = True
        return self

    def __exit__(self, *_: object) -> None:
        if self._taken:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def during(self, progress: Progress | None) -> Progress:
        """A progress that tells the other one, and ends the work when that was wished."""

        def tell(done: int, of: int) -> None:
            if progress is not None:
                progress(done, of)
            if self.wished:
                raise KeyboardInterrupt

        return tell

    def _press(self, _number: int, _frame: FrameType | None) -> None:
        if self.wished:
            raise KeyboardInterrupt
        self.wished = True
