"""What may be typed: the commands, and the words and options of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence

from holdbook import api
from holdbook.arguments import add_futures, against_of, currency_of, day_asked, day_of
from holdbook.importing import add_import
from holdbook.questions.catalogue import CATALOGUE
from holdbook.render.style import Style

Run = Callable[[argparse.Namespace, Style], int]
ABOUT = """holdbook: ask a book of sourced facts about a holding company what it is worth, what it owes, what it sold.

Every number comes with its bounds and its derivation."""
_VALUED = (
    "--day", "--known-on", "--currency", "--against", "--output", "--into", "--export", "--prices",
    "--scenario", "--outlook", "--paths", "--seed", "--threads", "--cluster", "--resume", "--asset", "--holder", "--period", "--filed", "--accession", "--port",
)  # fmt: skip


def options_last(argv: Sequence[str]) -> list[str]:
    """The same command line with its options behind its words, so that BOOK may stand anywhere."""
    words: list[str] = []
    options: list[str] = []
    rest = iter(argv)
    for word in rest:
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        options.append(word)
        if word in _VALUED:
            options += [value for value in (next(rest, None),) if value is not None]
    return words + options


def parser_of(runs: Mapping[str, Run], *, help_wanted: bool) -> argparse.ArgumentParser:
    """The parser of the command line; `runs` says what each command does, but for `import`, which says so itself."""
    epilog = _epilog() if help_wanted else None
    parser = argparse.ArgumentParser(
        prog="holdbook", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=epilog
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_ask(commands, epilog)
    _add_explain(commands)
    check = commands.add_parser("check", help="faults, claims and contradictions of a book; exit 1 when a fault is found")
    _book(check)
    _prices(check)
    _scenario(check)
    check.add_argument("--all", action="store_true", help="show also the claims that are consistent")
    new = commands.add_parser("new", help="a small commented book that passes check")
    new.add_argument("folder", metavar="DIR")
    demo = commands.add_parser("demo", help=f"copy the {api.DEFAULT} book here, check it, answer every question, write report.html")
    demo.add_argument("--into", default=".", metavar="DIR", help="where to write (default: here)")
    report = commands.add_parser("report", help="all answers on one page of HTML that needs no network and no script")
    report.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    report.set_defaults(json=False)
    _view(report)
    add_futures(report)
    report.add_argument("--output", required=True, metavar="FILE")
    _add_serve(commands)
    _add_workbook(commands)
    _add_sql(commands)
    add_import(commands, day_of)
    _add_export(commands)
    schema = commands.add_parser("schema", help="the JSON Schema of a book or a scenario, or of what a command prints with --json")
    schema.add_argument("what", choices=("book", "scenario", "ask", "check", "explain"))
    for name, run in runs.items():
        commands.choices[name].set_defaults(run=run)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="the dashboard, for a browser on this machine")
    serve.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    serve.add_argument("--port", type=int, default=8377, metavar="N", help="the port on 127.0.0.1 (default: 8377; 0 takes a free one)")
    _prices(serve)


def _epilog() -> str:
    """The questions and the books, for who wants help: what each question asks stands in its file, and all of them must be loaded."""
    lines = "\n".join(f"  {question.name:<10} {question.asks}" for question in CATALOGUE)
    return f"questions:\n{lines}\n\nBOOK is a folder, or a shipped book: {', '.join(api.shipped())}. Without it: the folder you stand in, else {api.DEFAULT}."


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str | None) -> None:
    ask = commands.add_parser("ask", help="answer a question", epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("question", metavar="QUESTION", help=", ".join(question.name for question in CATALOGUE))
    _book(ask)
    _view(ask)
    ask.add_argument(
        "--against",
        action="append",
        default=[],
        type=against_of,
        metavar="DAY",
        help="beside another day, day=DAY, known-on=DAY, or scenario=FILE; repeatable",
    )
    add_futures(ask)
    ask.add_argument("--resume", metavar="FILE", help="keep in a file which futures are drawn, and go on from it")


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = commands.add_parser("explain", help="how a figure of an answer comes about, down to file and line")
    explain.add_argument("name", metavar="NAME", help="such as loan_to_value, or ID.average_price of a sale")
    _book(explain)
    _view(explain)
    add_futures(explain)


def _add_workbook(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("workbook", help="all answers as an Excel file with live formulas over the facts of the book")
    parser.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    parser.set_defaults(json=False)
    _view(parser)
    parser.add_argument("--output", required=True, metavar="FILE.xlsx")


def _add_sql(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("sql", help="query the tables of a book and of its answers; without QUERY a prompt")
    parser.add_argument("words", nargs="*", metavar="[BOOK] [QUERY]", help="a folder or a shipped book; a query of DuckDB's SQL")
    parser.add_argument("--json", action="store_true", help="print columns, types and rows as JSON")
    _view(parser)
    parser.add_argument("--export", metavar="DIR", help="write every table as Parquet and as CSV into a folder")


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("export", help="the ties of a book for other programs: BODS 0.4, GraphML, Mermaid")
    parser.add_argument("form", choices=("bods", "graphml", "mermaid"))
    parser.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    parser.add_argument("--day", type=day_asked, metavar="DAY", help="the day that is asked about (default: the book's)")
    parser.add_argument("--known-on", type=day_of, metavar="DAY", help="with what was known on that day (default: the book's)")
    parser.set_defaults(json=False, prices=[], scenario="")


def _book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    parser.add_argument("--json", action="store_true", help="print JSON; its shape: holdbook schema")


def _prices(parser: argparse.ArgumentParser) -> None:
    text = "closes of the book's entities, one file for each ticker; repeatable"
    parser.add_argument("--prices", action="append", default=[], metavar="DIR", help=text)


def _scenario(parser: argparse.ArgumentParser) -> None:
    text = "laid over the book: a file, or the name of one in its folder scenarios"
    parser.add_argument("--scenario", default="", metavar="FILE", help=text)


def _view(parser: argparse.ArgumentParser) -> None:
    _prices(parser)
    _scenario(parser)
    parser.add_argument("--day", type=day_asked, metavar="DAY", help="the day that is asked about (default: the book's)")
    parser.add_argument("--known-on", type=day_of, metavar="DAY", help="with what was known on that day (default: the book's)")
    parser.add_argument("--currency", type=currency_of, metavar="CUR", help="convert amounts, each at the rate of its own day")
