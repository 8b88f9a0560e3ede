"""Who or what a book speaks of: a company, a fund, a person, a programme, a site."""

from typing import Annotated, ClassVar

from holdbook.model.fact import Fact
from holdbook.model.kind import ChoiceKind, Day, Flag, ListKind, NameKind, TableKind, Text, TextKind
from holdbook.model.registered import Registered


class Entity(Fact, frozen=True, kw_only=True):
    """An entity: anything that can hold, owe, sell, promise, supply or speak.

    `layer` is its place in the value chain, `theme` what its value hangs on, such as artificial intelligence; `bundle` is a line of an issuer's table that holds several things.
    `benchmark_of`, of an index: the entities whose returns are set against it; the index of an entity's own exchange comes first.
    `total_return` says whether an index keeps dividends; only such a one is a market to which flows can be compared.
    `listings` gives its ticker on each exchange, by the exchange's code of ISO 10383: `{XNAS: NVDA}`. Price files are found by it.
    `statement` is the statement of a register that describes it, by its id there.
    """

    noun: ClassVar[str] = "entities"

    name: Text
    kind: (
        Annotated[
            str,
            ChoiceKind(("holding", "company", "fund", "person", "programme", "site", "institution", "agency", "bundle", "place", "index")),
        ]
        | None
    ) = None
    country: Text | None = None
    listed: Flag | None = None
    founded: Day | None = None
    layer: Text | None = None
    theme: Text | None = None
    aka: Annotated[tuple[str, ...], ListKind(TextKind())] | None = None
    benchmark_of: Annotated[tuple[str, ...], ListKind(NameKind("entities"))] | None = None
    total_return: Flag | None = None
    listings: Annotated[dict[str, str], TableKind(TextKind())] | None = None
    statement: Annotated[dict[str, Registered], TableKind(record=Registered)] | None = None
