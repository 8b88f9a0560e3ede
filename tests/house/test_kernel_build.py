"""Installing compiles the kernel where there is a compiler; where there is none, or it fails, nothing half made is left."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ["draws.h", "elementary.h", "kernel.c", "step.h"]


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def room(tmp_path: Path) -> Path:
    for name in SOURCES:
        shutil.copy(ROOT / "src" / "holdbook" / "numerics" / name, tmp_path)
    return tmp_path


def names(room: Path) -> list[str]:
    return sorted(path.name for path in room.iterdir())


def test_without_a_compiler_there_is_no_kernel(hook: ModuleType, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(room))
    monkeypatch.delenv("CC", raising=False)
    (room / "kernel_float64.so").write_text("of another machine")
    assert not hook.compiled(room)
    assert names(room) == SOURCES


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler")
def test_a_kernel_that_does_not_compile_leaves_nothing(
    hook: ModuleType, room: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "cc -Dwalk=")
    monkeypatch.setattr(hook.shutil, "which", lambda name: name if name == "cc" else None)
    (room / "kernel.c").write_text("this is no C")
    assert not hook.compiled(room)
    assert names(room) == SOURCES
    assert "NumPy will simulate" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler")
def test_with_a_compiler_there_is_one_for_each_precision(hook: ModuleType, room: Path) -> None:
    assert hook.compiled(room)
    assert names(room) == sorted([*SOURCES, "kernel_float32.so", "kernel_float64.so"])


def test_no_flag_lets_floats_change(hook: ModuleType) -> None:
    assert "-ffp-contract=off" in hook._FLAGS
    assert not any("fast" in flag or "unsafe" in flag or "associative" in flag for flag in hook._FLAGS)
