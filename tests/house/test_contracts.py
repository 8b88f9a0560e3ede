"""Imports only fall: the contracts in pyproject.toml hold, and each of them would find who breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTED = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PLANTED = [
    ("quantity/unit.py", "from holdbook import cli", "Ten floors; arrows only fall"),
    ("measures/leverage.py", "from holdbook.questions import owes", "Ten floors; arrows only fall"),
    ("timeline/view.py", "from holdbook.reader import plan", "Ten floors; arrows only fall"),
    ("model/kind.py", "from holdbook.model import nouns", "No circles, at any depth"),
    ("questions/worth.py", "from holdbook.reader import yaml", "Text enters by one door"),
    ("checks/claims.py", "import numpy", "Heavy libraries stay in their room"),
    ("simulation/crew.py", "import distributed", "Dask stays in one file"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The report on the contracts of a copy of the project."""
    settings = os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-c", LINTED, "--no-cache"]
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program and its contracts, to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "books"))
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED, ids=[f"{file}: {line}" for file, line, _ in PLANTED])
def test_an_arrow_that_rises_is_found(file: str, line: str, contract: str, copy: Path) -> None:
    path = copy / "src" / "holdbook" / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}  # planted\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout


def test_a_room_without_a_floor_is_found(copy: Path) -> None:
    (copy / "src" / "holdbook" / "attic.py").write_text('"""A room that no floor has."""\n', encoding="utf-8")
    assert lint(copy).returncode == 1
