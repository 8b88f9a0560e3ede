"""What is to be walked, as it is sent to another process: a part of it is a pure function of its first path and its number of paths."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
from functools import cache, lru_cache
from typing import Any

import numpy as np

import holdbook.numerics
from holdbook.numerics.engine import Job, available
from holdbook.numerics.tables import Tables
from holdbook.numerics.tally import Tally

Arrays = dict[str, Any]


class ClusterError(OSError):
    """A cluster that cannot be used: what is wrong, and the way out."""

    def __init__(self, address: str, what: str) -> None:
        super().__init__(errno.ECONNREFUSED, what, f"cluster {address}")

    def __str__(self) -> str:
        return f"{self.filename}: {self.strerror}"


class OtherReleaseError(LookupError):
    """Another holdbook than that which asks; its counts may be others."""


def counts_here(job: Job, first: int, count: int) -> Tally:
    """The counts of a part of a job; where its engine is not installed the other walks, to the same counts."""
    try:
        return job._replace(engine=available(job.engine)).part(first, count)
    except LookupError:
        return job._replace(engine="numpy").part(first, count)


def counts_of(packed: bytes, wanted: str, first: int, count: int) -> Arrays:
    """The counts of a part of a packed job, as they are sent back.

    Raises:
        OtherReleaseError: this process runs another holdbook.
    """
    if release() != wanted:
        import socket  # for its name alone

        raise OtherReleaseError(
            f"the worker on {socket.gethostname()} runs holdbook {release()}, this is {wanted}; install the same on both"
        )
    return as_arrays(counts_here(_unpacked(packed), first, count))


def packed(job: Job) -> bytes:
    """A job as it is sent: once to each worker."""
    return pickle.dumps(job)


@lru_cache(maxsize=2)
def _unpacked(packed_job: bytes) -> Job:
    found = pickle.loads(packed_job)  # noqa: S301 - what reaches a worker of Dask runs there anyhow; see docs/cluster.md
    assert isinstance(found, Job)
    return found


def as_arrays(tally: Tally) -> Arrays:
    """Every count by its name; those of bins as small as they go."""
    found = {name: np.asarray(value) for name, value in vars(tally).items()}
    return found | {"bins": found["bins"].astype(np.min_scalar_type(found["bins"].max(initial=0)))}


def from_arrays(of: Tables, arrays: Arrays) -> Tally:
    """The counts again.

    Raises:
        ValueError: they are not those of a plan of this shape.
    """
    tally = Tally(of)
    for name, blank in vars(tally).items():
        like, found = np.asarray(blank), np.asarray(arrays.get(name))
        if found.shape != like.shape or not np.can_cast(found.dtype, like.dtype, "safe" if name == "bins" else "no"):
            raise ValueError(f"{name} has another shape or kind")
        setattr(tally, name, found.astype(like.dtype) if like.shape else found.item())
    return tally


@cache
def release() -> str:
    """The version of holdbook, with a digest of the methods that counts rest on: an edited copy is another release."""
    from importlib.metadata import PackageNotFoundError, version  # twenty milliseconds that only a cluster and a file need

    room = os.path.dirname(str(holdbook.numerics.__file__))
    digest = hashlib.sha256()
    for name in sorted(os.listdir(room)):
        if name.endswith((".py", ".c", ".h")):
            with open(os.path.join(room, name), "rb") as file:
                digest.update(name.encode() + file.read().replace(b"\r\n", b"\n"))
    try:
        number = version("holdbook")
    except PackageNotFoundError:
        number = "without a version"
    return f"{number} (numerics {digest.hexdigest()[:8]})"
