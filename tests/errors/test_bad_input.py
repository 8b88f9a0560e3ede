"""What people and machines put into books: each gives clear faults with a line, exit code 1 or 3, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shelf import SOUND, book, faults, faulty, holdbook, placed

from holdbook.problems import REASONS

GUARD = 20
ENTRY = "stakes:\n  one: {{asset: beta, day: 2025-09-30, shares: {}, source: report}}\n"
FIGURE = "stakes.yaml:2:47"
HEAD_LINE, REST = SOUND.split("\n", 1)


def checked(folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A check in a process of its own, for what could kill or stop one."""
    command = [sys.executable, "-m", "holdbook", "check", folder.name]
    return subprocess.run(command, cwd=folder.parent, capture_output=True, timeout=GUARD, check=False)


# No book


def test_a_folder_that_is_not_there_is_no_book(tmp_path: Path) -> None:
    done = holdbook("check", "nowhere", folder=tmp_path)
    assert done.code == 3
    assert "nowhere: no such folder  [book-missing]" in done.err
    assert done.out == ""


def test_a_file_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("x", encoding="utf-8")
    done = holdbook("check", "book.txt", folder=tmp_path)
    assert done.code == 3
    assert "[book-missing]" in done.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_without_years_around_it_is_out_of_reach(day: str, tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", book_yaml=SOUND)
    for question in ("owes", "paid", "breaks"):
        done = holdbook("ask", question, "acme", "--day", day, folder=tmp_path)
        assert (done.code, "out of reach; write a day of the years 1000 to 9000" in done.err) == (2, True)
    assert holdbook("ask", "owes", "acme", "--day", f"{max(1000, min(9000, int(day[:4])))}{day[4:]}", folder=tmp_path).code == 0
    assert holdbook("ask", "owes", "acme", "--known-on", day, folder=tmp_path).code == 0
    (folder / "book.yaml").write_text(re.sub(r"day: [\d-]+", f"day: {day}", SOUND, count=1), encoding="utf-8")
    assert "[bad-day]" in holdbook("ask", "owes", "acme", folder=tmp_path).err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["book-head acme/book.yaml:1:1"]),
        ("# nothing yet\n", ["book-head acme/book.yaml:1:1"]),
        ("- trades\n- marks\n", ["wrong-shape acme/book.yaml:1:1"]),
        ("hello\n", ["wrong-shape acme/book.yaml:1:1"]),
        ("book: [Acme Holding]\n", ["book-head acme/book.yaml:1:7"]),
        ("book: Acme Holding\n", ["book-head acme/book.yaml:1:7"]),
        ("book:\n", ["book-head acme/book.yaml:1:6"]),
    ],
    ids=["empty", "comment", "list", "word", "head is a list", "head is a word", "head is empty"],
)
def test_a_book_without_a_head_is_told_once_where_it_should_stand(text: str, expected: list[str], tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", book_yaml=text)
    assert holdbook("check", "acme", folder=tmp_path).code == 3
    assert placed(folder) == expected


def test_all_faults_of_a_head_are_told_in_one_run(tmp_path: Path) -> None:
    head = (
        "book: {name: Acme Holding, company: acme, currency: dollars, day: 2025-09-31, known_on: 2025-13-01, fiscal_year_starts: spring}\n"
    )
    folder = book(tmp_path / "acme", book_yaml=head + REST)
    columns = {head.index(word) + 1 for word in ("dollars", "2025-09-31", "2025-13-01", "spring")}
    assert {fault.place.column for fault in faults(folder)} == columns


def test_a_faulty_head_does_not_hide_the_faults_of_the_entries(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", book_yaml=SOUND.replace("USD", "dollars"), stakes_yaml=ENTRY.format("a lot"))
    assert {fault.reason for fault in faults(folder)} == {"book-head", "bad-figure"}


def test_a_company_without_an_entry_is_told_where_it_is_named(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", book_yaml=SOUND.replace("company: acme", "company: acmee"))
    assert placed(folder) == [f"unknown-name acme/book.yaml:1:{SOUND.index('acme,') + 1}"]


@pytest.mark.parametrize("other", ["assets", "more"])
def test_a_head_beside_that_of_the_book_is_not_passed_over(other: str, tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", **{f"{other}_yaml": HEAD_LINE.replace("USD", "JPY") + "\n"})
    assert [fault.place.file for fault in faults(folder)] == [f"acme/{other}.yaml"]


def test_a_field_that_stands_twice_in_the_head_is_a_fault(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", book_yaml=SOUND.replace("currency: USD,", "currency: USD, currency: JPY,"))
    assert [fault.reason for fault in faults(folder)] == ["duplicate-key"]


# Where a book ends


@pytest.mark.parametrize("name", ["../../etc", "/etc", "..", ".", "nowhere", "acme/../acme", "''", "tiny/"])
def test_a_book_extends_shipped_books_and_neighbours_only(name: str, tmp_path: Path) -> None:
    head = HEAD_LINE.replace("}", f", extends: {name}}}")
    folder = book(tmp_path / "acme", book_yaml=f"{head}\n{REST}")
    assert placed(folder) == [f"book-missing acme/book.yaml:1:{head.index('extends: ') + 10}"]
    assert holdbook("check", "acme", folder=tmp_path).code == 1


def test_books_that_extend_each_other_end(tmp_path: Path) -> None:
    for name, other in (("acme", "beta"), ("beta", "acme")):
        book(tmp_path / name, book_yaml=f"{HEAD_LINE.replace('}', f', extends: {other}}}')}\n{REST}")
    assert "extends-circle" in {fault.reason for fault in faults(tmp_path / "acme")}


def test_a_link_to_a_folder_that_holds_it_ends(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    assert placed(folder) == ["file-outside acme/again"]


def test_links_that_lead_to_each_other_end(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    (folder / "one.yaml").symlink_to("two.yaml")
    (folder / "two.yaml").symlink_to("one.yaml")
    assert placed(folder) == ["file-outside acme/one.yaml", "file-outside acme/two.yaml"]


def test_a_folder_outside_is_not_read_through_a_link(tmp_path: Path) -> None:
    other = book(tmp_path / "other", stakes_yaml=ENTRY.format("a lot"))
    folder = book(tmp_path / "acme")
    (folder / "inner").symlink_to(other, target_is_directory=True)
    assert placed(folder) == ["file-outside acme/inner"]


def test_a_file_of_which_no_end_comes_is_not_waited_for(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    os.mkfifo(folder / "pipe.yaml")
    done = checked(folder)
    assert (done.returncode, b"acme/pipe.yaml" in done.stdout) == (1, True)


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    (folder / "moves.yaml").mkdir()
    assert faults(folder) == []


def test_more_files_than_a_book_has_are_refused(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    for number in range(2001):
        (folder / f"{number}.yaml").touch()
    assert "file-too-large acme" in placed(folder)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", moves_yaml="moves:\n")
    (folder / "moves.yaml").chmod(0)
    # root reads through every mode, and some runners are root; there is nothing to see then
    if os.access(folder / "moves.yaml", os.R_OK):
        pytest.skip("this user may read every file")
    assert placed(folder) == ["book-missing acme/moves.yaml"]


def test_a_file_name_that_is_no_text_is_no_traceback(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme")
    with open(os.fsencode(folder) + b"/\xff.yaml", "wb") as file:
        file.write(b"moves: none\n")
    done = checked(folder)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1


def test_a_folder_name_that_is_no_text_is_no_traceback(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    os.mkdir(folder)
    with open(folder + b"/book.yaml", "w", encoding="utf-8") as file:
        file.write(SOUND)
    settings = {**os.environ, "HOLDBOOK_CACHE": "", "XDG_CACHE_HOME": str(tmp_path / "memory")}
    command = [sys.executable, "-m", "holdbook", "check", os.fsdecode(folder)]
    done = subprocess.run(command, env=settings, capture_output=True, timeout=GUARD, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_named_like_a_shipped_book_is_told_apart_from_it_or_refused(tmp_path: Path) -> None:
    head = "book: {name: Mine, company: softbank, currency: JPY, day: 2025-09-30, known_on: 2026-08-31, extends: softbank}\n"
    for name in ("mine", "article"):
        book(tmp_path / name, book_yaml=head)
    mine, other = (holdbook("ask", "happened", name, folder=tmp_path) for name in ("mine", "article"))
    assert mine.code == 0
    assert other.code == 1 or other.out == mine.out


# Bytes


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("moves:\n".encode("utf-16"), "1:1"),
        (b"# one\n# \xe9\n", "2:3"),
        ("# Zürich, Café ".encode() + b"\xe9\n", "1:16"),
        (b"\xed\xa0\x80", "1:1"),
    ],
    ids=["UTF-16", "Latin-1", "behind umlauts", "half a pair"],
)
def test_text_that_is_not_utf8_is_refused_at_its_character(data: bytes, place: str, tmp_path: Path) -> None:
    assert placed(book(tmp_path / "acme", moves_yaml=data)) == [f"file-not-utf8 acme/moves.yaml:{place}"]


def test_a_mark_at_the_start_of_a_file_is_no_text(tmp_path: Path) -> None:
    csv = "\ufeffid,asset,day,shares,source\none,betta,2025-09-30,1 shares,report\n"
    assert placed(book(tmp_path / "acme", stakes_csv=csv)) == ["unknown-name acme/stakes.csv:2:5"]


def test_a_null_byte_in_yaml_is_refused_where_it_stands(tmp_path: Path) -> None:
    assert placed(book(tmp_path / "acme", moves_yaml=b"# one\nmoves: \x00\n")) == ["yaml acme/moves.yaml:2:8"]


def test_a_null_byte_in_csv_is_refused_where_it_stands(tmp_path: Path) -> None:
    csv = b"id,asset,day,shares,source\none,beta,2025-09-30,1\x00 shares,report\n"
    assert placed(book(tmp_path / "acme", stakes_csv=csv)) == ["wrong-shape acme/stakes.csv:2:21"]


@pytest.mark.parametrize("command", ["check", "happened"])
def test_what_a_book_says_cannot_steer_a_terminal(command: str, tmp_path: Path) -> None:
    loud = 'calendar:\n  one: {day: 2025-10-01, text: "\\e[31mred\\a", source: report}\n'
    book(tmp_path / "acme", calendar_yaml=loud, stakes_csv="id,asset,source\none\x1b[31m,beta,report\n")
    done = holdbook(*(("check",) if command == "check" else ("ask", command)), "acme", folder=tmp_path)
    shown = done.out + done.err
    assert "one" in shown or "red" in shown
    assert not [character for character in shown if not character.isprintable() and character not in "\n\t"]


# YAML


def test_aliases_that_multiply_are_refused_without_being_followed(tmp_path: Path) -> None:
    bomb = "one: &one [x, x]\n" + "".join(
        f"n{n}: &n{n} [{', '.join([f'*{was}'] * 9)}]\n" for n, was in enumerate(["one", *(f"n{k}" for k in range(40))])
    )
    found = faults(book(tmp_path / "acme", moves_yaml=bomb))
    assert {fault.reason for fault in found} == {"yaml", "unknown-noun"}
    assert len(found) < 1000


def test_a_value_that_holds_itself_is_refused(tmp_path: Path) -> None:
    found = placed(book(tmp_path / "acme", moves_yaml="moves: &all\n  one: *all\n"))
    assert "yaml acme/moves.yaml:1:8" in found


@pytest.mark.parametrize(
    "opening", ["[", "{", "{a: ", "- ", "? ", "[[]"], ids=["lists", "mappings", "keys", "items", "questions", "half closed"]
)
def test_a_hundred_thousand_levels_are_refused(opening: str, tmp_path: Path) -> None:
    done = checked(book(tmp_path / "acme", moves_yaml="moves:\n  " + opening * 100_000))
    assert done.returncode == 1
    assert b"acme/moves.yaml:" in done.stdout
    assert b"[yaml]" in done.stdout


def test_ten_megabytes_of_words_are_words(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", claims_yaml=f"claims:\n  one: {{text: {'x' * 10_000_000}, source: report}}\n")
    assert faults(folder) == []


def test_ten_megabytes_of_figure_are_refused_in_a_few_words(tmp_path: Path) -> None:
    book(tmp_path / "acme", stakes_yaml=ENTRY.format(f"{'9' * 10_000_000} shares"))
    done = holdbook("check", "acme", folder=tmp_path)
    assert (done.code, f"acme/{FIGURE}" in done.out, "[bad-figure]" in done.out) == (1, True, True)
    assert len(done.out) < 5000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moves:\n\tone: {}\n", "yaml acme/moves.yaml:2:1"),
        ("moves:\n---\nmoves:\n", "yaml acme/moves.yaml:2:1"),
        ("moves: !!python/object/apply:os.system [ls]\n", "yaml acme/moves.yaml:1:8"),
        ("moves: !mine {}\n", "yaml acme/moves.yaml:1:8"),
        ("%YAML 9.9\n---\nmoves:\n", "yaml acme/moves.yaml:1:1"),
        ("moves: {<<: {asset: beta}}\n", "bad-id acme/moves.yaml:1:9"),
        ("moves: @beta\n", "yaml acme/moves.yaml:1:8"),
        ("moves: 'beta\n", "yaml acme/moves.yaml:1:8"),
        ("moves: {one: 1\n", "yaml acme/moves.yaml:1:8"),
        ("moves: *nothing\n", "yaml acme/moves.yaml:1:8"),
        ("[moves]: {}\n", "wrong-shape acme/moves.yaml:1:1"),
        ("moves:\n  {one: two}: {}\n", "bad-id acme/moves.yaml:2:3"),
        ("moves:\n  one: {asset: beta, kind: close, source: report, [day]: 2025}\n", "unknown-field acme/moves.yaml:2:51"),
        ("statements:\n  one: {day: 2025-06-30, parts: {[beta]: USD 1m}, source: report}\n", "wrong-shape acme/moves.yaml:2:34"),
    ],
    ids=lambda text: text if text.startswith(("moves", "[", "%", "statements")) else "",
)
def test_yaml_that_a_book_does_not_need_is_refused_at_its_place(text: str, expected: str, tmp_path: Path) -> None:
    assert expected in placed(book(tmp_path / "acme", moves_yaml=text))


@pytest.mark.parametrize("key", ["[beta]", "{beta: 1}", "[[beta], {a: b}]"])
def test_a_message_shows_no_thing_that_only_the_program_knows(key: str, tmp_path: Path) -> None:
    keys = f"? {key}\n: moves\nstakes:\n  ? {key}\n  : {{asset: beta}}\n  one: {{? {key} : x, asset: beta, source: report}}\n"
    tables = f"statements:\n  two: {{day: 2025-06-30, parts: {{? {key} : USD 1m}}, source: report}}\n"
    found = faults(book(tmp_path / "acme", book_yaml=SOUND.replace("day:", f"? {key} : x, day:", 1), moves_yaml=keys + tables))
    assert len({fault.place for fault in found}) == 5
    assert not [fault for fault in found if "Node(" in fault.found + fault.expected + fault.way_out]


def test_several_documents_are_told_to_be_one(tmp_path: Path) -> None:
    (fault,) = faults(book(tmp_path / "acme", moves_yaml="moves:\n---\nmoves:\n"))
    assert "---" in fault.way_out


def test_a_list_for_a_key_of_the_head_is_refused(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", book_yaml=SOUND.replace("currency:", "[day]: x, currency:"))
    assert {fault.reason for fault in faults(folder)} == {"unknown-field"}


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "moves:\n", "moves: {}\n"])
def test_a_file_without_entries_is_no_fault(text: str, tmp_path: Path) -> None:
    assert faults(book(tmp_path / "acme", moves_yaml=text)) == []


@pytest.mark.parametrize(
    ("figure", "word"), [('"3,000 shares"', "3,000"), ('"USD 5,83bn"', "5,83"), ("'32.1m pieces'", "pieces"), ("USD 5.83b", "b,")]
)
def test_the_caret_stands_under_the_culprit_within_quotes_too(figure: str, word: str, tmp_path: Path) -> None:
    (fault,) = faults(book(tmp_path / "acme", stakes_yaml=ENTRY.format(figure)))
    assert fault.excerpt[fault.place.column - 1 :].startswith(word)


# CSV


def stakes(*rows: str) -> str:
    return "\n".join(("id,asset,note,day,shares,source", *rows)) + "\n"


def test_a_row_with_too_many_cells_is_refused_and_the_others_stand(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", stakes_csv=stakes("one,beta,,2025-09-30,1 shares,report,more", "two,beta,,2025-09-30,1 shares,report"))
    assert placed(folder) == ["csv acme/stakes.csv:2:1"]
    assert '"stakes": 1,' in holdbook("check", "acme", "--json", folder=tmp_path).out


def test_a_row_with_too_few_cells_lacks_their_fields(tmp_path: Path) -> None:
    assert placed(book(tmp_path / "acme", stakes_csv=stakes("one,beta"))) == ["source-missing acme/stakes.csv:2:1"]


def test_quotes_that_are_not_closed_are_told_in_the_line_that_opens_them(tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", stakes_csv=stakes('one,beta,"open,2025-09-30,1 shares,report', "two,beta,,2025-09-30,1 shares,report"))
    assert [fault.place.line for fault in faults(folder) if fault.reason == "csv"] == [2]


def test_a_cell_of_a_hundred_thousand_characters_is_a_cell(tmp_path: Path) -> None:
    assert faults(book(tmp_path / "acme", stakes_csv=stakes(f"one,beta,{'x' * 200_000},2025-09-30,1 shares,report"))) == []


@pytest.mark.parametrize(
    "row",
    [
        "one,beta,plain,2025-09-30,a lot,report",
        'one,beta,"a, b",2025-09-30,a lot,report',
        'one,beta,"a ""b"" c",2025-09-30,a lot,report',
        'one,beta,,2025-09-30,"a lot",report',
        "one,beta,  wide  ,2025-09-30,  a lot,report",
    ],
    ids=["plain", "comma", "quotes", "quoted", "blanks"],
)
def test_the_caret_stands_under_the_cell_of_a_table(row: str, tmp_path: Path) -> None:
    (fault,) = faults(book(tmp_path / "acme", stakes_csv=stakes(row)))
    assert fault.excerpt[fault.place.column - 1 :].lstrip('"').startswith("a lot")


def test_a_cell_of_several_lines_keeps_the_place_of_its_row(tmp_path: Path) -> None:
    (fault,) = faults(book(tmp_path / "acme", stakes_csv=stakes('one,betta,"first\nsecond",2025-09-30,1 shares,report')))
    assert (fault.place.line, fault.place.column) == (2, 5)


@pytest.mark.parametrize("breaking", ["\u2028", "\x0b", "\x0c", "\x85", "\x1c"])
def test_a_cell_may_hold_what_only_python_takes_for_an_end_of_line(breaking: str, tmp_path: Path) -> None:
    folder = book(
        tmp_path / "acme", stakes_csv=stakes(f"one,beta,a{breaking}b,2025-09-30,1 shares,report", "two,betta,,2025-09-30,1 shares,report")
    )
    assert placed(folder) == ["unknown-name acme/stakes.csv:3:5"]


def test_a_table_named_for_no_noun_is_one_fault(tmp_path: Path) -> None:
    rows = stakes(*(f"n{number},beta,,2025-09-30,1 shares,report" for number in range(9)))
    assert [fault.reason for fault in faults(book(tmp_path / "acme", stake_csv=rows))] == ["unknown-noun"]


def test_a_column_that_the_noun_does_not_have_is_one_fault_at_its_head(tmp_path: Path) -> None:
    text = "id,asset,day,share,source\n" + "".join(f"n{number},beta,2025-09-30,,report\n" for number in range(9))
    text += "".join(f"m{number},beta,2025-09-30,1 shares,report\n" for number in range(9))
    assert placed(book(tmp_path / "acme", stakes_csv=text)) == ["unknown-field acme/stakes.csv:1:14"]


# Ledgers


def ledger(*rows: str, head: str = "id,asset,side,day,shares,amount,source,known") -> str:
    return "\n".join((head, *rows)) + "\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("one,beta,buy,2025-09-01,3,USD 30.00,report,", "bad-figure"),
        ("one,beta,buy,2025-09-01,3 shares,30.00,report,", "bad-figure"),
        ("one,beta,buy,2025-09-01,-3 shares,USD 30.00,report,", "bad-figure"),
        ("one,beta,sold,2025-09-01,3 shares,USD 30.00,report,", "bad-choice"),
        ("one,betta,buy,2025-09-01,3 shares,USD 30.00,report,", "unknown-name"),
        ("one,beta,buy,2025-09-31,3 shares,USD 30.00,report,", "bad-day"),
        ("one,beta,buy,2025-09-01,3 shares,USD 30.00,nobody,", "unknown-source"),
        ("one,beta,buy,2025-09-01,3 shares,USD 30.00,nobody,2025-10-01", "unknown-source"),
        ("one,beta,buy,2025-09-01,3 shares,USD 30.00,,2025-10-01", "source-missing"),
        ("one,beta,buy,2025-09-01,3 shares,USD 30.00,report,2025-08-01", "learnt-too-early"),
        ("../one,beta,buy,2025-09-01,3 shares,USD 30.00,report,", "bad-id"),
        (",beta,buy,2025-09-01,3 shares,USD 30.00,report,", "bad-id"),
        ("one,beta,buy,2025-09-01,3 shares,USD 30.00,report", "csv"),
        ('one,beta,buy,2025-09-01,3 shares,USD 30.00,"report', "csv"),
    ],
)
def test_a_row_of_a_ledger_is_held_to_the_rules_of_a_trade(row: str, reason: str, tmp_path: Path) -> None:
    found = faults(book(tmp_path / "acme", ledger_csv=ledger(row)))
    assert [(fault.reason, fault.place.file, fault.place.line) for fault in found] == [(reason, "acme/ledger.csv", 2)]


def test_the_caret_stands_under_the_cell_of_a_ledger(tmp_path: Path) -> None:
    (fault,) = faults(book(tmp_path / "acme", ledger_csv=ledger("one,beta,sold,2025-09-01,3 shares,USD 30.00,report,")))
    assert (fault.place.column, fault.length) == (10, 4)


def test_a_trade_and_a_row_of_a_ledger_of_one_id_are_two_facts_with_one_id(tmp_path: Path) -> None:
    trades = "trades:\n  one: {asset: beta, side: buy, day: 2025-09-01, shares: 3 shares, source: report}\n"
    folder = book(tmp_path / "acme", trades_yaml=trades, ledger_csv=ledger("one,beta,buy,2025-09-01,3 shares,USD 30.00,report,"))
    assert [fault.reason for fault in faults(folder)] == ["duplicate-id"]


def test_a_ledger_with_other_columns_is_refused(tmp_path: Path) -> None:
    assert placed(book(tmp_path / "acme", ledger_csv=ledger(head="id,asset,side"))) == ["csv acme/ledger.csv:1:1"]


# Entries


@pytest.mark.parametrize("name", ["../beta", "/etc/passwd", "a/b", "a\\b", "..", "Beta", "beta-motors", "é", "a.b"])
def test_an_id_is_no_path_and_has_no_capitals(name: str, tmp_path: Path) -> None:
    text = f"stakes:\n  {json.dumps(name)}: {{asset: beta, source: report}}\n"
    assert placed(book(tmp_path / "acme", stakes_yaml=text)) == ["bad-id acme/stakes.yaml:2:3"]


@pytest.mark.parametrize(
    "figure", [f"USD {'9' * 31}", f"USD 0.{'0' * 31}1", "USD 1e999999999", "USD inf", "USD nan", "USD 0x10", "USD ٣bn"]
)
def test_an_absurd_number_is_no_figure(figure: str, tmp_path: Path) -> None:
    text = f"debts:\n  one: {{kind: bond, amount: {figure}, source: report}}\n"
    assert [fault.reason for fault in faults(book(tmp_path / "acme", debts_yaml=text))] == ["bad-figure"]


def test_a_sum_of_absurd_numbers_is_a_figure(tmp_path: Path) -> None:
    product = " * ".join(["9" * 25] * 70)
    book(tmp_path / "acme", claims_yaml=f"claims:\n  one: {{text: x, says: 3x, equals: {product}, source: report}}\n")
    done = holdbook("check", "acme", folder=tmp_path)
    assert (done.code, "1 inconsistent" in done.out) == (0, True)


@pytest.mark.parametrize(
    "definition",
    [
        "(" * 60 + "1" + ")" * 60,
        "1 + " * 600 + "1",
        "-" * 80 + "1",
        "1 +",
        "1 1",
        "min",
        "min(1",
        "1 / 0 +",
        "a.b.c",
        "stakes",
        "1; import os",
        "stakes.one.__class__",
    ],
)
def test_a_definition_that_cannot_be_read_is_refused(definition: str, tmp_path: Path) -> None:
    text = f"claims:\n  one: {{text: x, says: 3x, equals: {json.dumps(definition)}, source: report}}\n"
    assert [fault.reason for fault in faults(book(tmp_path / "acme", claims_yaml=text))] == ["bad-definition"]


def test_a_division_by_zero_is_unknown_and_cannot_be_checked(tmp_path: Path) -> None:
    book(tmp_path / "acme", claims_yaml="claims:\n  one: {text: x, says: 3x, equals: 1 / 0, source: report}\n")
    done = holdbook("check", "acme", folder=tmp_path)
    assert (done.code, "1 / 0 = unknown" in done.out, "1 not checkable" in done.out) == (0, True, True)


def test_units_that_do_not_fit_are_both_named_with_their_places(tmp_path: Path) -> None:
    text = "debts:\n  one: {kind: bond, amount: USD 60m, source: report}\nclaims:\n  two: {text: x, says: USD 3m, equals: debts.one.amount + 1, source: report}\n"
    (fault,) = faults(book(tmp_path / "acme", debts_yaml=text))
    assert "USD" in fault.found
    assert "plain number" in fault.found
    assert all(side.place.line and side.says.strip() for side in fault.sides)


def test_a_fact_without_a_readable_source_is_one_fault(tmp_path: Path) -> None:
    assert placed(book(tmp_path / "acme", stakes_yaml="stakes:\n  one: {asset: beta, day: 2025-09-30}\n")) == [
        "source-missing acme/stakes.yaml:2:3"
    ]


def test_a_name_that_no_entry_has_is_told_where_it_stands(tmp_path: Path) -> None:
    text = "stakes:\n  one: {asset: beta, source: report, restates: nobody}\n"
    assert placed(book(tmp_path / "acme", stakes_yaml=text)) == [
        f"unknown-name acme/stakes.yaml:2:{text.splitlines()[1].index('nobody') + 1}"
    ]


def test_an_id_stands_once_even_where_its_entries_are_wrong_themselves(tmp_path: Path) -> None:
    text = "stakes:\n  one: {source: report}\n  one: {stake: beta, source: report}\n  one: {asset: beta, source: report}\n  one: {}\n"
    assert placed(book(tmp_path / "acme", stakes_yaml=text)) == [
        "missing-field acme/stakes.yaml:2:3",
        "duplicate-id acme/stakes.yaml:3:3",
        "missing-field acme/stakes.yaml:3:3",
        "unknown-field acme/stakes.yaml:3:9",
        "duplicate-id acme/stakes.yaml:4:3",
        "duplicate-id acme/stakes.yaml:5:3",
    ]


def test_ten_faults_are_told_in_one_run_in_the_order_of_the_files(tmp_path: Path) -> None:
    folder = book(
        tmp_path / "acme",
        a_yaml="stake: {}\nstakes:\n  Bad: {asset: beta, source: report}\n  one: {asset: betta, source: report}\n  one: {asset: beta, source: report}\n",
        b_yaml="trades:\n  two: {asset: beta, side: sold, source: report}\n  three: {asset: beta, side: sell, day: 2025-02-30, shares: a lot, source: report}\n",
        calendar_csv="id\n",
        d_yaml="marks:\n  four: {asset: beta, price: 12%, prise: 3, source: report}\n",
        e_yaml="moves: [\n",
    )
    names = ["unknown-noun", "bad-id", "unknown-name", "duplicate-id", "bad-choice"]
    names += ["bad-day", "bad-figure", "bad-unit", "unknown-field", "yaml"]
    assert [fault.reason for fault in faults(folder)] == names
    assert holdbook("check", "acme", folder=tmp_path).out.count("way out:") == 10


# What a faulty book leaves


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("question", ["happened", "worth", "owes", "sold"])
def test_the_good_part_of_a_faulty_book_can_be_asked(reason: str, question: str, tmp_path: Path) -> None:
    faulty(reason, tmp_path)
    done = holdbook("ask", question, reason, folder=tmp_path)
    assert done.code in (0, 1, 3)
    assert bool(done.out) == (done.code != 3)
    assert (done.code == 0) <= (done.err == "")


@pytest.mark.parametrize("command", [("check",), ("ask", "worth"), ("explain", "nav")])
def test_asking_writes_nothing_into_a_book(command: tuple[str, ...], tmp_path: Path) -> None:
    folder = book(tmp_path / "acme", stakes_yaml=ENTRY.format("a lot"))
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*"))}
    holdbook(*command, "acme", folder=tmp_path)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*"))} == before
    assert os.listdir(tmp_path) == ["acme"]


def test_a_report_on_no_book_writes_nothing(tmp_path: Path) -> None:
    assert holdbook("report", "nowhere", "--output", "page.html", folder=tmp_path).code == 3
    assert os.listdir(tmp_path) == []


def test_a_report_on_a_faulty_book_is_written_whole_and_names_the_faults(tmp_path: Path) -> None:
    book(tmp_path / "acme", stakes_yaml=ENTRY.format("a lot"))
    done = holdbook("report", "acme", "--output", "page.html", folder=tmp_path)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert done.code == 1
    assert page.rstrip().endswith("</html>")
    assert f"acme/{FIGURE}" in page
