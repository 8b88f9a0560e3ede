"""The pages: each asks one thing of a reader and is a loop over questions of the catalogue, never a second definition."""

from __future__ import annotations

from typing import NamedTuple

from holdbook.questions.catalogue import CATALOGUE, Question


class Page(NamedTuple):
    """A page: its name in the address, what it asks, the questions on it in order; a brief one leaves out tables."""

    name: str
    asks: str
    questions: tuple[str, ...]
    brief: bool = False


_PAGES = (
    Page("overview", "What is it worth, and is it safe today?", ("worth", "owes", "paid", "verdict", "breaks"), brief=True),
    Page("holdings", "What does it own, and at what price?", ("worth", "record", "missed")),
    Page("funding", "How were the deals paid for?", ("paid", "promised", "sold", "happened")),
    Page("debt", "When must it pay, and with what?", ("owes",)),
    Page("stress", "What would break it?", ("breaks", "verdict")),
    Page("network", "Who depends on whom?", ("links",)),
    Page("evidence", "Why believe a number?", ("reaction",)),
)
_LAST, _STRESS = "evidence", "stress"


def pages() -> list[Page]:
    """The pages that have something to say; a question that no page names stands on the last."""
    named = {question for page in _PAGES for question in page.questions}
    others = tuple(one.name for one in CATALOGUE if one.name not in named)
    found = [page._replace(questions=page.questions + others) if page.name == _LAST else page for page in _PAGES]
    return [page for page in found if asked_on(page) or page.name in (_STRESS, _LAST)]


def asked_on(page: Page) -> list[Question]:
    """The questions of the catalogue that are on a page."""
    by_name = {one.name: one for one in CATALOGUE}
    return [by_name[name] for name in page.questions if name in by_name]
