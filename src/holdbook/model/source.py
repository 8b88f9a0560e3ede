"""Where a fact was read."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Text


class Source(Fact, frozen=True, kw_only=True):
    """A publication: a report, a page, an article.

    `licence` says on what terms others may publish it again.
    `rounding` says whether its figures are rounded to nearest or truncated; truncated figures mean [v, v + one unit).
    """

    noun: ClassVar[str] = "sources"

    title: Text
    publisher: Text | None = None
    author: Text | None = None
    published: Day | None = None
    retrieved: Day | None = None
    language: Text | None = None
    kind: Annotated[str, ChoiceKind(("issuer", "regulator", "press", "mirror", "model", "central bank", "court", "none"))] | None = None
    rounding: Annotated[str, ChoiceKind(("nearest", "truncated"))] | None = None
    url: Text | None = None
    licence: Text | None = None
