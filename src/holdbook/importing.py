"""`holdbook import`: its command line, what it shows, and the writing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from holdbook import api
from holdbook.exit_code import ANSWERED, FAULTS, NO_FILE, WRONG_COMMAND
from holdbook.problems import in_reading_order
from holdbook.render.problem_text import problem_text
from holdbook.render.style import Style

if TYPE_CHECKING:
    from holdbook.importers.thirteen_f import Imported

_KINDS = ("13f", "prices", "bods", "gleif", "workbook")


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser], day: Callable[[str], date]) -> None:
    """Add the command to a command line; `day` reads a day."""
    text = "outside files into book files that a person reviews: filings on Form 13F, closes, owners, a changed workbook"
    parser = commands.add_parser("import", help=text)
    parser.add_argument("kind", choices=_KINDS)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--into", required=True, metavar="BOOK", help="the folder of the book")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    parser.add_argument("--asset", default="", metavar="ID", help="prices: whose closes they are, where no file name says it")
    parser.add_argument("--holder", default="", metavar="ID", help="13f: who holds (default: the company of the book)")
    parser.add_argument("--period", type=day, metavar="DAY", help="13f: the end of the quarter, where the file does not say it")
    parser.add_argument("--filed", type=day, metavar="DAY", help="13f: the day of filing, where the file does not say it")
    parser.add_argument("--accession", default="", metavar="NUMBER", help="13f: which of the filings of a data set of the SEC")
    parser.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace, style: Style) -> int:
    """Import the files, or show what that would change; with a fault nothing is written."""
    if arguments.kind == "workbook" and len(arguments.files) > 1:
        _say("holdbook: one workbook at a time")
        return WRONG_COMMAND
    opened = api.read(arguments.into)
    if opened.folder != arguments.into:
        _say(f"holdbook: {arguments.into} is a shipped book; copy it first: holdbook demo")
        return NO_FILE
    found = _imported(arguments, opened)
    for problem in in_reading_order(found.problems):
        _say(problem_text(problem, style) + "\n")
    if found.problems:
        _say(f"holdbook: {len(found.problems)} fault{'s' if len(found.problems) > 1 else ''}; nothing was written")
        return FAULTS
    for line in found.remarks:
        print(line)
    _write(found, dry_run=arguments.dry_run)
    return FAULTS if found.contradicted else ANSWERED


def _imported(arguments: argparse.Namespace, opened: api.OpenBook) -> Imported:
    """What the import of the named kind makes of the files."""
    progress: Callable[[str], None] = _say if sys.stderr.isatty() and len(arguments.files) > 1 else lambda _: None
    if arguments.kind == "workbook":
        from holdbook.importers.workbook import import_workbook

        return import_workbook(opened.book, opened.files, opened.folder, arguments.files[0])
    if arguments.kind == "prices":
        from holdbook.importers.closes import import_prices

        return import_prices(opened.book, opened.folder, arguments.files, arguments.asset, progress)
    if arguments.kind == "13f":
        from holdbook.importers.thirteen_f import Wanted, import_13f

        wanted = Wanted(arguments.holder, arguments.period, arguments.filed, arguments.accession)
        return import_13f(opened.book, opened.folder, arguments.files, wanted, progress)
    from holdbook.importers.bods import BODS
    from holdbook.importers.gleif import GLEIF
    from holdbook.importers.register import import_registers

    return import_registers(opened.book, opened.folder, arguments.files, BODS if arguments.kind == "bods" else GLEIF, progress)


def _write(found: Imported, *, dry_run: bool) -> None:
    from holdbook.files import write_whole

    for change in found.changes:
        if dry_run:
            print("\n".join(change.diff()) or f"{change.shown}: no change")
            continue
        if not change.is_none:
            os.makedirs(os.path.dirname(change.path), exist_ok=True)
            write_whole(change.path, change.after)
        print(f"{'No change in' if change.is_none else 'Wrote'} {change.shown}")
    if not found.changes:
        print("Nothing to write.")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
