"""Compiles the kernel of the simulation while the project is built or installed; without a compiler NumPy answers instead."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOM = Path("src") / "holdbook" / "numerics"
_FLAGS = ("-std=c11", "-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-shared", "-fPIC")
"""None of them lets a compiler change the value of a float: -ffast-math would."""
_PRECISIONS = {"float32": ("-DSINGLE",), "float64": ()}


class KernelHook(BuildHookInterface):
    """Puts a kernel for each precision beside `kernel.c`, in the wheel or, for an editable install, in the source itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile if there is a compiler; a wheel with a kernel is one of its platform, with any Python."""
        if self.target_name != "wheel":
            return
        made = compiled(Path(self.root) / _ROOM)
        if made and version != "editable":
            from packaging.tags import platform_tags

            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{next(iter(platform_tags()))}"
            build_data["artifacts"] += [str(_ROOM / f"kernel_{precision}.so") for precision in _PRECISIONS]


def compiled(room: Path) -> bool:
    """Whether the kernel could be compiled in every precision; all of it is put in place or nothing."""
    for precision in _PRECISIONS:
        _place(room, precision).unlink(missing_ok=True)
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        words = shlex.split(name or "")
        if words and shutil.which(words[0]) is not None and _with(words, room):
            return True
    return False


def _with(compiler: list[str], room: Path) -> bool:
    parts = {room / f"kernel.{os.getpid()}.{precision}.part": precision for precision in _PRECISIONS}
    for part, precision in parts.items():
        words = [*compiler, *_FLAGS, *_PRECISIONS[precision], str(room / "kernel.c"), "-o", str(part), "-lm"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            for one in parts:
                one.unlink(missing_ok=True)
            sys.stderr.write(f"holdbook: {compiler[0]} does not compile the kernel, NumPy will simulate: {done.stderr.strip()[-500:]}\n")
            return False
    for part, precision in parts.items():
        part.replace(_place(room, precision))
    return True


def _place(room: Path, precision: str) -> Path:
    return room / f"kernel_{precision}.so"
