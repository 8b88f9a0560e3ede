"""A table fits the page: words give way, numbers never do."""

from holdbook.render.layout import aligned
from holdbook.render.style import Style

LONG = "what the agency reckons as the debt of the company on the last balance day that it has seen, and then some more"


def lines(rows: list[list[str]], right: list[bool], head: list[str]) -> list[str]:
    return list(aligned(rows, right, Style(), head))


def test_long_words_give_way_until_a_table_fits_the_page() -> None:
    shown = lines([[LONG, "JPY 1.015tn", LONG]] * 2, [False, True, False], ["measure", "value", "needs"])
    assert max(map(len, shown)) <= 100
    assert [line.split() for line in shown if "JPY" in line] == [line.split() for line in shown if "JPY 1.015tn" in line]
    assert len([line for line in shown if "JPY 1.015tn" in line]) == 2


def test_a_column_of_words_alone_takes_the_whole_page() -> None:
    shown = lines([[LONG]], [False], ["assumption"])
    assert len(shown) == 3
    assert len(shown[1]) > 80


def test_the_heading_of_a_number_is_broken_before_any_number() -> None:
    number = "USD 11.50bn to USD 26.50bn"
    head = ["month", "in all, if the rest has no syndicate", "in all, if it is syndicated alike", "what is left over then"]
    shown = lines([["2026-01", number, number, number]], [False, True, True, True], head)
    assert shown[-1].count(number) == 3
    assert len(shown) == 3
    assert max(map(len, shown)) <= 100


def test_numbers_that_do_not_fit_run_over() -> None:
    number = "USD 211.62bn to USD 224.55bn"
    shown = lines([[number] * 5], [True] * 5, ["a"] * 5)
    assert shown[-1].count(number) == 5


def test_where_that_does_not_do_the_ends_of_a_period_stand_below_each_other() -> None:
    row = ["2025-06-30..2025-09-30", "2024-09..2025-03", "announcement", LONG, "at most 224 d", "by 2025-11-12", "USD 700m to USD 4bn"]
    head = ["when", "or", "kind", "what", "lag", "known", "amount"]
    shown = lines([row], [False] * 6 + [True], head)
    assert max(map(len, shown)) <= 100
    assert [line[2:14].strip() for line in shown[1:3]] == ["2025-06-30..", "2025-09-30"]
    wide = lines([[row[0], row[3]]], [False, False], ["when", "what"])
    assert row[0] in wide[1]
