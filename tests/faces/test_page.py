"""The page with all answers stands alone, shows a book's words as words, and is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from leaf import Leaf
from prompt import BOOKS, HEAD, book, holdbook

EVIL = "<script>alert(\"1\")</script> & 'sons' <b>"
OLD = "what stood there before"


def leaf(name: str, folder: Path, *options: str) -> Leaf:
    assert holdbook("report", name, "--output", "page.html", *options, folder=folder).code == 0
    return Leaf((folder / "page.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", BOOKS)
def test_a_page_needs_no_script_and_no_network(name: str, tmp_path: Path) -> None:
    page = leaf(name, tmp_path)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not [one for one in page.attributes if one[1] in ("src", "srcset", "action", "style") or one[1].startswith("on")]
    assert {value[:1] for _, name_, value in page.attributes if name_ == "href"} == {"#"}
    assert "default-src 'none'" in next(value for _, name_, value in page.attributes if name_ == "content" and "src" in value)


def test_the_style_of_a_page_fetches_nothing(tmp_path: Path) -> None:
    leaf("tiny", tmp_path)
    style = (tmp_path / "page.html").read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
    assert style
    assert not [word for word in ("url(", "@import", "http", "//") if word in style]


@pytest.mark.parametrize("name", BOOKS)
def test_links_of_a_page_lead_to_its_own_sections(name: str, tmp_path: Path) -> None:
    page = leaf(name, tmp_path)
    places = [value for _, kind, value in page.attributes if kind == "id"]
    assert len(set(places)) == len(places)
    assert {value.removeprefix("#") for _, kind, value in page.attributes if kind == "href"} <= set(places)


def test_a_book_without_claims_and_tables_says_nothing_of_either(tmp_path: Path) -> None:
    plain, whole = (leaf(name, tmp_path) for name in ("tiny", "softbank"))
    assert "#claims" not in {value for _, kind, value in plain.attributes if kind == "href"}
    assert "#claims" in {value for _, kind, value in whole.attributes if kind == "href"}
    assert "own tables" not in "".join(plain.texts)
    assert "own tables" in "".join(whole.texts)


def test_words_of_a_book_stay_words(tmp_path: Path) -> None:
    text = "'" + EVIL.replace("'", "''") + "'"
    folder = book(
        tmp_path / "acme",
        f"""{HEAD.replace("Acme Holding", text)}
entities:
  acme: {{name: {text}}}
  beta: {{name: {text}}}
sources:
  report: {{title: {text}, published: 2025-11-14}}
stakes:
  beta: {{asset: beta, day: 2025-09-30, shares: 10.0m shares, source: {("'report " + text[1:])}}}
marks:
  beta: {{asset: beta, day: 2025-09-30, price: USD 20.00/share, source: report}}
calendar:
  one: {{day: 2025-09-30, text: {text}, source: report}}
trades:
  one: {{asset: beta, side: sell, day: 2025-10-02, shares: 1 shares, amount: USD 20, counterparty: beta, source: report}}
claims:
  one: {{text: {text}, says: 3x, equals: 1 + 1, subject: {text}, measure: {text}, source: {("'report " + text[1:])}}}
  two: {{text: {text}, says: 4x, equals: 2 + 2, subject: {text}, measure: {text}, known_difference: {text}, source: report}}
""",
    )
    page = leaf("acme", tmp_path)
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert sum(EVIL in shown for shown in page.texts) >= 8
    assert holdbook("check", folder.name, folder=tmp_path).code == 0


def test_a_fault_with_markup_in_it_stays_words(tmp_path: Path) -> None:
    book(tmp_path / "acme", f"{HEAD}entities:\n  acme: {{name: Acme}}\n  '{EVIL.replace(chr(39), '')}': {{name: x}}\n")
    done = holdbook("report", "acme", "--output", "page.html", folder=tmp_path)
    page = Leaf((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert (done.code, "script" in page.tags) == (1, False)
    assert any("<script>" in shown for shown in page.texts)


@pytest.mark.parametrize("step", ["replace", "fsync", "chmod"])
def test_a_page_that_cannot_be_finished_leaves_the_old_one(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "page.html").write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(os, step, refuse)
    done = holdbook("report", "tiny", "--output", "page.html", folder=tmp_path)
    monkeypatch.undo()
    assert (done.code, done.out, "page.html: No space left on device" in done.err) == (3, "", True)
    assert os.listdir(tmp_path) == ["page.html"]
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == OLD


def test_a_page_that_is_interrupted_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "page.html").write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(os, "replace", interrupted)
    assert holdbook("report", "tiny", "--output", "page.html", folder=tmp_path).code == 130
    monkeypatch.undo()
    assert os.listdir(tmp_path) == ["page.html"]
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == OLD


def test_a_folder_that_may_not_be_written_keeps_its_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(OLD, encoding="utf-8")
    tmp_path.chmod(0o555)
    try:
        # root writes through every mode, and some runners are root; there is nothing to see then
        if os.access(tmp_path, os.W_OK):
            pytest.skip("this user may write into every folder")
        assert holdbook("report", "tiny", "--output", "page.html", folder=tmp_path).code == 3
    finally:
        tmp_path.chmod(0o755)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize("place", ["acme/book.yaml", "./acme/../acme/book.yaml"])
def test_a_page_is_never_put_over_a_file_of_a_book(place: str, tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    before = (folder / "book.yaml").read_bytes()
    assert holdbook("report", "acme", "--output", place, folder=tmp_path).code in (2, 3)
    assert (folder / "book.yaml").read_bytes() == before


def test_a_page_replaces_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(OLD, encoding="utf-8")
    assert "Acme Holding" in "".join(leaf("tiny", tmp_path).texts)
    assert os.listdir(tmp_path) == ["page.html"]
