"""A file that keeps the counts of the first paths of a plan, so that a later run goes on from them."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import time
import zipfile
import zlib
from typing import Any

import numpy as np

from holdbook.files import write_whole
from holdbook.numerics.engine import Job
from holdbook.numerics.tally import Tally
from holdbook.simulation.job import as_arrays, from_arrays, release

_EVERY = 2.0
"""Seconds between two writings."""
_ABOUT = "about"


class KeptError(OSError):
    """A file that cannot be gone on from: what is wrong, and the way out."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(errno.EINVAL, what, path)

    def __str__(self) -> str:
        return f"{self.filename}: {self.strerror}"


class Kept:
    """The counts of the first paths of a job in a file.

    The number of paths that are asked for is not in it: the first paths of a plan are the same however many follow.
    """

    def __init__(self, path: str, job: Job) -> None:
        self.path, self.job, self.written = path, job, time.monotonic()

    def begin(self, paths: int) -> Tally:
        """What is there to go on from, nothing if there is no file; the file is there afterwards, so that it can be written.

        Raises:
            KeptError: it is no such file, or of another plan, seed, precision or holdbook, or holds more paths than are asked for.
            OSError: it cannot be read or written.
        """
        if not os.path.lexists(self.path):
            nothing = Tally(self.job.of)
            self.write(nothing)
            return nothing
        there, arrays = self._read()
        here = _about(self.job)
        other = [f"{name} is {there.get(name)} there and {here[name]} here" for name in here if there.get(name) != here[name]]
        if other:
            raise KeptError(self.path, f"keeps paths of another run: {'; '.join(other)}; ask as it was asked, or name another file")
        try:
            tally = from_arrays(self.job.of, arrays)
        except ValueError as error:
            raise self._no_such_file() from error
        if tally.paths > paths:
            raise KeptError(self.path, f"keeps {tally.paths} paths and {paths} are asked for; ask for as many, or name another file")
        return tally

    def write(self, tally: Tally) -> None:
        """Keep the counts, whole or not at all."""
        content = io.BytesIO()
        arrays: dict[str, Any] = {_ABOUT: np.array(json.dumps(_about(self.job))), **as_arrays(tally)}
        np.savez_compressed(content, **arrays)
        write_whole(self.path, content.getvalue())
        self.written = time.monotonic()

    def write_at_times(self, tally: Tally) -> None:
        """Keep the counts unless they have been kept a moment ago."""
        if time.monotonic() - self.written > _EVERY:
            self.write(tally)

    def _read(self) -> tuple[dict[str, Any], dict[str, Any]]:
        try:
            with open(self.path, "rb") as file, np.load(file, allow_pickle=False) as content:
                arrays = {name: content[name] for name in content.files}
            about = json.loads(str(arrays.pop(_ABOUT)))
        except (ValueError, KeyError, EOFError, AttributeError, TypeError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            raise self._no_such_file() from error
        if not isinstance(about, dict):
            raise self._no_such_file()
        return about, arrays

    def _no_such_file(self) -> KeptError:
        return KeptError(self.path, "keeps no paths of a simulation, or is damaged; name another file")


def _about(job: Job) -> dict[str, str]:
    """What two runs must have in common to be added up."""
    return {
        "holdbook": release(), "the plan on its book": _digest(job.of), "the seed": str(job.seed), "the precision": job.of.precision,
        "the grid": _digest(job.grid),
    }  # fmt: skip


def _digest(of: tuple[Any, ...]) -> str:
    """Of names, shapes, kinds and bytes."""
    digest = hashlib.sha256()
    for name, value in zip(getattr(of, "_fields", ()), of, strict=True):
        array = np.ascontiguousarray(value)
        digest.update(f"{name} {np.shape(value)} {array.dtype.str} ".encode() + array.tobytes())
    return digest.hexdigest()[:16]
