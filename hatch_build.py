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


class KernelHook(BuildHookInterface):
    """Puts `kernel.so` beside `kernel.c`, in the wheel or, for an editable install, in the source itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile if there is a compiler; a wheel with a kernel is one of its platform, with any Python."""
        if self.target_name != "wheel":
            return
        made = compiled(Path(self.root) / _ROOM)
        if made and version != "editable":
            from packaging.tags import platform_tags

            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{next(iter(platform_tags()))}"
            build_data["artifacts"].append(str(_ROOM / "kernel.so"))


def compiled(room: Path) -> bool:
    """Whether the kernel could be compiled; it is put in place whole or not at all."""
    made = room / "kernel.so"
    made.unlink(missing_ok=True)
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        words = shlex.split(name or "")
        if not words or shutil.which(words[0]) is None:
            continue
        part = room / f"kernel.{os.getpid()}.part"
        done = subprocess.run(
            [*words, *_FLAGS, str(room / "kernel.c"), "-o", str(part), "-lm"], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            part.replace(made)
            return True
        part.unlink(missing_ok=True)
        sys.stderr.write(f"holdbook: {name} does not compile the kernel, NumPy will simulate: {done.stderr.strip()[-500:]}\n")
    return False
