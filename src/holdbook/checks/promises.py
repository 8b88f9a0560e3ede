"""Does every event that speaks of a condition name one that a promise has?"""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.model.book import Book
from holdbook.model.commitment import Commitment
from holdbook.model.event import Event
from holdbook.problems import Problem, nearest


def conditions(book: Book) -> Iterator[Problem]:
    """Events that name no condition of a commitment; it is named by the id of the commitment and its own."""
    known = [f"{one.id}.{name}" for one in book.all(Commitment) for name in one.conditions or {}]
    for event in book.all(Event):
        if event.condition is not None and event.condition not in known:
            found = f"calendar.{event.id}: no condition {event.condition!r}"
            yield Problem(
                "unknown-name", event.place, found, "the id of a commitment, then of its condition", nearest(event.condition, known)
            )
