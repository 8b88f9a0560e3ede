"""Lots: identities that hold for every history of purchases, sales and splits, and bounds that hold every choice within them."""

from collections import deque
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import read_text
from holdbook.measures.any_lots import cost_of_any_lots
from holdbook.measures.cost import METHODS, cost, costs, taken_by
from holdbook.measures.gains import effects
from holdbook.numerics.lots import each_first_in_first_out, first_in_first_out, moving_average
from holdbook.quantity.bounds import bounds
from holdbook.quantity.point import point
from holdbook.quantity.quantity import exact, leaf
from holdbook.quantity.stated import parse_figure
from holdbook.quantity.unit import UNIT
from holdbook.timeline.view import View

HEAD = "book: {name: Acme, company: acme, currency: USD, day: 2030-12-31, known_on: 2030-12-31}\n"
FEW = settings(max_examples=40)


@st.composite
def histories(draw):
    """Rows of (sells, shares, cents), never sold short; the first one buys."""
    rows, held = [], 0
    for _ in range(draw(st.integers(2, 8))):
        sells = held > 0 and draw(st.booleans())
        shares = draw(st.integers(1, held if sells else 50))
        held += -shares if sells else shares
        rows.append((sells, shares, draw(st.integers(1, 10_000))))
    return rows


def as_book(rows, more=""):
    lines = [
        f"  t{at}: {{asset: beta, side: {'sell' if sells else 'buy'}, day: {date(2020, 1, 1) + timedelta(days=30 * at)}, "
        f'shares: {shares} shares, amount: "= USD {cents}", source: report}}\n'
        for at, (sells, shares, cents) in enumerate(rows)
    ]
    found = read_text(HEAD + more + "trades:\n" + "".join(lines))
    assert not found.problems
    return View(found.book)


def sales_of(view):
    return [trade for trade in view.book.tables["trades"].values() if trade.side == "sell"]


def cost_of_sales(view, method):
    return [point(cost(view, taken_by(view, sale, method), "USD", "cost")) for sale in sales_of(view)]


@FEW
@given(histories())
def test_what_was_sold_and_what_is_left_cost_what_was_bought(rows):
    view = as_book(rows)
    bought = sum(cents for sells, _, cents in rows if not sells)
    for method in METHODS:
        left = costs(view, method).left["acme", "beta"]
        assert sum(cost_of_sales(view, method)) + sum(point(lot.cost) for lot in left) == bought
        assert sum(lot.shares for lot in left) == sum(-shares if sells else shares for sells, shares, _ in rows)


@FEW
@given(histories())
def test_all_methods_agree_when_everything_is_sold_at_once(rows):
    bought = [row for row in rows if not row[0]]
    view = as_book([*bought, (True, sum(shares for _, shares, _ in bought), 1)])
    assert {cost_of_sales(view, method)[0] for method in METHODS} == {sum(cents for _, _, cents in bought)}


@FEW
@given(histories(), st.integers(2, 20), st.integers(0, 8))
def test_a_split_changes_no_cost(rows, factor, at):
    day = date(2020, 1, 1) + timedelta(days=30 * at - 5)
    split = f'calendar: {{s: {{text: Split, kind: split, entity: beta, factor: "= {factor}x", day: {day}, source: report}}}}\n'
    after = [(sells, shares * factor if position >= at else shares, cents) for position, (sells, shares, cents) in enumerate(rows)]
    plain, divided = as_book(rows), as_book(after, split)
    for method in METHODS:
        assert cost_of_sales(plain, method) == cost_of_sales(divided, method)


@FEW
@given(histories())
def test_whole_numbers_and_quantities_agree(rows):
    view = as_book(rows)
    bought = [(shares, cents) for sells, shares, cents in rows if not sells]
    fifo, average = cost_of_sales(view, "fifo"), cost_of_sales(view, "moving_average")
    assert each_first_in_first_out(rows) == fifo
    assert first_in_first_out(bought, sum(shares for sells, shares, _ in rows if sells)) == sum(fifo)
    low, high = moving_average(rows)
    assert low <= sum(average) <= high
    assert high - low < Fraction(1, 10**12)


def every_choice(rows, last):
    """The cost of the last sale for every way in which whole shares of lots can have gone, by counting them all."""
    found = set()
    pools = {()}
    prices = []
    for at, (sells, shares, cents) in enumerate(rows):
        if not sells:
            prices.append(Fraction(cents, shares))
            pools = {(*pool, shares) for pool in pools}
            continue
        following = set()
        for pool in pools:
            for rest in _ways(pool, shares):
                following.add(rest)
                if at == last:
                    found.add(sum((before - after) * price for before, after, price in zip(pool, rest, prices, strict=True)))
        pools = following
    return found


def _ways(pool, shares):
    if not pool:
        return [()] if shares == 0 else []
    return [(pool[0] - taken, *rest) for taken in range(min(pool[0], shares) + 1) for rest in _ways(pool[1:], shares - taken)]


@st.composite
def small_histories(draw):
    rows, held = [], 0
    for _ in range(draw(st.integers(2, 6))):
        sells = held > 0 and draw(st.booleans())
        shares = draw(st.integers(1, held if sells else 3))
        held += -shares if sells else shares
        rows.append((sells, shares, draw(st.integers(1, 100))))
    return rows


