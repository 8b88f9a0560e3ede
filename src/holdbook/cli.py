"""The command line: a line in, an answer printed, an exit code out."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence

from holdbook import api
from holdbook.arguments import futures_of
from holdbook.exit_code import ANSWERED, FAULTS, NO_FILE, STOPPED, WRONG_COMMAND
from holdbook.parser import Run, options_last, parser_of
from holdbook.problems import in_reading_order
from holdbook.quantity.quantity import UnitError
from holdbook.questions.catalogue import NAMES
from holdbook.render.answer_text import answer_text
from holdbook.render.problem_text import problem_text
from holdbook.render.progress import Bar
from holdbook.render.style import Style


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code says 0 answered, 1 the book has faults, 2 wrong command line, 3 a file cannot be read or written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character shows its number
    gc.disable()  # a command is over before collecting would pay
    words = options_last(sys.argv[1:] if argv is None else argv)
    if words and words[0] in NAMES:
        _say(f"holdbook: {words[0]} is a question; write: holdbook ask {' '.join(words)}")
        return WRONG_COMMAND
    style = Style(_coloured())
    try:
        arguments = parser_of(_RUNS, help_wanted=not {"-h", "--help"}.isdisjoint(words)).parse_args(words)
        run: Run = arguments.run
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


def _coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _say(text: str) -> None:
    print(text, file=sys.stderr)


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


_RUNS: dict[str, Run] = {
    "ask": _ask,
    "explain": _explain,
    "check": _check,
    "new": _new,
    "demo": _demo,
    "report": _report,
    "serve": _serve,
    "workbook": _workbook,
    "sql": _sql,
    "export": _export,
    "schema": _schema,
}
