"""An exchange rate, or the interest rate of a curve, with its day and its kind."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, ExchangeRate, FigureKind, ListKind, Ratio, Text
from holdbook.quantity.quantity import Quantity


class Rate(Fact, frozen=True, kw_only=True):
    """How much of one currency is paid for one unit of another.

    `pair: USD/JPY` is yen for a dollar. `rate` states it (`JPY 148.88/USD`), or `of` gives two amounts that a source
    prints as equal, the counter amount first, and the rate is implied by them.

    Of a `curve` instead (`government bonds of one year`), `level` is the interest a year, from `day` on until a later level.
    """

    noun: ClassVar[str] = "rates"

    pair: Text | None = None
    rate: ExchangeRate | None = None
    of: Annotated[tuple[Quantity, ...], ListKind(FigureKind("money"))] | None = None
    kind: Annotated[str, ChoiceKind(("spot", "average", "transaction", "implied", "convenience", "fixing"))]
    curve: Text | None = None
    level: Ratio | None = None
