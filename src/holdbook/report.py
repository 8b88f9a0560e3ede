"""All answers on one page, and the demonstration that ends with it. Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from datetime import date
from typing import TYPE_CHECKING

from holdbook import api
from holdbook.files import write_whole
from holdbook.questions.catalogue import CATALOGUE
from holdbook.render.answer_text import answer_text
from holdbook.render.cells import sentence
from holdbook.render.check_text import check_text
from holdbook.render.layout import wrapped
from holdbook.render.page import page
from holdbook.render.style import Style

if TYPE_CHECKING:
    from holdbook.simulation.simulate import Futures

__all__ = ["copy_book", "demo", "write_report", "write_whole"]


def write_report(
    opened: api.OpenBook,
    path: str,
    *,
    day: date | None = None,
    known_on: date | None = None,
    currency: str | None = None,
    futures: Futures | None = None,
) -> None:
    """Write one page of HTML with every answer, the claims and the faults; it needs neither network nor script.

    Raises OSError when it cannot be written; what stood there before then still stands.
    """
    own = {os.path.realpath(os.path.join(opened.folder, name.partition("/")[2])) for name in opened.files}
    if os.path.realpath(path) in own:
        raise OSError(errno.EEXIST, "is a file of the book; choose another name", path)
    answers = [
        (question, api.ask(opened, question.name, day=day, known_on=known_on, currency=currency, futures=futures)) for question in CATALOGUE
    ]
    write_whole(path, page(opened.book.head, answers, api.check(opened)))


def copy_book(name: str, folder: str) -> str:
    """Copy a shipped book into a new folder, which then stands whole.

    Raises FileExistsError when something is there already: a user's file is never overwritten.
    """
    if os.path.lexists(folder):
        raise FileExistsError(17, "is there already; choose another name", folder)
    parent = os.path.dirname(os.path.abspath(folder))
    os.makedirs(parent, exist_ok=True)
    beside = tempfile.mkdtemp(dir=parent, prefix=".holdbook-")
    try:
        shutil.copytree(os.path.join(api.SHIPPED, name), os.path.join(beside, "book"), ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        os.rename(os.path.join(beside, "book"), folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def demo(into: str, style: Style) -> int:
    """Copy the default book, check it, answer every question, write report.html; say what to open next."""
    folder = os.path.join(into, api.DEFAULT)
    if os.path.isdir(folder):
        print(f"Using the book in {folder} (it was there already).")
    else:
        print(f"Copied the shipped book to {copy_book(api.DEFAULT, folder)}.")
    opened = api.read(folder)
    found = api.check(opened)
    print("\n" + check_text(opened.book.head.folder, found, style).partition("\n\n")[0])
    short: list[str] = []
    for number, question in enumerate(CATALOGUE, 1):
        print(f"\n[{number}/{len(CATALOGUE)}] {style.strong(question.asks)}", flush=True)
        answer = api.ask(opened, question.name)
        print(answer_text(answer, style))
        short.append(wrapped(sentence(answer.headline), f"  {question.name:<10}", " " * 12))
    print("\n" + "\n".join([style.strong("In short"), *short]))
    path = os.path.join(into, "report.html")
    write_report(opened, path)
    here = os.path.dirname(sys.executable)
    command = os.path.join(os.path.relpath(here), "holdbook") if os.path.exists(os.path.join(here, "holdbook")) else "holdbook"
    print(f"\nOpen  {path}\nServe {command} serve {folder}\nNext  {command} explain loan_to_value --day 2023-06-30 --known-on 2026-08-31")
    return 1 if found.problems else 0
