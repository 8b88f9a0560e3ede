"""Synthetic closes on real calendars: a share that follows what others did by the time its own exchange closed."""

from datetime import date

import numpy as np
import pytest

from holdbook import api
from holdbook.quantity.point import point
from holdbook.timeline.clock import closes_between

FIRST, LAST = date(2024, 1, 4), date(2025, 11, 28)
BOOK = """book: {name: Acme, company: acme, currency: JPY, day: 2025-11-20, known_on: 2025-11-20}
sources: {report: {title: Report, published: 2025-11-11}}
entities:
  acme: {name: Acme, listings: {XTKS: "1111"}}
  home: {name: Home index, kind: index, listings: {XTKS: ^HOME}, benchmark_of: [acme]}
  abroad: {name: Foreign index, kind: index, listings: {XNAS: ^AWAY}, benchmark_of: [acme]}
calendar:
  half_year: {text: Half-year results., kind: results, day: 2025-11-11, known: 2025-11-11, time: "15:45 Asia/Tokyo", source: report}
"""


def sessions(exchange):
    return list(closes_between(exchange, FIRST, LAST).items())


def path(moves, start):
    return start * np.cumprod(1 + moves)


def level_at(series, moment):
    """The last level that stood when a session closed."""
    return next(level for (_, close), level in reversed(series) if close <= moment)


def table(days, levels):
    return "Date,Close\n" + "".join(f"{day},{level:.4f}\n" for day, level in zip(days, levels, strict=True))


def world(jump=0.0, days=None):
    """Prices in Tokyo and New York; the share moves by 0.8 of home and 0.5 of abroad as of its own close, and by `jump` on day 0."""
    random = np.random.default_rng(7)
    tokyo, york = sessions("XTKS"), sessions("XNAS")
    home = path(random.normal(0, 0.01, len(tokyo)), 1000)
    abroad = path(random.normal(0, 0.01, len(york)), 5000)
    series = list(zip(york, abroad, strict=True))
    moves, noise = [0.0], random.normal(0, 0.002, len(tokyo))
    for index in range(1, len(tokyo)):
        (_, before), (day, now) = tokyo[index - 1], tokyo[index]
        away = level_at(series, now) / level_at(series, before) - 1 if before > york[0][1] else 0.0
        moves.append(0.8 * (home[index] / home[index - 1] - 1) + 0.5 * away + noise[index] + (jump if day == date(2025, 11, 12) else 0))
    share = path(np.array(moves), 10_000)
    keep = slice(-(days or len(tokyo)), None)
    dates = [day for day, _ in tokyo]
    return {"1111": table(dates[keep], share[keep]), "HOME": table(dates, home), "AWAY": table([day for day, _ in york], abroad)}


def asked(found, **options):
    assert not found.problems
    return api.ask(found, "reaction", **options)


def value(answer, name):
    return float(point(answer.quantities[f"reaction.acme.{name}"].quantity))


def test_a_share_in_tokyo_follows_the_foreign_session_before(priced):
    answer = asked(priced(BOOK, **world(jump=-0.05)))
    assert (answer.labels["reaction.acme.day_0"], answer.labels["reaction.acme.tier"]) == ("2025-11-12", "two factors")
    assert value(answer, "home.beta") == pytest.approx(0.8, abs=0.03)
    assert value(answer, "abroad.beta") == pytest.approx(0.5, abs=0.03)
    assert value(answer, "abnormal_return") == pytest.approx(-0.05, abs=0.006)
    assert value(answer, "p_t") < 0.001
    assert value(answer, "p_sample_quantile") == pytest.approx(2 / 251)
    assert value(answer, "p_placebo") == pytest.approx(1 / 251)


def test_nothing_happened_where_nothing_jumped(priced):
    answer = asked(priced(BOOK, **world()))
    assert value(answer, "p_t") > 0.05
    assert abs(value(answer, "abnormal_return")) < value(answer, "detectable")


def test_without_the_hour_both_sessions_are_summed(priced):
    answer = asked(priced(BOOK.replace(', time: "15:45 Asia/Tokyo"', ""), **world(jump=-0.05)))
    assert answer.labels["reaction.acme.day_0"] == "2025-11-11 or 2025-11-12"
    assert value(answer, "abnormal_return") == pytest.approx(-0.05, abs=0.01)
    assert "reaction.acme.p_sample_quantile" not in answer.quantities
    assert any("hour of the news is not known" in str(caveat) for caveat in answer.caveats)


@pytest.mark.parametrize(("given", "tier", "needs"), [
    (("1111",), "raw only", "closes of Home index and Foreign index"),
    (("1111", "AWAY"), "raw only", "closes of Home index"),  # another market's index is no market of its own
    (("1111", "HOME"), "market model", "closes of Foreign index"),
    (("HOME", "AWAY"), "nothing", "closes of Acme on 2025-11-11, 2025-11-12: a price folder, --prices DIR"),
])  # fmt: skip
def test_the_tier_is_as_far_as_prices_go_and_says_what_is_next(priced, given, tier, needs):
    files = world()
    answer = asked(priced(BOOK, **{name: files[name] for name in given}))
    assert (answer.labels["reaction.acme.tier"], answer.labels["reaction.acme.needs"]) == (tier, needs)


def test_a_short_window_is_refused(priced):
    answer = asked(priced(BOOK, **world(days=40)))
    assert answer.labels["reaction.acme.tier"] == "market adjusted"
    assert "closes of 20 sessions before day 0 (there are 1" in answer.labels["reaction.acme.needs"]


