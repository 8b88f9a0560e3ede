"""holdbook: ask a book of sourced facts about a holding company what it is worth, what it owes, what it sold.

Every number comes with its bounds and its derivation.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence

from holdbook import api
from holdbook.arguments import add_futures, against_of, currency_of, day_of, futures_of
from holdbook.exit_code import ANSWERED, FAULTS, NO_FILE, STOPPED, WRONG_COMMAND
from holdbook.importing import add_import
from holdbook.problems import in_reading_order
from holdbook.quantity.quantity import UnitError
from holdbook.questions.catalogue import CATALOGUE, NAMES
from holdbook.render.answer_text import answer_text
from holdbook.render.problem_text import problem_text
from holdbook.render.progress import Bar
from holdbook.render.style import Style

_VALUED = (
    "--day", "--known-on", "--currency", "--against", "--output", "--into", "--export", "--prices",
    "--scenario", "--outlook", "--paths", "--seed", "--threads", "--cluster", "--resume", "--asset", "--holder", "--period", "--filed", "--accession", "--port",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code says 0 answered, 1 the book has faults, 2 wrong command line, 3 a file cannot be read or written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character shows its number
    gc.disable()  # a command is over before collecting would pay
    words = _options_last(sys.argv[1:] if argv is None else argv)
    if words and words[0] in NAMES:
        _say(f"holdbook: {words[0]} is a question; write: holdbook ask {' '.join(words)}")
        return WRONG_COMMAND
    style = Style(_coloured())
    try:
        arguments = _parser(help_wanted=not {"-h", "--help"}.isdisjoint(words)).parse_args(words)
        run: Callable[[argparse.Namespace, Style], int] = arguments.run
        return run(arguments, style)
    except api.NotABookError as error:
        _say(f"holdbook: {error}\n\n" + "\n\n".join(problem_text(problem, style) for problem in error.problems))
        return NO_FILE
    except api.UnknownQuestionError as error:
        _say(f"holdbook: {error}; {error.way_out}")
        return WRONG_COMMAND
    except UnitError as error:
        _say(f"holdbook: {error}; see: holdbook check")
        return FAULTS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except KeyboardInterrupt:
        _say("holdbook: stopped")
        return STOPPED
    except OSError as error:
        _say(f"holdbook: {error.filename or ''}: {error.strerror or error}")
        return NO_FILE


def _options_last(argv: Sequence[str]) -> list[str]:
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


def _coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _parser(*, help_wanted: bool) -> argparse.ArgumentParser:
    epilog = _epilog() if help_wanted else None
    parser = argparse.ArgumentParser(
        prog="holdbook", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=epilog
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_ask(commands, epilog)
    _add_explain(commands)
    check = commands.add_parser("check", help="faults, claims and contradictions of a book; exit 1 when a fault is found")
    _book(check)
    _prices(check)
    _scenario(check)
    check.add_argument("--all", action="store_true", help="show also the claims that are consistent")
    check.set_defaults(run=_check)
    new = commands.add_parser("new", help="a small commented book that passes check")
    new.add_argument("folder", metavar="DIR")
    new.set_defaults(run=_new)
    demo = commands.add_parser("demo", help=f"copy the {api.DEFAULT} book here, check it, answer every question, write report.html")
    demo.add_argument("--into", default=".", metavar="DIR", help="where to write (default: here)")
    demo.set_defaults(run=_demo)
    report = commands.add_parser("report", help="all answers on one page of HTML that needs no network and no script")
    report.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    report.set_defaults(json=False)
    _view(report)
    add_futures(report)
    report.add_argument("--output", required=True, metavar="FILE")
    report.set_defaults(run=_report)
    _add_serve(commands)
    _add_workbook(commands)
    _add_sql(commands)
    add_import(commands, day_of)
    _add_export(commands)
    schema = commands.add_parser("schema", help="the JSON Schema of a book or a scenario, or of what a command prints with --json")
    schema.add_argument("what", choices=("book", "scenario", "ask", "check", "explain"))
    schema.set_defaults(run=_schema)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="the dashboard, for a browser on this machine")
    serve.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    serve.add_argument("--port", type=int, default=8377, metavar="N", help="the port on 127.0.0.1 (default: 8377; 0 takes a free one)")
    _prices(serve)
    serve.set_defaults(run=_serve)


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
    ask.set_defaults(run=_ask)


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = commands.add_parser("explain", help="how a figure of an answer comes about, down to file and line")
    explain.add_argument("name", metavar="NAME", help="such as loan_to_value, or ID.average_price of a sale")
    _book(explain)
    _view(explain)
    add_futures(explain)
    explain.set_defaults(run=_explain)


def _add_workbook(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("workbook", help="all answers as an Excel file with live formulas over the facts of the book")
    parser.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    parser.set_defaults(json=False)
    _view(parser)
    parser.add_argument("--output", required=True, metavar="FILE.xlsx")
    parser.set_defaults(run=_workbook)


def _add_sql(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("sql", help="query the tables of a book and of its answers; without QUERY a prompt")
    parser.add_argument("words", nargs="*", metavar="[BOOK] [QUERY]", help="a folder or a shipped book; a query of DuckDB's SQL")
    parser.add_argument("--json", action="store_true", help="print columns, types and rows as JSON")
    _view(parser)
    parser.add_argument("--export", metavar="DIR", help="write every table as Parquet and as CSV into a folder")
    parser.set_defaults(run=_sql)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("export", help="the ties of a book for other programs: BODS 0.4, GraphML, Mermaid")
    parser.add_argument("form", choices=("bods", "graphml", "mermaid"))
    parser.add_argument("book", nargs="?", metavar="BOOK", help="a folder or a shipped book")
    parser.add_argument("--day", type=day_of, metavar="DAY", help="the day that is asked about (default: the book's)")
    parser.add_argument("--known-on", type=day_of, metavar="DAY", help="with what was known on that day (default: the book's)")
    parser.set_defaults(run=_export, json=False, prices=[], scenario="")


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
    parser.add_argument("--day", type=day_of, metavar="DAY", help="the day that is asked about (default: the book's)")
    parser.add_argument("--known-on", type=day_of, metavar="DAY", help="with what was known on that day (default: the book's)")
    parser.add_argument("--currency", type=currency_of, metavar="CUR", help="convert amounts, each at the rate of its own day")


def _opened(arguments: argparse.Namespace) -> api.OpenBook:
    """The book of the command line; when none was named, the answer says which it is."""
    opened = api.read(arguments.book, arguments.prices, arguments.scenario)
    if arguments.book is None and not arguments.json:
        _say(f"(book: {opened.book.head.folder})")
    return opened


def _faults(opened: api.OpenBook, style: Style) -> int:
    sys.stdout.flush()  # a book's first check takes longer than its answer, which need not wait
    problems = in_reading_order(api.faults(opened))
    if not problems:
        return ANSWERED
    _say("\n\n".join(problem_text(problem, style) for problem in problems))
    _say(f"\nholdbook: the book has {len(problems)} fault{'s' if len(problems) > 1 else ''}; what could be answered stands above")
    return FAULTS


def _ask(arguments: argparse.Namespace, style: Style) -> int:
    if arguments.resume is not None and arguments.against:
        _say("holdbook: --resume keeps one simulation; ask without --against")
        return WRONG_COMMAND
    api.question(arguments.question)
    opened = _opened(arguments)
    view = {"day": arguments.day, "known_on": arguments.known_on, "currency": arguments.currency}
    with Bar(sys.stderr) as bar:
        answer = api.ask(opened, arguments.question, **view, against=arguments.against, futures=futures_of(arguments, bar))
    if arguments.json:
        from holdbook.render.as_json import answer_json, encode

        print(encode(answer_json(answer)))
    else:
        print(answer_text(answer, style))
    return _faults(opened, style)


def _explain(arguments: argparse.Namespace, style: Style) -> int:
    opened = _opened(arguments)
    view = {"day": arguments.day, "known_on": arguments.known_on, "currency": arguments.currency}
    steps = api.explain(opened, arguments.name, **view, futures=futures_of(arguments))
    head = opened.book.head
    if arguments.json:
        from holdbook.render.as_json import encode, explain_json

        day, known_on = arguments.day or head.day, arguments.known_on or head.known_on
        print(encode(explain_json(arguments.name, head.name, day.isoformat(), known_on.isoformat(), steps)))
    else:
        from holdbook.render.explain_text import explain_text

        print(explain_text(steps, style))
    return _faults(opened, style)


def _check(arguments: argparse.Namespace, style: Style) -> int:
    opened = _opened(arguments)
    found = api.check(opened)
    if arguments.json:
        from holdbook.render.as_json import check_json, encode

        print(encode(check_json(opened.book.head.name, found)))
    else:
        from holdbook.render.check_text import check_text

        print(check_text(opened.book.head.folder, found, style, everything=arguments.all))
    return FAULTS if found.problems else ANSWERED


def _new(arguments: argparse.Namespace, _style: Style) -> int:
    from holdbook.report import copy_book

    made = copy_book("example", arguments.folder)
    print(f"Made {made}. Check it: holdbook check {arguments.folder}")
    return ANSWERED


def _report(arguments: argparse.Namespace, style: Style) -> int:
    from holdbook.report import write_report

    opened = _opened(arguments)
    view = {"day": arguments.day, "known_on": arguments.known_on, "currency": arguments.currency}
    write_report(opened, arguments.output, **view, futures=futures_of(arguments))
    print(f"Wrote {arguments.output}")
    return _faults(opened, style)


def _workbook(arguments: argparse.Namespace, style: Style) -> int:
    from holdbook.workbook.write import write_workbook

    opened = _opened(arguments)
    write_workbook(opened, arguments.output, day=arguments.day, known_on=arguments.known_on, currency=arguments.currency)
    print(f"Wrote {arguments.output}")
    return _faults(opened, style)


def _sql(arguments: argparse.Namespace, style: Style) -> int:
    from holdbook.sql.command import asked, run_sql

    words = asked(arguments.words)
    if words is None:
        _say("holdbook: write one book and one query, the query between quotes")
        return WRONG_COMMAND
    arguments.book, query = words
    opened = _opened(arguments)
    view = {"day": arguments.day, "known_on": arguments.known_on, "currency": arguments.currency}
    return run_sql(opened, query, view, style, export_to=arguments.export, json=arguments.json) or _faults(opened, style)


def _serve(arguments: argparse.Namespace, _style: Style) -> int:
    from holdbook.dashboard.serve import serve

    serve(arguments.book, arguments.prices, arguments.port, lambda text: print(text, flush=True))
    return ANSWERED


def _demo(arguments: argparse.Namespace, style: Style) -> int:
    from holdbook.report import demo

    return demo(arguments.into, style)


def _export(arguments: argparse.Namespace, style: Style) -> int:
    from holdbook.render.graph import graphml, mermaid
    from holdbook.timeline.view import View

    opened = _opened(arguments)
    view = View(opened.book, arguments.day, arguments.known_on)
    if arguments.form == "bods":
        from holdbook.importers.bods_out import left_out, statements_of
        from holdbook.importers.statement import write_statements

        statements = statements_of(view)
        print(write_statements(statements), end="")
        if lost := left_out(statements):
            _say(f"holdbook: statements of a register that are not whole, and say so in a remark: no {', '.join(lost)}")
    else:
        print({"graphml": graphml, "mermaid": mermaid}[arguments.form](view), end="")
    return _faults(opened, style)


def _schema(arguments: argparse.Namespace, _style: Style) -> int:
    if arguments.what == "book":
        print(api.book_schema())
    elif arguments.what == "scenario":
        print(api.scenario_schema())
    else:
        from holdbook.render.as_json import schema

        print(schema(arguments.what))
    return ANSWERED