@FEW
@given(small_histories())
def test_the_least_and_the_most_of_any_lots_are_those_of_all_choices_counted(rows):
    view = as_book(rows)
    for at, (sells, _, _) in enumerate(rows):
        if sells:
            found = cost_of_any_lots(view, view.book.tables["trades"][f"t{at}"], "USD").stated.core
            choices = every_choice(rows[: at + 1], at)
            assert (found.low, found.high) == (min(choices), max(choices))


@st.composite
def rounded_histories(draw):
    """A history of shares printed in tens, and a true history that rounds to it."""
    rows, true = [], []
    held = 0
    for _ in range(draw(st.integers(2, 5))):
        sells = held > 40 and draw(st.booleans())
        tens = draw(st.integers(2, held // 10 - 1 if sells and held >= 40 else 9))
        held += -10 * tens - 10 if sells else 10 * tens - 10
        cents = draw(st.integers(100, 900))
        rows.append((sells, tens, cents))
        true.append((sells, 10 * tens + draw(st.integers(-4, 4)), cents + Fraction(draw(st.integers(-4, 4)), 10)))
    return rows, true


@settings(max_examples=25)
@given(rounded_histories())
def test_bounds_contain_every_history_that_rounds_to_what_is_printed(histories):
    rows, true = histories
    lines = [
        f"  t{at}: {{asset: beta, side: {'sell' if sells else 'buy'}, day: {date(2020, 1, 1) + timedelta(days=30 * at)}, "
        f"shares: 0.{tens:02d}k shares, amount: USD {cents}, source: report}}\n"
        for at, (sells, tens, cents) in enumerate(rows)
    ]
    view = View(read_text(HEAD + "trades:\n" + "".join(lines)).book)
    assume(not _is_short(true))
    lots, exactly = deque(), []
    for sells, shares, paid in true:
        if not sells:
            lots.append([Fraction(shares), Fraction(paid) / shares])
            continue
        spent, need = Fraction(0), Fraction(shares)
        while need:
            taken = min(need, lots[0][0])
            spent, need = spent + taken * lots[0][1], need - taken
            lots[0][0] -= taken
            if not lots[0][0]:
                lots.popleft()
        exactly.append(spent)
    for sale, spent in zip(sales_of(view), exactly, strict=True):
        interval = bounds(cost(view, taken_by(view, sale, "fifo"), "USD", "cost")).interval
        assert spent in interval


def _is_short(rows):
    held = 0
    for sells, shares, _ in rows:
        held += -shares if sells else shares
        if held < 0:
            return True
    return False


amounts = st.fractions(min_value=Fraction(1, 100), max_value=1000, max_denominator=100)


@given(amounts, amounts, amounts, amounts)
def test_the_causes_of_a_gain_in_another_currency_leave_no_rest(p0, p1, f0, f1):
    dollars, rate = UNIT("USD"), UNIT("JPY/USD")
    found = effects(exact(p1, dollars), exact(p0, dollars), exact(f0, rate), exact(f1, rate), "gain")
    total, *causes = (point(part) for part in found)
    assert total == sum(causes) == p1 * f1 - p0 * f0


@given(st.integers(101, 999), st.integers(101, 999), st.integers(-5, 5), st.integers(-5, 5))
def test_the_bounds_of_each_cause_hold_what_rounds_to_the_figures(paid, got, more, less):
    printed = [leaf(parse_figure(f"USD {one}m"), key=f"{at}") for at, one in enumerate((paid, got))]
    f0, f1 = exact(Fraction(110), UNIT("JPY/USD")), exact(Fraction(150), UNIT("JPY/USD"))
    true = [exact(Fraction(one * 10**6 + off * 10**5), UNIT("USD")) for one, off in ((paid, more), (got, less))]
    for shown, real in zip(effects(printed[1], printed[0], f0, f1, "gain"), effects(true[1], true[0], f0, f1, "gain"), strict=True):
        assert point(real) in bounds(shown).interval


def test_realised_gains_are_those_of_another_ledger():
    """Beancount 3 books the same purchases and sales first in, first out: the same gains, sale by sale."""
    loader = pytest.importorskip("beancount.loader")
    rows = [(False, 100, 7_000), (False, 30, 4_500), (True, 110, 9_900), (False, 50, 2_500), (True, 60, 6_000), (True, 10, 100)]
    text = ['option "booking_method" "FIFO"\n2019-01-01 open Assets:Stock\n2019-01-01 open Assets:Cash\n2019-01-01 open Income:Gain\n']
    for at, (sells, shares, paid) in enumerate(rows):
        day = date(2020, 1, 1) + timedelta(days=30 * at)
        units = f"-{shares} BETA {{}}" if sells else f"{shares} BETA {{{{{paid} USD}}}}"
        rest = f"  Assets:Cash  {paid if sells else -paid} USD\n" + ("  Income:Gain\n" if sells else "")
        text.append(f'{day} * "t{at}"\n  Assets:Stock  {units}\n{rest}')
    entries, errors, _ = loader.load_string("".join(text))
    assert not errors
    theirs = [
        -Fraction(posting.units.number)
        for entry in entries
        for posting in getattr(entry, "postings", ())
        if posting.account == "Income:Gain"
    ]
    view = as_book(rows)
    ours = [point(sale.amount) - spent for sale, spent in zip(sales_of(view), cost_of_sales(view, "fifo"), strict=True)]
    assert [float(one) for one in ours] == pytest.approx([float(one) for one in theirs])