def test_a_lean_window_is_told(priced):
    answer = asked(priced(BOOK, **world(days=90)))
    assert answer.labels["reaction.acme.tier"] == "two factors"
    assert any("sessions to estimate from; 120 are usual" in str(caveat) for caveat in answer.caveats)


def test_a_split_on_day_zero_is_no_fall(priced):
    """Five new shares for each: closes fall to a fifth, and nobody lost anything."""
    files = world()
    head, *rows = files["1111"].splitlines()
    split = [row if row < "2025-11-12" else f"{row[:10]},{float(row[11:]) / 5:.4f}" for row in rows]
    event = '  split: {text: Each share becomes five., kind: split, entity: acme, factor: "= 5x", day: 2025-11-12, known: 2025-09-01, source: report}\n'
    answer = asked(priced(BOOK + event, **{**files, "1111": "\n".join([head, *split]) + "\n"}))
    assert abs(value(answer, "raw_return")) < 0.05


def test_the_weight_in_its_own_index_is_a_confounder(priced):
    tie = "relations: {member: {from: acme, type: member_of, to: home, part: 12%, day: 2025-01-31, known: 2025-01-31, source: report}}\n"
    answer = asked(priced(BOOK + tie, **world()))
    assert any("Acme is itself " in caveat[0] for caveat in answer.caveats if isinstance(caveat, tuple))


def test_an_exchange_without_a_calendar_has_no_day_zero(priced):
    answer = asked(priced(BOOK.replace('XTKS: "1111"', 'OTCM: "1111"')))
    assert answer.labels["reaction.acme.needs"] == "the calendar of OTCM"


def test_five_results_days_are_tested_together(priced):
    days = ["2025-03-04", "2025-05-13", "2025-07-08", "2025-09-02"]
    more = "".join(
        f'  r{day[5:7]}: {{text: Results., kind: results, day: {day}, known: {day}, time: "15:45 Asia/Tokyo", source: report}}\n'
        for day in days
    )
    answer = asked(priced(BOOK + more, **world()))
    assert answer.tables["together"].title.startswith("5 results days together")
    assert all(0 < point(row[2]) <= 1 for row in answer.tables["together"].rows)


def test_a_market_without_the_share_itself_is_undone_by_its_weight(priced):
    """F = w R + (1 - w) G, so R - G = (R - F) / (1 - w): with R = -5%, w = 20% and G = 1% the index shows F = -0.2%."""
    days = ["2025-11-11", "2025-11-12"]
    files = {"1111": table(days, [10_000, 9_500]), "HOME": table(days, [1000, 998])}
    tie = "relations: {member: {from: acme, type: member_of, to: home, part: = 20%, day: 2025-01-31, known: 2025-01-31, source: report}}\n"
    answer = asked(priced(BOOK + tie, **files))
    assert value(answer, "market_adjusted") == pytest.approx(-0.048)
    assert value(answer, "market_adjusted_without_itself") == pytest.approx(-0.06)


def test_a_second_listing_has_its_own_day_zero(priced):
    answer = asked(priced(BOOK.replace('{XTKS: "1111"}', '{XTKS: "1111", XNYS: ACME}'), **world()))
    assert answer.labels["reaction.acme.day_0"] == "2025-11-12"
    assert answer.labels["reaction.acme.day_0.XNYS"] == "2025-11-11"


def test_factors_that_say_the_same_are_told_or_refused(priced):
    """A second index that is the first to within its noise; and one that is the first itself."""
    files = world()
    rows = [line.split(",") for line in files["HOME"].splitlines()[1:]]
    twin = BOOK.replace("XNAS: ^AWAY", "XTKS: ^AWAY")
    near = table([day for day, _ in rows], [float(level) * (1.001 if index % 2 else 1) for index, (_, level) in enumerate(rows)])
    answer = asked(priced(twin, **{**files, "AWAY": near}))
    assert any("factors move together" in str(caveat) for caveat in answer.caveats)


def test_two_factors_that_are_one_leave_the_market_model(priced):
    files = world()
    answer = asked(priced(BOOK.replace("XNAS: ^AWAY", "XTKS: ^AWAY"), **{**files, "AWAY": files["HOME"]}))
    assert answer.labels["reaction.acme.tier"] == "market model"
    assert "two factors say the same" in answer.labels["reaction.acme.needs"]


def test_a_share_that_is_its_index_has_no_error_to_test_against(priced):
    files = world()
    answer = asked(priced(BOOK, **{**files, "1111": files["HOME"]}))
    assert answer.labels["reaction.acme.tier"] == "market adjusted"
    assert "without any spread" in answer.labels["reaction.acme.needs"]


def test_a_view_of_the_last_day_there_is_can_be_asked(priced):
    found = priced(BOOK, **world())
    assert asked(found, day=date.max, known_on=date.max).labels["reaction.acme.tier"] == "two factors"


def test_prices_that_end_before_day_zero_give_nothing_of_another_day(priced):
    files = world()
    early = [line for line in files["1111"].splitlines() if line < "2025-11-05" or line.startswith("Date")]
    answer = asked(priced(BOOK, **{**files, "1111": "\n".join(early) + "\n"}))
    assert answer.labels["reaction.acme.tier"] == "nothing"


def test_an_index_that_ends_before_day_zero_is_not_taken_as_standing_still(priced):
    files = world()
    early = [line for line in files["HOME"].splitlines() if line < "2025-11-05" or line.startswith("Date")]
    answer = asked(priced(BOOK, **{**files, "HOME": "\n".join(early) + "\n"}))
    assert answer.labels["reaction.acme.tier"] == "raw only"
