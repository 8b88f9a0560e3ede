"""The nouns of a book, in the order in which the documentation tells of them."""

from __future__ import annotations

from holdbook.model.balance import Balance
from holdbook.model.claim import Claim
from holdbook.model.commitment import Commitment
from holdbook.model.debt import Debt
from holdbook.model.definition import Definition
from holdbook.model.entity import Entity
from holdbook.model.event import Event
from holdbook.model.fact import Fact
from holdbook.model.mark import Mark
from holdbook.model.move import Move
from holdbook.model.outlook import Outlook
from holdbook.model.policy import Policy
from holdbook.model.programme import Programme
from holdbook.model.rate import Rate
from holdbook.model.relation import Relation
from holdbook.model.result import Result
from holdbook.model.source import Source
from holdbook.model.stake import Stake
from holdbook.model.statement import Statement
from holdbook.model.trade import Trade

NOUNS: dict[str, type[Fact]] = {
    noun.noun: noun
    for noun in (
        Source,
        Entity,
        Stake,
        Trade,
        Mark,
        Rate,
        Debt,
        Balance,
        Statement,
        Commitment,
        Programme,
        Relation,
        Result,
        Move,
        Event,
        Policy,
        Definition,
        Outlook,
        Claim,
    )
}
UNDATED = ("sources", "entities", "outlooks")
