"""Ctrl-C ends the command with one line and 130, whatever it is at: loading, reading its arguments, drawing futures."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LOADING = "import time:"
# Python starts a process with Ctrl-C as it finds it: who runs tests in the background may have it ignored
HEARING = (
    "import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler); runpy.run_module('holdbook', run_name='__main__')"
)


def interrupted(after: str, folder: Path, *words: str) -> tuple[int, list[str]]:
    """The exit code and what was said, when Ctrl-C is pressed as soon as a module has been loaded."""
    command = [sys.executable, "-X", "importtime", "-c", HEARING, *words]
    settings = {**os.environ, "HOLDBOOK_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        said = []
        for line in child.stderr:
            said.append(line)
            if line.startswith(LOADING) and line.rpartition("|")[2].strip() == after:
                child.send_signal(signal.SIGINT)
        return child.wait(), [line.rstrip() for line in said if not line.startswith(LOADING)]


@pytest.mark.parametrize("module", ["argparse", "holdbook.exit_code", "msgspec", "holdbook.dates", "holdbook.api", "holdbook.cli", "numpy"])
def test_it_says_one_line_and_ends_with_130(module: str, tmp_path: Path) -> None:
    words = ("ask", "breaks", "softbank", "--day", "2025-12-31", "--known-on", "2026-08-31", "--paths", "2000000")
    assert interrupted(module, tmp_path, *words) == (130, ["holdbook: stopped"])


def test_a_process_that_was_started_deaf_to_it_answers(tmp_path: Path) -> None:
    code = HEARING.replace("signal.default_int_handler", "signal.SIG_IGN")
    command = [sys.executable, "-X", "importtime", "-c", code, "ask", "worth", "tiny"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if line.rpartition("|")[2].strip() == "msgspec":
                child.send_signal(signal.SIGINT)
        assert child.stdout is not None
        assert "is worth USD 165m" in child.stdout.read()
        assert child.wait() == 0
