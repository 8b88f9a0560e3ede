"""The questions, in the order in which a reader asks them. Every face loops over this; a new question is one more line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import NamedTuple

from holdbook.questions import breaks, happened, links, missed, owes, paid, promised, reaction, record, sold, verdict, worth
from holdbook.questions.answer import Answer
from holdbook.timeline.view import View

Ask = Callable[[View, Sequence[View]], Answer]


class Question(NamedTuple):
    """A question: its name at the prompt, what it asks in a sentence, a command that asks it, and the answering."""

    name: str
    asks: str
    example: str
    ask: Ask


def _of(module: ModuleType) -> Question:
    """The question of a file: the first line of its docstring is what it asks, the function of its name answers."""
    name = module.__name__.rsplit(".", 1)[-1]
    return Question(name, (module.__doc__ or "").splitlines()[0], module.EXAMPLE, getattr(module, name))


CATALOGUE = tuple(_of(module) for module in (happened, worth, owes, sold, promised, paid, reaction, links, missed, record, breaks, verdict))
