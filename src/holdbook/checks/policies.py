"""Can every policy be held against something: is its measure one that is reckoned, and does it fit the figure that it gives?"""

from __future__ import annotations

from collections.abc import Iterator

from holdbook.measures.defined import evaluated
from holdbook.measures.limit import LIMITED, is_agency
from holdbook.model.book import Book
from holdbook.model.definition import Definition
from holdbook.model.policy import Policy
from holdbook.problems import Problem, nearest
from holdbook.quantity.unit import NUMBER
from holdbook.timeline.view import View

_MEANT = {"amount": "minimum_cash", "order": "disposals", "haircut": "disposals"}


def policies(book: Book) -> Iterator[Problem]:
    """Policies with a figure that nothing would ever be held against; an agency has measures of its own."""
    view = View(book)
    ratios = [one.measure or one.id for one in book.all(Definition) if evaluated(view, one).unit is NUMBER]
    for one in book.all(Policy):
        if one.at_most is not None or one.at_least is not None:
            known = [] if is_agency(view, one) else [*LIMITED, *ratios]
        else:
            known = list(dict.fromkeys(word for field, word in _MEANT.items() if getattr(one, field) is not None))
        if known and one.measure not in known:
            expected = f"one of {', '.join(known)}" if len(known) > 1 else known[0]
            yield Problem("bad-choice", one.place, f"policies.{one.id} is on {one.measure!r}", expected, nearest(one.measure, known))
