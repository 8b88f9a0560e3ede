"""What was earned, gained or lost over a period."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Count, Entity, Money, Ratio


class Result(Fact, frozen=True, kw_only=True):
    """A flow that somebody reported: `measure` of `subject` over `day`, about an asset where it concerns one.

    `equivalent` is the same amount in another currency as the source prints it. A loss is written as a positive amount of a
    measure that is called a loss.
    """

    noun: ClassVar[str] = "results"

    subject: Entity
    measure: Annotated[
        str,
        ChoiceKind(
            (
                "net_profit",
                "operating_loss",
                "loss",
                "gain",
                "unrealised_gain",
                "realised_gain",
                "derivative_gain",
                "investment_gain",
                "cumulative_gain",
                "cumulative_loss",
                "revenue",
                "profit",
                "size",
                "companies",
                "written_down",
                "written_down_part",
                "dividends_received",
                "fees_received",
                "interest_paid",
            )
        ),
    ]
    about: Entity | None = None
    amount: Money | None = None
    count: Count | None = None
    ratio: Ratio | None = None
    equivalent: Money | None = None
