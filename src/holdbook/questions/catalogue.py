"""The questions, in the order in which a reader asks them. Every face loops over this; a new question is one more line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from types import ModuleType

from holdbook.questions.answer import Answer

Ask = Callable[..., Answer]


class Question:
    """A question, named at the prompt like its file; the file is loaded when the question is first asked, or asked about.

    Twelve of them with all that they rest on would cost each start a third of its time.

    >>> Question("worth").asks[:17]
    'What is it worth?'
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _file(self) -> ModuleType:
        return import_module(f"holdbook.questions.{self.name}")

    @property
    def asks(self) -> str:
        """What it asks in a sentence: the first line of its file."""
        return (self._file.__doc__ or "").splitlines()[0]

    @property
    def example(self) -> str:
        """A command that asks it."""
        return str(self._file.EXAMPLE)

    @property
    def simulates(self) -> bool:
        """Whether it draws futures, and takes how as `futures`."""
        return getattr(self._file, "SIMULATES", False)

    @property
    def ask(self) -> Ask:
        """The answering: the function of the file that is called like it, of a view and of others to set beside it."""
        answer: Ask = getattr(self._file, self.name)
        return answer


NAMES = ("happened", "worth", "owes", "sold", "promised", "paid", "reaction", "links", "missed", "record", "breaks", "verdict")
CATALOGUE = tuple(Question(name) for name in NAMES)
