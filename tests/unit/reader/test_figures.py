"""What a field can be cuts what a figure means: nothing below nothing, no part above all."""

import pytest

from holdbook.model.kind import FigureKind
from holdbook.quantity.origin import NOWHERE
from holdbook.quantity.unit import UNIT
from holdbook.reader.figures import FigureError, UnfitError, figure_leaf

SHARES, MONEY, PART, PRINCIPAL = (
    FigureKind("shares", floor=0),
    FigureKind("money"),
    FigureKind("ratio", floor=0, ceiling=1),
    FigureKind("money", floor=0, contract=True),
)


def read(text, kind):
    return figure_leaf(text, kind, "EUR", False, "key", NOWHERE)


@pytest.mark.parametrize(("text", "kind", "core"), [
    ("0.0m shares", SHARES, "[0, 50000]"),
    ("< 5 shares", SHARES, "[0, 5)"),
    ("unknown", SHARES, "[0, inf)"),
    ("EUR -5m", MONEY, "[-5500000, -4500000]"),
    ("EUR 5m", PRINCIPAL, "[5000000, 5000000]"),
    ("unknown", PART, "[0, 1]"),
    ("100%", PART, "[199/200, 1]"),
    ("> 50%", PART, "(1/2, 1]"),
    (">= 50%", PART, "[1/2, 1]"),
    ("about 100%", PART, "[199/200, 1]"),
    ("40%", PART, "[79/200, 81/200]"),
])  # fmt: skip
def test_a_figure_is_cut_to_what_its_field_can_be(text, kind, core):
    stated = read(text, kind).stated
    assert str(stated.core) == core
    assert stated.core.common(stated.widest) == stated.core
    assert kind.ceiling is None or stated.widest.high <= kind.ceiling


@pytest.mark.parametrize(("kind", "unit"), [
    (MONEY, "EUR"),
    (SHARES, "share"),
    (FigureKind("price"), "EUR/share"),
    (FigureKind("power"), "GW"),
    (FigureKind("time"), "year"),
    (PART, ""),
    (FigureKind("any"), ""),
])  # fmt: skip
def test_an_unknown_has_the_unit_of_its_field(kind, unit):
    assert read("unknown", kind).unit is UNIT(unit)


def test_an_unknown_may_name_its_currency():
    assert read("JPY unknown", MONEY).unit is UNIT("JPY")


@pytest.mark.parametrize(("text", "kind", "reason"), [
    ("5m shares", MONEY, "bad-unit"),
    ("EUR 5m", SHARES, "bad-unit"),
    ("EUR 5/share", MONEY, "bad-unit"),
    ("EUR 5m", FigureKind("price"), "bad-unit"),
    ("EUR 5/share", FigureKind("rate"), "bad-unit"),
    ("5 GW", FigureKind("count"), "bad-unit"),
    ("5 sites", FigureKind("time"), "bad-unit"),
    ("5 years", FigureKind("power"), "bad-unit"),
    ("EUR 5m", PART, "bad-unit"),
    ("-5 shares", SHARES, "out-of-range"),
    ("EUR -5m", PRINCIPAL, "out-of-range"),
    ("< 0 shares", SHARES, "out-of-range"),
    ("almost 0 shares", SHARES, "out-of-range"),
    ("101%", PART, "out-of-range"),
    ("> 100%", PART, "out-of-range"),
    ("150%..170%", PART, "out-of-range"),
])  # fmt: skip
def test_a_figure_that_its_field_cannot_have_is_refused(text, kind, reason):
    with pytest.raises(UnfitError) as refusal:
        read(text, kind)
    assert refusal.value.reason == reason
    assert refusal.value.way_out


def test_what_is_no_figure_is_refused():
    with pytest.raises(FigureError):
        read("much", MONEY)


@pytest.mark.parametrize(("text", "kind", "way_out"), [
    ("48", MONEY, "write an amount such as EUR 5.83bn"),
    ("EUR 48", FigureKind("price"), "write a price such as EUR 224/share"),
    ("48", FigureKind("rate"), "write an exchange rate such as JPY 148.88/USD"),
])  # fmt: skip
def test_the_way_out_is_in_the_currency_of_the_book(text, kind, way_out):
    with pytest.raises(UnfitError) as caught:
        read(text, kind)
    assert caught.value.way_out == way_out
