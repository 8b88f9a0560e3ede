"""The walk of many paths by the compiled kernel, where the installation has one."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Any

import numpy as np

from holdbook.numerics.elementary import Precision
from holdbook.numerics.tables import Tables
from holdbook.numerics.tally import Grid, Tally

LANES = 128
"""Paths that the kernel walks side by side."""
_ROOM = os.path.dirname(__file__)
_SIZES = ("steps", "held", "factors", "jumps", "debts", "loans", "conditions", "places", "limits", "degrees", "remembered")
_NUMBERS = ("refinanced", "refinanced_up_to", "cash", "owed", "lines", "reduced_above", "reduced_to", "anew")
_ARRAYS = (
    "value", "drift", "loading", "own", "past", "jump_below", "jump_mean", "jump_deviation", "jump_part", "every", "income", "comes", "goes", "owes",
    "invested", "if_chance", "if_amount", "if_step", "if_holding", "debt", "repaid_in", "coupon", "loan", "pledged", "interest", "called_at",
    "cured_to", "recourse", "floor", "order", "kept", "most", "impact", "limited", "bound", "below", "low", "per_unit",
)  # fmt: skip
_COUNTS = ("bins", "breached", "first", "called", "sold", "drawn", "drivers", "least", "most")


class _Plan(ctypes.Structure):
    _fields_ = (
        [(name, ctypes.c_int64) for name in _SIZES]
        + [(name, ctypes.c_double) for name in _NUMBERS]
        + [(name, ctypes.c_void_p) for name in _ARRAYS]
    )


class _Counts(ctypes.Structure):
    _fields_ = [*((name, ctypes.c_void_p) for name in _COUNTS), ("worst", ctypes.c_double), ("worst_path", ctypes.c_int64)]


@cache
def kernel(precision: Precision = "float64") -> Any:
    """The library, or None where the installation had no compiler or the library cannot be loaded here."""
    made = os.path.join(_ROOM, f"kernel_{precision}.so")
    if not os.path.exists(made):
        return None
    try:
        library = ctypes.CDLL(made)
        walk, draw = library.holdbook_walk, library.holdbook_draw
    except (OSError, AttributeError):
        return None
    walk.argtypes = [ctypes.POINTER(_Plan), ctypes.POINTER(_Counts), *[ctypes.c_uint64] * 3]
    draw.argtypes = [ctypes.POINTER(_Plan), *[ctypes.c_uint64] * 3]
    walk.restype, draw.restype = ctypes.c_int, ctypes.c_double
    return library


def run(of: Tables, grid: Grid, seed: int, first: int, count: int, tally: Tally) -> None:
    """Walk the paths from `first` on, `count` of them, and add them to the tally; other threads run meanwhile.

    It computes in the precision of the tables.

    Raises:
        MemoryError: there is no room for one block.
    """
    plan = _plan(of, grid)
    counts = _Counts(*(getattr(tally, name).ctypes.data for name in _COUNTS), -1.0, -1)
    if kernel(of.precision).holdbook_walk(plan, counts, seed, first, count):
        raise MemoryError("no room for a block of paths")
    tally.paths += count
    tally.consider(counts.worst, counts.worst_path)


def draw(of: Tables, grid: Grid, seed: int, first: int, count: int) -> float:
    """Draw what that walk would draw, and nothing else: for measuring."""
    return float(kernel(of.precision).holdbook_draw(_plan(of, grid), seed, first, count))


def _plan(of: Tables, grid: Grid) -> _Plan:
    sizes = {
        "steps": of.steps, "held": len(of.value), "factors": of.loading.shape[1], "jumps": len(of.jump_mean), "debts": len(of.debt),
        "loans": len(of.loan), "conditions": len(of.if_chance), "places": len(of.order), "limits": len(of.bound), "degrees": of.degrees, "remembered": len(of.past),
    }  # fmt: skip
    found = {name: getattr(of, name) if name in of._fields else getattr(grid, name).astype(of.precision) for name in _ARRAYS}
    arrays = {name: np.ascontiguousarray(array) for name, array in found.items()}
    plan = _Plan(**sizes, **{name: getattr(of, name) for name in _NUMBERS}, **{name: array.ctypes.data for name, array in arrays.items()})
    plan.held_by = arrays  # the kernel reads them where they are
    return plan
