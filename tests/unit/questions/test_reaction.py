import subprocess
import sys
from datetime import date

import pytest

from holdbook import api
from holdbook.quantity.point import point


@pytest.fixture(scope="module")
def answer(softbank):
    return api.ask(softbank, "reaction")


def test_the_few_closes_of_a_book_allow_raw_returns(answer):
    for share, expected in (("nvidia", 193.16 / 199.05 - 1), ("softbank", 21910 / 22695 - 1)):
        assert answer.labels[f"reaction.{share}.tier"] == "raw only"
        assert float(point(answer.quantities[f"reaction.{share}.raw_return"].quantity)) == pytest.approx(expected)
        assert "--prices" in answer.labels[f"reaction.{share}.needs"]


def test_a_stated_move_of_another_day_is_shown_beside(answer):
    rows = [row for row in answer.tables["moves"].rows if row[2] == "close" and row[0] == "Nvidia"]
    assert rows[0][4] == "another day"


def test_other_news_of_the_release_is_named(answer):
    said = next(text for text in answer.caveats if isinstance(text, str) and "other facts" in text)
    assert "nvidia_2025" in said


def test_without_closes_a_move_that_is_stated_stands_in():
    found = api.ask(api.read("article"), "reaction")
    assert found.labels["reaction.softbank.tier"] == "stated move"
    assert found.labels["reaction.softbank.day_0"] == "2025-11-11 or 2025-11-12"


def test_a_book_without_releases_says_so():
    assert str(api.ask(api.read("tiny"), "reaction").headline[0]).startswith("No results day and no announcement")


def test_against_another_day_shows_its_last_release(softbank):
    found = api.ask(softbank, "reaction", against=[api.Against(date(2025, 8, 12))])
    assert "June 2025" in found.tables["against.2025-08-12.2025-11-12"].title


def test_asking_what_it_is_worth_imports_no_statistics():
    code = (
        "import sys; from holdbook import api; api.ask(api.read('tiny'), 'worth');"
        "print([name for name in ('numpy', 'scipy', 'pandas', 'exchange_calendars') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
