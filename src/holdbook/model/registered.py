"""What a register said of an entry, where the book has no field of its own for it."""

from typing import Annotated

import msgspec

from holdbook.model.kind import ChoiceKind, Flag, ListKind, Text, TextKind


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """The statement of a register from which an entry was made: words of that register, which no answer uses.

    `record` is what the statement describes, `about` whose declaration it is part of, `dated` its own day, `sort` what it calls an entity.
    `began` and `ended` are the days of an interest as they stand there, `ends` what it calls the ends of a share; a `component` is a link of
    the chain of an indirect interest, whose `components` are all of them. `left_out` names what the statement says and the book does not.
    """

    record: Text
    about: Text
    dated: Text | None = None
    status: Text | None = None
    declaration: Text | None = None
    sort: Text | None = None
    component: Flag | None = None
    components: Annotated[tuple[str, ...], ListKind(TextKind())] | None = None
    reach: Annotated[str, ChoiceKind(("direct", "indirect", "unknown"))] | None = None
    beneficial: Flag | None = None
    began: Text | None = None
    ended: Text | None = None
    ends: Annotated[tuple[str, ...], ListKind(TextKind())] | None = None
    left_out: Annotated[tuple[str, ...], ListKind(TextKind())] | None = None
