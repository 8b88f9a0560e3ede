"""What was known once stays known, but for what was corrected; and the order in which a book is written says nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from holdbook import api
from holdbook.model.nouns import NOUNS
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.catalogue import CATALOGUE
from holdbook.timeline.names import quantity
from holdbook.timeline.positions import position
from holdbook.timeline.view import View
from properties.books import days, entries, plain_trades, written


@given(entries(), st.lists(days, min_size=2, max_size=2).map(sorted))
def test_knowledge_only_grows_but_for_what_is_corrected(reading, found, known):
    book = reading(written(found)).book
    before, after = (View(book, known_on=day) for day in known)
    for noun in NOUNS.values():
        corrected = {fact.supersedes for fact in book.all(noun) if fact.learnt <= known[1]}
        gone = [fact for fact in before.facts(noun) if fact not in after.facts(noun)]
        assert all(fact.id in corrected for fact in gone)
        assert all(fact.learnt <= known[1] for fact in after.facts(noun))
        assert all(before.known_on < fact.learnt or fact in before.facts(noun) for fact in after.facts(noun) if fact.id not in corrected)


@given(entries(), days)
def test_with_all_knowledge_every_fact_is_there_that_nobody_corrected(reading, found, day):
    book = reading(written(found)).book
    view = View(book, day, date.max)
    assert sum(len(view.facts(noun)) for noun in NOUNS.values()) == sum(
        len(table) - len({fact.supersedes for fact in table.values() if fact.supersedes}) for table in book.tables.values()
    )


def plain(value):
    return (point(value), bounds(value)[:2], str(value.unit)) if isinstance(value, Quantity) else str(value)


def answered(opened, day, known_on):
    """Everything that the four questions answer, but for the order of the rows of their tables."""
    found = {}
    for question in CATALOGUE:
        answer = api.ask(opened, question.name, day=day, known_on=known_on)
        found[question.name] = (
            {name: plain(figure.quantity) for name, figure in answer.quantities.items()},
            answer.labels,
            {name: sorted(repr([plain(cell) for cell in row]) for row in table.rows) for name, table in answer.tables.items()},
            [plain(part) for part in answer.headline],
        )
    return found


@given(entries(), days, days, st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_entries_and_files_changes_no_answer(reading, found, day, known_on, random, files):
    shuffled = random.sample(found, len(found))
    orders = [[found], [found[::-1]], [part for number in range(files) if (part := shuffled[number::files])]]
    books = [reading(*(written(part) for part in order)) for order in orders]
    assert not any(book.problems for book in books)
    first, backwards, split = (answered(book, day, known_on) for book in books)
    assert first == backwards
    assert first == split


STAKE = "stakes: {start: {asset: beta, day: 2025-01-15, known: 2025-01-15, shares: 1000 shares, source: report}}"
SPLIT = 'calendar: {split: {text: Three for one, kind: split, entity: beta, factor: "= 3x", day: 2025-02-01, known: 2025-01-31, source: report}}'


@given(plain_trades(), days, days)
def test_a_ledger_says_what_its_rows_would_say_as_entries(reading, trades, day, known_on):
    entries_, rows = trades
    one, other = reading(STAKE, SPLIT, entries_), reading(STAKE, SPLIT, ledger=rows)
    assert not one.problems
    assert not other.problems
    for asset in ("beta", "gamma"):
        for holder in ("acme", "gamma"):
            held, same = (position(View(book.book, day, known_on), asset, holder).shares for book in (one, other))
            assert bounds(held).interval == bounds(same).interval
            assert point(held) == point(same)
    for name, trade in one.book.tables["trades"].items():
        assert bounds(trade.amount).interval == bounds(quantity(other.book, f"trades.{name}.amount")).interval
