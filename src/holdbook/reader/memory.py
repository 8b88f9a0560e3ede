"""What a book meant when it was last read, so that an unchanged book need not be read again.

The memory is keyed by the text of all its files and by the versions of what read them: a change of one letter is another book.
It lies in the user's own cache folder and is only ever written by this program; it can be thrown away at any time, and is
switched off by HOLDBOOK_CACHE=off. Whatever goes wrong with it, the book is read from its text.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from holdbook.reader.folder import TextFile

_KEPT = 32
_FORMAT = "2"
_SUM = 20
_SWITCH = "HOLDBOOK_CACHE"


def fingerprint(files: Iterable[TextFile], folder: str) -> str:
    """Stands for the text of some files, read by this version of the program."""
    sums = blake2b(f"{_FORMAT} {sys.version} {_own_age()} {folder}".encode(errors="backslashreplace"), digest_size=20)
    for file in sorted(files, key=lambda file: file.name):
        text = file.text.encode()
        sums.update(f"{file.name}\0{len(text)}\0".encode() + text)
    return sums.hexdigest()


def recall(key: str) -> Any:
    """What was remembered under a key; None if nothing was, or it cannot be read."""
    place = _place()
    if place is None:
        return None
    try:
        with open(os.path.join(place, key), "rb") as file:
            data = file.read()
        if blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
            return None
        return pickle.loads(data[_SUM:])  # noqa: S301 - our own file, whole, in a folder that the user alone can write
    except Exception:  # noqa: BLE001 - whatever is wrong with a memory, the text is still there
        return None


def remember(key: str, value: object) -> None:
    """Keep something under a key, whole or not at all; the oldest of many is forgotten."""
    import tempfile  # only who writes pays for it

    place = _place()
    if place is None:
        return
    try:
        os.makedirs(place, mode=0o700, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place)
        data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(handle, "wb") as file:
            file.write(blake2b(data, digest_size=_SUM).digest() + data)
        os.replace(beside, os.path.join(place, key))
        for name in sorted(os.listdir(place), key=lambda name: os.path.getmtime(os.path.join(place, name)))[:-_KEPT]:
            os.unlink(os.path.join(place, name))
    except (OSError, RecursionError):
        return


def _place() -> str | None:
    if os.environ.get(_SWITCH, "") in ("off", "0", "no"):
        return None
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    place = os.path.join(home, "holdbook")
    if not os.path.isabs(home) or (os.path.exists(place) and not _is_ours(place)):
        return None
    return place


def _is_ours(place: str) -> bool:
    """Whether nobody but the user can write there."""
    if not hasattr(os, "getuid"):
        return True
    status = os.stat(place)
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _own_age() -> str:
    """Changes whenever the program's own text does."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    newest = 0
    for room in ("dates.py", "model", "quantity", "reader", "timeline", "valuation", "measures", "checks"):
        path = os.path.join(root, room)
        names = [path] if path.endswith(".py") else [os.path.join(path, name) for name in os.listdir(path) if name.endswith(".py")]
        newest = max(newest, *(os.stat(name).st_mtime_ns for name in names))
    return str(newest)
