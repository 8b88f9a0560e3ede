"""Data that others made and that may not stand in the project: it lies beside the checkout, at ../shared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def outside(*parts: str) -> Path:
    """A file or folder of it. Where it is absent the test is skipped, but in CI it fails: an oracle must not vanish unseen."""
    path = _SHARED.joinpath(*parts)
    if not path.exists():
        absent = f"{path.name} is not beside this checkout, so nothing can be compared with it"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    return path
