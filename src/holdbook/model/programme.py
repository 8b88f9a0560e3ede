"""A building programme: phases, sites, capacity, partners."""

from typing import Annotated, ClassVar

import msgspec

from holdbook.model.fact import Fact
from holdbook.model.kind import Count, Day, Duration, Entity, NameKind, Part, Power, TableKind, Text, TextKind, Worth


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """A stage of a programme: what it costs, what stands after it, by when."""

    amount: Worth | None = None
    capacity: Power | None = None
    day: Day | None = None
    horizon: Duration | None = None
    note: Text | None = None


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a programme and who builds there."""

    place: Text
    builder: Entity | None = None
    capacity: Power | None = None
    day: Day | None = None
    note: Text | None = None


class Programme(Fact, frozen=True, kw_only=True):
    """A programme of capital spending; `own_part` is the company's share of it, unknown where nobody says."""

    noun: ClassVar[str] = "programmes"

    programme: Entity
    ceiling: Worth | None = None
    horizon: Duration | None = None
    own_part: Part | None = None
    phases: Annotated[dict[str, Phase], TableKind(record=Phase)] | None = None
    sites: Annotated[dict[str, Site], TableKind(record=Site)] | None = None
    partners: Annotated[dict[str, str], TableKind(TextKind(), key=NameKind("entities"))] | None = None
    site_count: Count | None = None
    jobs: Count | None = None
