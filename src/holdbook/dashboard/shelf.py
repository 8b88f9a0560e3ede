"""The book that is served: read again when its files change, each answer kept until then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from threading import Lock, RLock
from typing import Any, TypeVar

from holdbook import api
from holdbook.checks.check import Soundness
from holdbook.dashboard.look import Look, LookError
from holdbook.problems import nearest
from holdbook.quantity.quantity import UnitError
from holdbook.questions.answer import Answer
from holdbook.questions.catalogue import CATALOGUE

_KEPT = 200
Made = TypeVar("Made")


class Shelf:
    """One book, its answers by question and look, and a stamp that changes with its files.

    Requests come from several threads: the book is read by one of them, and so is each answer.
    """

    def __init__(self, name: str | None, prices: Sequence[str] = ()) -> None:
        self.name, self.prices = name, tuple(prices)
        self._reading = RLock()
        self._stamp = ""
        self._answers: dict[tuple[str, Look], Answer] = {}
        self._locks: dict[tuple[str, Look], Lock] = {}
        self._kept: dict[tuple[str, Look], Any] = {}
        self._found: Soundness | None = None
        self._opened = api.read(name, prices)
        self._stamp = self.stamp()

    def stamp(self) -> str:
        """What stands for the state of the book's files: their names, sizes and times of change."""
        digest = blake2b(digest_size=12)
        for path in sorted(self._files()):
            try:
                found = os.stat(path)
            except OSError:
                continue
            digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode(errors="backslashreplace"))
        return digest.hexdigest()

    def _files(self) -> Iterator[str]:
        for root in dict.fromkeys((self._opened.folder, *self._opened.folders, *self.prices)):
            for parent, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith((".", "__"))]
                yield from (os.path.join(parent, name) for name in names if not name.startswith("."))

    def opened(self) -> api.OpenBook:
        """The book as its files are now.

        Raises api.NotABookError while they are no book; the next change is read again.
        """
        with self._reading:
            now = self.stamp()
            if now != self._stamp:
                self._opened = api.read(self.name, self.prices)
                self._stamp, self._found = self.stamp(), None
                self._answers.clear()
                self._kept.clear()
                self._locks.clear()
            return self._opened

    def scenarios(self) -> list[str]:
        """The names of the scenarios that come with the book."""
        return sorted(api.scenarios(self.opened()))

    def book(self, look: Look) -> api.OpenBook:
        """The book, with the scenario of a look laid over it.

        Raises LookError for a scenario that is none of the book's: an address never names a file.
        """
        opened = self.opened()
        if not look.scenario:
            return opened
        if look.scenario not in api.scenarios(opened):
            raise LookError(f"{look.scenario!r} is no scenario of the book; {nearest(look.scenario, api.scenarios(opened))}")
        return self.kept(("scenario", Look(scenario=look.scenario)), lambda bare: api.with_scenario(bare, look.scenario))

    def answer(self, question: str, look: Look) -> Answer:
        """The answer to a question; asked once for a state of the book and a look."""
        opened = self.book(look)
        with self._reading:
            lock = self._locks.setdefault((question, look), Lock())
        with lock:
            found = self._answers.get((question, look))
            if found is None:
                found = api.ask(opened, question, day=look.day, known_on=look.known_on, currency=look.currency or None, against=look.others)
                if len(self._answers) >= _KEPT:
                    self._answers.pop(next(iter(self._answers)))
                self._answers[question, look] = found
            return found

    def is_ready(self, question: str, look: Look) -> bool:
        """Whether an answer is there already, so that a page need not wait for it."""
        self.opened()
        return (question, look) in self._answers

    def kept(self, key: tuple[str, Look], make: Callable[[api.OpenBook], Made]) -> Made:
        """What was made of the book under a key, made once for a state of it."""
        opened = self.opened()
        with self._reading:
            if key not in self._kept:
                self._kept[key] = make(opened)
            found: Made = self._kept[key]
            return found

    def soundness(self) -> Soundness:
        """What a check of the book found."""
        opened = self.opened()
        with self._reading:
            if self._found is None:
                self._found = api.check(opened)
            return self._found

    def warm(self) -> None:
        """Ask everything once, so that no reader waits for the first answer; what cannot be answered is said on its page."""
        for question in CATALOGUE:
            with suppress(UnitError, api.NotABookError):
                self.answer(question.name, Look())
        self.soundness()
