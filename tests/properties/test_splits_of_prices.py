"""A split changes no value: closes as traded and adjusted closes make one another."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from holdbook.model.series import Split
from holdbook.reader.basis import as_traded
from holdbook.reader.vendor import Closes

FACTORS = st.sampled_from([Fraction(2), Fraction(4), Fraction(10), Fraction(1, 40)])
FIRST = date(2020, 1, 1)


@st.composite
def histories(draw):
    """Closes as traded that move a little from day to day, but for the splits; each split on a day of its own."""
    moves = draw(st.lists(st.integers(-3, 3), min_size=3, max_size=120))
    splits = [
        Split(FIRST + timedelta(days=20 * place), draw(FACTORS))
        for place in sorted(draw(st.sets(st.integers(1, max(1, (len(moves) - 1) // 20)), max_size=3)))
        if 20 * place < len(moves)
    ]
    factors = {split.day: split.factor for split in splits}
    price, traded = 100_000_000, []
    for index, move in enumerate(moves):
        price = round(price * (100 + move) / 100 / factors.get(FIRST + timedelta(days=index), 1))
        traded.append(max(price, 1_000_000))
    return traded, splits


def closes(values, said=""):
    found = Closes(said)
    found.days = [FIRST + timedelta(days=index) for index in range(len(values))]
    found.lines = list(range(2, len(values) + 2))
    found.values, found.steps = list(values), [1] * len(values)
    return found


def adjusted(values, splits):
    """Each close over the splits that come after it."""
    found = []
    for index, value in enumerate(values):
        factor = Fraction(1)
        for split in splits:
            factor *= split.factor if split.day > FIRST + timedelta(days=index) else 1
        found.append(value / factor)
    return found


@given(histories())
def test_adjusted_closes_give_those_as_traded(history):
    traded, splits = history
    whole = adjusted(traded, splits)
    basis = as_traded(closes([round(value) for value in whole], "adjusted"), splits, [])
    slack = 1 + max((float(split.factor) for split in splits), default=1) ** max(len(splits), 1)
    assert all(abs(value - close) <= slack for value, close in zip(basis.values, traded, strict=True))


@given(histories())
def test_closes_that_show_every_split_stay_as_they_are(history):
    traded, splits = history
    assert as_traded(closes(traded), splits, []).values == traded


@given(histories())
def test_a_stake_is_worth_the_same_in_old_shares_and_in_new(history):
    traded, splits = history
    basis = as_traded(closes(traded, "traded"), splits, [])
    shares, held = Fraction(1000), []
    for index, close in enumerate(basis.values):
        for split in basis.splits:
            shares *= split.factor if split.day == FIRST + timedelta(days=index) else 1
        held.append(close * shares)
    per_old_share = [value * 1000 for value in adjusted(basis.values, basis.splits)]
    total = Fraction(1)
    for split in basis.splits:
        total *= split.factor
    assert held == [value * total for value in per_old_share]
