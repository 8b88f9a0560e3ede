"""Who belongs to a group: the company, and the funds that it runs with its own and with other people's money."""

from __future__ import annotations

from holdbook.model.entity import Entity
from holdbook.model.relation import Relation
from holdbook.timeline.view import View


def group_funds(view: View) -> list[str]:
    """The funds of the group: those that the company manages, and every other fund of the book that is no investor in one of them."""
    ties = list(view.counted(Relation))
    managed = {tie.to for tie in ties if tie.type == "manages" and tie.from_ == view.company}
    every = {entity.id for entity in view.book.all(Entity) if entity.kind == "fund"}
    outside = {tie.from_ for tie in ties if tie.type == "invested_in" and tie.to in every | managed}
    return sorted((every | managed) - outside - {view.company})
