"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile


def write_whole(path: str, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all: beside its place, synced, then renamed."""
    path = os.path.realpath(path)
    if os.path.lexists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, "is no plain file; choose another name", path)
    folder = os.path.dirname(path)
    try:
        handle, beside = tempfile.mkstemp(dir=folder, prefix=".holdbook-")
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except OSError as error:
        os.unlink(beside)
        raise OSError(error.errno, error.strerror, path) from error
    except BaseException:
        os.unlink(beside)
        raise
