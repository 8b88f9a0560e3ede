"""All that can be said of a book's soundness, in one run: faults, assertions, claims, contradictions, and how days were learnt."""

from __future__ import annotations

from collections import Counter

import msgspec

from holdbook.checks.chronology import chronology, circles
from holdbook.checks.claims import Checked, check_claims
from holdbook.checks.contradictions import Contradiction, contradictions, unexplained
from holdbook.checks.definitions import unreadable
from holdbook.checks.identities import oversold, price_times_shares
from holdbook.checks.outlooks import outlooks
from holdbook.checks.ownership import beyond_all, closed_circles, to_itself
from holdbook.checks.policies import policies
from holdbook.checks.prices import prices, remarks
from holdbook.checks.promises import conditions
from holdbook.checks.published import Assertion, assertions, failures
from holdbook.checks.terms import terms
from holdbook.checks.trades import incomplete, named_lots
from holdbook.model.book import Book
from holdbook.model.nouns import NOUNS, UNDATED
from holdbook.model.series import Note
from holdbook.problems import Problem, in_reading_order

_RULES = (
    chronology,
    circles,
    unreadable,
    conditions,
    price_times_shares,
    oversold,
    to_itself,
    beyond_all,
    closed_circles,
    incomplete,
    named_lots,
    terms,
    outlooks,
    policies,
    prices,
)


class Soundness(msgspec.Struct, frozen=True):
    """What a check found.

    Fields:
        problems: the faults, in the order of the files.
        assertions: the company's own tables against the book's parts.
        claims: the claims that can be held against something, with their verdicts.
        contradictions: pairs of entries that exclude each other, faults and claims alike.
        learnt: for each noun and each way ("stated", "published", "retrieved"), how many entries took their known day from it.
        entries: how many entries each noun has.
        notes: what to know of the price files that is no fault.
    """

    problems: list[Problem]
    assertions: list[Assertion]
    claims: list[Checked]
    contradictions: list[Contradiction]
    learnt: dict[str, dict[str, int]]
    entries: dict[str, int]
    notes: list[Note] = []


def check(book: Book, already: list[Problem]) -> Soundness:
    """Check a book; `already` are the problems that reading it found."""
    problems = list(already)
    found = assertions(book, problems)
    claims = check_claims(book, problems)
    pairs = contradictions(book)
    problems += failures(found)
    problems += unexplained(pairs)
    for rule in _RULES:
        problems += rule(book)
    return Soundness(
        in_reading_order(problems),
        found,
        claims,
        pairs,
        _learnt(book),
        {noun: len(book.tables.get(noun, {})) for noun in NOUNS},
        remarks(book),
    )


def _learnt(book: Book) -> dict[str, dict[str, int]]:
    return {
        noun: dict(Counter(fact.learnt_from or "unknown" for fact in table.values()))
        for noun, table in book.tables.items()
        if noun not in UNDATED and table
    }
