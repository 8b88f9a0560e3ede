"""What a question answers with: named quantities, words, tables, caveats. Nothing here is rounded or laid out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from holdbook.dates import Span
from holdbook.quantity.quantity import Quantity, add
from holdbook.questions.chart import Chart
from holdbook.questions.fan import Fan
from holdbook.questions.network import Network
from holdbook.questions.standings import Standings

Cell = Quantity | Span | str | int | None
Picture = Chart | Fan | Network | Standings
Sentence = Sequence[Quantity | str]


class Figure(msgspec.Struct, frozen=True):
    """A quantity of an answer, and the day or period at whose rate it would be converted."""

    quantity: Quantity
    when: Span | None = None


class Table(msgspec.Struct, frozen=True):
    """Rows under columns; `title` says what they are, `bounded` which columns cannot be read without their bounds."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    bounded: tuple[str, ...] = ()


class Answer(msgspec.Struct, kw_only=True):
    """The answer to one question about one view of a book.

    Fields:
        headline: words and quantities, one or two sentences.
        quantities: by name, such as `nav` or `nvidia_2025.average_price`.
        labels: words by name: a fiscal period, a verdict.
        tables, charts: by name.
        caveats: what a reader must know before relying on it.
    """

    question: str
    day: str
    known_on: str
    book: str
    headline: Sentence = ()
    quantities: dict[str, Figure] = msgspec.field(default_factory=dict)
    labels: dict[str, str] = msgspec.field(default_factory=dict)
    tables: dict[str, Table] = msgspec.field(default_factory=dict)
    charts: dict[str, Picture] = msgspec.field(default_factory=dict)
    caveats: list[Sentence | str] = msgspec.field(default_factory=list)

    def put(self, name: str, quantity: Quantity | None, when: Span | None = None) -> None:
        """Add a quantity under a name, if there is one."""
        if quantity is not None:
            known = quantity if quantity.name == name else add((quantity,)).named(name, quantity.derived)
            self.quantities[name] = Figure(known if quantity.name else quantity.named(name), when)
