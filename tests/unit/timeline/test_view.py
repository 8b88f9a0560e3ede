from datetime import date

from holdbook.model.balance import Balance
from holdbook.model.stake import Stake
from holdbook.model.trade import Trade
from holdbook.timeline.view import View


def ids(view, noun=Stake):
    return [fact.id for fact in view.facts(noun)]


def test_what_was_learnt_later_is_not_there(book):
    """
    trades:
      sale: {asset: beta, side: sell, day: 2025-10, known: 2025-11-11, shares: 5m shares, source: report}
    """
    assert ids(View(book, known_on=date(2025, 11, 10)), Trade) == []
    assert ids(View(book, known_on=date(2025, 11, 11)), Trade) == ["sale"]


def test_a_fact_is_known_from_its_own_day_else_from_its_source(book):
    """
    sources:
      published: {title: Report, published: 2025-06-30, retrieved: 2025-07-31}
      retrieved: {title: Page, retrieved: 2025-08}
    stakes:
      own: {asset: beta, day: 2025-03-31, known: 2025-05-30, shares: 5m shares, source: published p. 4}
      by_month: {asset: beta, day: 2025-04-30, known: 2025-05, shares: 5m shares, source: published p. 5}
      by_source: {asset: gamma, day: 2025-03-31, shares: 5m shares, source: published}
      by_page: {asset: acme, day: 2025-03-31, shares: 5m shares, source: retrieved}
    """
    found = {fact.id: (fact.learnt.isoformat(), fact.learnt_from) for fact in View(book).facts(Stake)}
    assert found == {
        "own": ("2025-05-30", "stated"),
        "by_month": ("2025-05-31", "period"),
        "by_source": ("2025-06-30", "published"),
        "by_page": ("2025-08-31", "retrieved"),
    }


def test_a_correction_replaces_what_it_corrects_from_the_day_it_was_known(book):
    """
    stakes:
      first: {asset: beta, day: 2025-03-31, known: 2025-05-01, shares: 5m shares, source: report}
      second: {asset: beta, day: 2025-03-31, known: 2025-06-01, shares: 6m shares, supersedes: first, source: report}
      third: {asset: beta, day: 2025-03-31, known: 2025-07-01, shares: 7m shares, supersedes: second, source: report}
    """
    seen = [ids(View(book, known_on=date(2025, month, 15))) for month in (4, 5, 6, 7)]
    assert seen == [[], ["first"], ["second"], ["third"]]


def test_a_telling_again_is_a_fact_but_does_not_count(book):
    """
    trades:
      sale: {asset: beta, side: sell, day: 2025-08, shares: 5m shares, source: report p. 4}
      again: {asset: beta, side: sell, day: 2025-08, shares: 5m shares, restates: sale, source: report p. 9}
    """
    view = View(book)
    assert ids(view, Trade) == ["again", "sale"]
    assert [fact.id for fact in view.counted(Trade)] == ["sale"]


def test_the_days_of_the_book_are_meant_unless_others_are_given(book):
    """
    book: {name: Acme, company: acme, currency: EUR, day: 2025-09-30, known_on: 2025-11-14}
    """
    view = View(book)
    assert (view.day, view.known_on, view.company, view.currency) == (date(2025, 9, 30), date(2025, 11, 14), "acme", "EUR")
    then = view.on(date(2025, 6, 30))
    assert (then.day, then.known_on, str(then.span)) == (date(2025, 6, 30), date(2025, 11, 14), "2025-06-30")


def test_a_fact_is_in_force_from_its_last_possible_day_to_its_end(book):
    """
    stakes:
      held: {asset: beta, day: 2025-03, until: 2025-08, shares: 5m shares, source: report}
      dateless: {asset: gamma, shares: 5m shares, source: report}
    """
    held, dateless = book.tables["stakes"].values()
    days = [date(2025, 3, 30), date(2025, 3, 31), date(2025, 8, 31), date(2025, 9, 1)]
    assert [View(book, day).in_force(held) for day in days] == [False, True, True, False]
    assert View(book, date(1999, 1, 1)).in_force(dateless)


def test_a_correction_tells_again_what_was_first_learnt_before(book):
    """
    stakes:
      first: {asset: beta, day: 2025-03-31, known: 2025-05-01, shares: 5m shares, source: report}
      second: {asset: beta, day: 2025-03-31, known: 2025-06-01, shares: 6m shares, supersedes: first, source: report}
      third: {asset: beta, day: 2025-03-31, known: 2025-04-01, shares: 7m shares, supersedes: second, source: report}
      a: {asset: gamma, day: 2025-03-31, known: 2025-07-01, shares: 7m shares, supersedes: b, source: report}
      b: {asset: gamma, day: 2025-03-31, known: 2025-08-01, shares: 7m shares, supersedes: a, source: report}
    """
    view, stakes = View(book), book.tables["stakes"]
    assert {name: view.first_learnt(stakes[name]).month for name in stakes} == {"first": 5, "second": 5, "third": 4, "a": 7, "b": 7}


def test_what_is_planned_or_rumoured_is_told_and_not_counted_in_sums_of_today(book):
    """
    balances:
      told: {item: cash, day: 2025-03-31, amount: USD 5m, source: report}
      done: {item: cash, day: 2025-06-30, amount: USD 5m, status: done, source: report}
      plan: {item: cash, day: 2025-09-30, amount: USD 6m, status: planned, source: report}
    """
    view = View(book)
    assert [one.id for one in view.counted(Balance)] == ["done", "plan", "told"]
    assert [one.id for one in view.actual(Balance)] == ["done", "told"]


def test_a_telling_again_counts_while_the_first_is_not_yet_known(book):
    """
    trades:
      sale: {asset: beta, side: sell, day: 2025-08-01, known: 2025-11-11, shares: 5m shares, source: report}
      rumour: {asset: beta, side: sell, day: 2025-08-01, known: 2025-09-01, shares: 5m shares, restates: sale, source: report}
      part: {asset: beta, side: sell, day: 2025-08-01, known: 2025-09-01, shares: 2m shares, within: sale, source: report}
    """
    early, late = View(book, known_on=date(2025, 10, 1)), View(book)
    assert [fact.id for fact in early.counted(Trade) if early.is_apart(fact)] == ["part", "rumour"]
    assert [fact.id for fact in late.counted(Trade) if late.is_apart(fact)] == ["sale"]
