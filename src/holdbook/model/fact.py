"""What every entry of a book has: an id, a place, a day, the day the world learnt it, and a source."""

from datetime import date
from typing import Annotated, ClassVar

import msgspec

from holdbook.model.kind import ChoiceKind, Day, ListKind, Text, TextKind
from holdbook.quantity.origin import Place


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a book.

    Fields that a person writes, common to every noun:

    - day: the day, or period, from which it holds or in which it happened
    - until: the last day on which it holds; without it, until something later replaces it
    - known: the day the world learnt it; without it the source's publication, else its retrieval
    - source: the id of a source, then where in it: `article 21`, `report p. 18`
    - speaker: who says so, where that is not the source itself
    - basis: whose share the figure is: gross, own, group or fund
    - status: done, agreed, planned, rumoured, ended
    - restates: the id of an entry of this noun that tells the same fact; a restatement never counts in a sum
    - supersedes: the id of an entry that this one corrects, from the day this one was known
    - known_difference: why two figures that ought to agree do not
    - note, tags: free
    """

    noun: ClassVar[str] = ""

    id: str
    place: Place
    learnt: date
    learnt_from: str = ""

    day: Day | None = None
    until: Day | None = None
    known: Day | None = None
    source: Text | None = None
    speaker: Text | None = None
    basis: Annotated[str, ChoiceKind(("gross", "own", "group", "fund"))] | None = None
    status: Annotated[str, ChoiceKind(("done", "agreed", "planned", "rumoured", "ended"))] | None = None
    restates: Text | None = None
    supersedes: Text | None = None
    known_difference: Text | None = None
    note: Text | None = None
    tags: Annotated[tuple[str, ...], ListKind(TextKind())] | None = None
