"""The command line as a user meets it: run in this process, or in one of its own under another environment."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from holdbook.cli import main

BOOKS = ("tiny", "article", "softbank")
QUESTIONS = ("happened", "worth", "owes", "sold", "promised", "paid", "reaction", "links", "missed", "record", "breaks", "verdict")
HEAD = "book: {name: Acme Holding, company: acme, currency: USD, day: 2025-09-30, known_on: 2025-11-14}\n"
SOUND = f"""{HEAD}entities:
  acme: {{name: Acme Holding}}
  beta: {{name: Beta Motors}}
sources:
  report: {{title: Acme interim report, published: 2025-11-14}}
stakes:
  beta: {{asset: beta, day: 2025-09-30, shares: 10.0m shares, source: report p. 4}}
marks:
  beta: {{asset: beta, day: 2025-09-30, price: USD 20.00/share, source: report p. 4}}
"""
FAULTY = SOUND.replace("10.0m shares", "ten million shares")
_MANY = "import sys\nfrom holdbook.cli import main\nfor words in sys.argv[1:]:\n    main(words.split())\n    sys.stdout.flush()\n"


class Done(NamedTuple):
    """What a command printed on both streams, and its exit code."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """A stream that says a person looks at it."""

    def isatty(self) -> bool:
        return True


def holdbook(*words: str, folder: Path, memory: str = "off", terminal: bool = False) -> Done:
    """Run a command line as one who stands in a folder; `memory` is where read books are remembered, `off` for nowhere."""
    out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
    settings = {"HOLDBOOK_CACHE": "off"} if memory == "off" else {"HOLDBOOK_CACHE": "", "XDG_CACHE_HOME": memory}
    with mock.patch.dict(os.environ, settings), contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        finally:
            gc.enable()
    return Done(code, out.getvalue(), err.getvalue())


def apart(*commands: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Some command lines one after another in a process of their own."""
    settings = {"HOLDBOOK_CACHE": "off"} | {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ} | dict(environment)
    return subprocess.run([sys.executable, "-c", _MANY, *commands], cwd=folder, env=settings, capture_output=True, check=False)


def book(folder: Path, text: str = SOUND) -> Path:
    """A book of one file."""
    folder.mkdir(parents=True)
    (folder / "book.yaml").write_text(text, encoding="utf-8")
    return folder
