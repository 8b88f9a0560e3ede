"""Ten million futures at the prompt: a bar on a terminal, memory as for ten thousand, and an answer that is narrower for it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from holdbook.numerics.engine import available

_PROGRAM = """
import sys
from holdbook.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
status = open("/proc/self/status").read()
print("PEAK", next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), file=sys.stdout)
sys.exit(code)
"""
_MB = 1024


def asked(paths: int) -> tuple[dict[str, object], float, str]:
    """The answer, the most memory in MB, and what the terminal was shown."""
    ours, theirs = pty.openpty()
    shown: list[bytes] = []
    reader = Thread(target=_read, args=(ours, shown))
    reader.start()  # a terminal that nobody reads would make the command wait
    words = [sys.executable, "-c", _PROGRAM, "ask", "breaks", "tiny", "--json", "--threads", "2", "--paths", str(paths)]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True)
    os.close(theirs)
    reader.join()
    os.close(ours)
    answer, _, peak = done.stdout.rpartition("PEAK ")
    return json.loads(answer)["quantities"]["chance.ceiling"], int(peak) / _MB, b"".join(shown).decode()


def _read(terminal: int, shown: list[bytes]) -> None:
    try:
        while part := os.read(terminal, 65536):
            shown.append(part)
    except OSError:  # nothing more is written to the other end
        pass


@pytest.mark.skipif(available() != "c", reason="this installation has no compiled kernel: ten million paths take minutes")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory a process has had")
def test_ten_million_futures_take_no_more_memory_and_show_how_far_they_are() -> None:
    few, small, _ = asked(10_000)
    many, large, shown = asked(10_000_000)
    assert large - small < 16
    assert "of 10,000,000 paths" in shown
    assert many["high"] - many["low"] == pytest.approx((few["high"] - few["low"]) / 1000**0.5, rel=0.05)
    assert few["low"] < many["value"] < few["high"]
