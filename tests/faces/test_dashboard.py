"""The dashboard: every question, every number with its derivation, nothing from elsewhere, no word of a book as markup."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

import pytest
from leaf import Leaf
from prompt import HEAD, QUESTIONS, SOUND, book, holdbook
from visit import HOST, Visitor

from holdbook import api
from holdbook.dashboard.look import Look
from holdbook.dashboard.map import asked_on, pages
from holdbook.dashboard.stress import DEEPEST, Falls
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.render.numbers import words

EVIL = "<script>alert(\"1\")</script> & 'sons' <b> \u202eright to left " + "W" * 300
NAMES = [page.name for page in pages()]
NUMBER = re.compile(r'<button[^>]* data-figure="([0-9a-f]+)"[^>]*>([^<]*)</button>')


@pytest.fixture(scope="module")
def tiny() -> Visitor:
    return Visitor("tiny")


def test_every_question_is_on_a_page() -> None:
    assert {question.name for page in pages() for question in asked_on(page)} == set(QUESTIONS)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_fetches_only_its_own(name: str, tiny: Visitor) -> None:
    got = tiny.get(f"/{name}")
    page = Leaf(got.text)
    assert got.status == 200
    addresses = [value for _, kind, value in page.attributes if kind in ("src", "href", "action")]
    assert addresses
    assert [one for one in addresses if not one.startswith(("/", "#", "data:,"))] == []
    assert [one for one in page.attributes if one[1] == "style" or one[1].startswith("on")] == []
    places = [value for _, kind, value in page.attributes if kind == "id"]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_page_has_its_derivation(name: str, tiny: Visitor) -> None:
    text = tiny.get(f"/{name}").text
    parts = text.split('data-question="')[1:]
    for part in parts:
        question = part.partition('"')[0]
        found = NUMBER.findall(part)
        for key, shown in dict(found).items():
            got = tiny.get(f"/figure?question={question}&key={key}")
            assert got.status == 200, (question, shown)
            assert "How it comes about" in got.text
            assert html.unescape(shown).split("  ")[0] in html.unescape(got.text)


def test_a_derivation_ends_at_a_line_of_the_book(tiny: Visitor) -> None:
    text = tiny.get("/holdings").text
    key = next(key for key, shown in NUMBER.findall(text) if shown == "USD 165m")
    behind = html.unescape(tiny.get(f"/figure?question=worth&key={key}").text)
    assert "tiny/book.yaml:" in behind
    assert "price: USD 20.00/share" in behind


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_those_of_the_answer(name: str, tiny: Visitor) -> None:
    page = Leaf(tiny.get(f"/{name}").text)
    opened = api.read("tiny")
    for question in asked_on(next(one for one in pages() if one.name == name)):
        answer = api.ask(opened, question.name)
        expected = [words(figure.quantity) for key, figure in answer.quantities.items() if "." not in key]
        assert [text for text in expected if text not in page.figures.get(question.name, [])] == []


def test_another_day_and_currency_answer_anew(tiny: Visitor) -> None:
    assert "EUR" in tiny.get("/?currency=eur").text
    assert "is not known" in tiny.get("/holdings?day=2024-01-01&known_on=2024-01-01").text
    assert "bridge" in tiny.get("/holdings?against=2025-09-30").text or "From 2025-09-30" in tiny.get("/holdings?against=2025-09-30").text


@pytest.mark.parametrize("query", ["day=oops", "known_on=2025-13-01", "day=2025-10", "currency=XXQ", "scenario=../../etc/passwd"])
def test_an_address_that_cannot_be_read_says_so(query: str, tiny: Visitor) -> None:
    for path in ("/", "/holdings"):
        got = tiny.get(f"{path}?{query}")
        assert got.status == 400
        assert "<script>" not in got.text


def test_what_is_not_there_is_said(tiny: Visitor) -> None:
    missing = ("/nothing", "/static/../app.py", "/static/app.py", "/figure?question=worth&key=00", "/favicon.ico")
    assert {address: tiny.get(address).status for address in missing} == dict.fromkeys(missing, 404)
    assert tiny.get("/figure?question=nothing&key=00").status == 400
    assert tiny.get("/fall?percent=x").status == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8377", "127.0.0.1", "127.0.0.1:80", "localhost:8377.evil.example", "", None]
)
def test_only_this_machine_by_its_own_name_is_answered(host: str | None, tiny: Visitor) -> None:
    got = tiny.get("/", host=host)
    assert got.status in (400, 421)
    assert "Acme" not in got.text


def test_this_machine_may_be_called_localhost(tiny: Visitor) -> None:
    assert tiny.get("/", host="localhost:8377").status == 200


def test_a_page_of_another_site_reads_nothing(tiny: Visitor) -> None:
    assert tiny.get("/", sec_fetch_site="cross-site").status == 403
    assert tiny.get("/", method="POST").status == 405


@pytest.mark.parametrize("address", ["/", "/nothing", "/static/dashboard.js", "/stamp", "/?day=oops"])
def test_every_answer_says_what_its_page_may_do(address: str, tiny: Visitor) -> None:
    rules = tiny.get(address).headers
    policy = rules["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (rules["x-content-type-options"], rules["referrer-policy"]) == ("nosniff", "no-referrer")


def test_words_of_a_book_stay_words(tmp_path: Path) -> None:
    text = "'" + EVIL.replace("'", "''") + "'"
    head = HEAD.replace("Acme Holding", text)
    folder = book(
        tmp_path / "acme",
        SOUND.replace(HEAD, head).replace("Acme Holding", text).replace("Beta Motors", text).replace("Acme interim report", text),
    )
    visitor = Visitor(folder)
    for name in NAMES:
        page = Leaf(visitor.get(f"/{name}").text)
        assert page.tags.count("script") == 1
        assert "b" not in page.tags
    shown = visitor.get("/holdings").text
    assert "&lt;script&gt;alert(" in shown
    for key, _ in NUMBER.findall(shown)[:5]:
        assert "<script>" not in visitor.get(f"/figure?question=worth&key={key}").text


def test_a_changed_book_is_read_again(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", SOUND)
    visitor = Visitor(folder)
    before, first = visitor.get("/stamp").text, visitor.get("/holdings").text
    path = folder / "book.yaml"
    path.write_text(SOUND.replace("USD 20.00/share", "USD 30.00/share"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert visitor.get("/stamp").text != before
    assert "USD 30.00/share" in visitor.get("/holdings").text
    assert "USD 30.00/share" not in first


def test_a_book_that_is_broken_while_it_is_served_says_so_and_comes_back(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", SOUND)
    visitor = Visitor(folder)
    path = folder / "book.yaml"
    path.write_text("book: [", encoding="utf-8")
    assert visitor.get("/").status == 503
    path.write_text(SOUND, encoding="utf-8")
    assert visitor.get("/").status == 200


def test_a_fall_of_all_holdings_is_the_sum_by_hand(tiny: Visitor) -> None:
    """Holdings of 200m, net debt of 35m: down by 30% they are 140m, of which 35m are a quarter."""
    falls = Falls(tiny.shelf.opened(), Look())
    shown = {one["label"]: one["piece"].text for one in falls.at(30)["figures"]}
    assert shown == {"Holdings": "USD 140m", "Net asset value": "USD 105m", "Loan to value": "25.0%"}
    assert "USD 105m" in tiny.get("/fall?percent=30").text


def test_loan_to_value_rises_with_the_fall(tiny: Visitor) -> None:
    falls = Falls(tiny.shelf.opened(), Look())
    ratios = [one for percent in range(DEEPEST + 1) for one in [falls.at(percent)["figures"][2]["piece"].key]]
    values = [_value(falls.quantities()[key]) for key in ratios]
    assert values == sorted(values)
    assert values[0] < values[-1]


def _value(quantity: Quantity) -> float:
    value = point(quantity)
    assert value is not None
    return float(value)


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    import socket

    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        done = holdbook("serve", "tiny", "--port", str(door.getsockname()[1]), folder=tmp_path)
    assert (done.code, "choose another with --port" in done.err) == (3, True)


def test_the_host_of_the_tests_is_the_one_that_is_served() -> None:
    assert HOST.startswith("127.0.0.1:")


def test_what_takes_longer_comes_by_itself(tiny: Visitor) -> None:
    page = tiny.get("/overview?day=2025-10-01")
    parts = [value for _, kind, value in Leaf(page.text).attributes if kind == "data-part"]
    assert parts
    for part in parts:
        got = Leaf(tiny.get(f"{part}?day=2025-10-01").text)
        assert part.rpartition("/")[2] in [value for tag, kind, value in got.attributes if (tag, kind) == ("section", "id")]
    assert tiny.get("/part/overview/record").status == 404
    assert tiny.get(f"{parts[0]}?day=oops").status == 400


def test_while_a_slider_moves_only_the_drawing_that_is_looked_at_is_sent(tiny: Visitor) -> None:
    both, one = (tiny.get(f"/fall?percent=30{side}").text for side in ("", "&side=wide"))
    assert (both.count("<svg"), one.count("<svg")) == (4, 2)
    assert "USD 105m" in one
