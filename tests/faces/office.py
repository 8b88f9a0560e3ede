"""LibreOffice without its window: it opens workbooks, computes every formula itself, and saves them as it would for a person."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from excel import names, opened, parts

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ABSENT = "no LibreOffice on this machine to recalculate a workbook"
_LATE = 300
_SHOWN = re.compile(rb"</f><v>[^<]*</v>")


def changed(path: Path, to: Path, facts: Mapping[str, float | None]) -> Path:
    """A copy of a workbook in which some facts, by the names of their cells, are others or empty, and no formula has a value.

    The file is changed in place rather than read and written: its charts stay, and what a formula shows later was computed later.
    """
    inside = parts(path)
    number = opened(path).sheetnames.index("Facts") + 1
    called, sheet = names(path), f"xl/worksheets/sheet{number}.xml"
    for name, value in facts.items():
        place, row = called[name]
        assert place == "Facts"
        cell = b"" if value is None else b"<v>%s</v>" % repr(value).encode()
        inside[sheet], found = re.subn(rb'(<c r="B%d" s="\d+")(?:/>|>.*?</c>)' % row, rb"\1>%s</c>" % cell, inside[sheet])
        assert found == 1, name
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, _SHOWN.sub(b"</f>", content) if name.startswith("xl/worksheets/") else content)
    return to


def saved(workbooks: Iterable[Path], folder: Path) -> None:
    """Open workbooks in LibreOffice and save each under its own name into a folder; one start for all, with a profile of its own."""
    assert OFFICE is not None
    profile = (folder / "profile").as_uri()
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, workbooks)], check=True, capture_output=True, timeout=_LATE)
