"""The walk of many paths by the compiled kernel, where the installation has one."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

from holdbook.numerics.elementary import Precision
from holdbook.numerics.tables import Tables
from holdbook.numerics.tally import Grid, Tally

Walker = Callable[[int, int], None]
LANES = 128
"""Paths that the kernel walks side by side."""
_ROOM = os.path.dirname(__file__)
_SIZES = ("steps", "held", "factors", "jumps", "debts", "loans", "conditions", "places", "limits", "degrees", "remembered")
_NUMBERS = ("refinanced", "refinanced_up_to", "cash", "owed", "lines", "reduced_above", "reduced_to", "anew")
_ARRAYS = (
    "value", "drift", "loading", "own", "past", "jump_below", "jump_mean", "jump_deviation", "jump_part", "every", "income", "comes", "goes", "owes",
    "invested", "if_chance", "if_draw", "if_amount", "if_step", "if_holding", "debt", "repaid_in", "coupon", "loan", "pledged", "interest", "called_at",
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
    """The library, or None where the installation had no compiler, or the library cannot be loaded here or is of another version."""
    made = os.path.join(_ROOM, f"kernel_{precision}.so")
    if not os.path.exists(made):
        return None
    try:
        library = ctypes.CDLL(made)
        room, walk, settle, leave, draw = (getattr(library, f"holdbook_{name}") for name in ("room", "walk", "settle", "leave", "draw"))
        library.holdbook_size.restype = ctypes.c_uint64
        if library.holdbook_size() != ctypes.sizeof(_Plan) + ctypes.sizeof(_Counts):
            return None
    except (OSError, AttributeError):
        return None
    plan, counts, place, numbers = ctypes.POINTER(_Plan), ctypes.POINTER(_Counts), ctypes.c_void_p, [ctypes.c_uint64] * 3
    room.argtypes, leave.argtypes, settle.argtypes = [plan], [place], [plan, place, counts]
    walk.argtypes, draw.argtypes = [plan, place, counts, *numbers], [plan, place, *numbers]
    room.restype, draw.restype = place, ctypes.c_double
    walk.restype = settle.restype = leave.restype = None
    return library


@contextmanager
def walker(of: Tables, grid: Grid, seed: int, tally: Tally) -> Iterator[Walker]:
    """What walks the paths from a first one on, so many, in the precision of the tables; other threads run meanwhile.

    At its end, and not before, the tally has them all: one room is used again and again, and added up once.

    Raises:
        MemoryError: there is no room for one block.
    """
    plan, library = _plan(of, grid), kernel(of.precision)
    counts = _Counts(*(getattr(tally, name).ctypes.data for name in _COUNTS), -1.0, -1)
    with _room(library, plan) as room:

        def walk(first: int, count: int) -> None:
            library.holdbook_walk(plan, room, counts, seed, first, count)
            tally.paths += count

        yield walk
        library.holdbook_settle(plan, room, counts)
        tally.consider(counts.worst, counts.worst_path)


def run(of: Tables, grid: Grid, seed: int, first: int, count: int, tally: Tally) -> None:
    """Walk the paths from `first` on, `count` of them, and add them to the tally.

    Raises:
        MemoryError: there is no room for one block.
    """
    with walker(of, grid, seed, tally) as walk:
        walk(first, count)


def draw(of: Tables, grid: Grid, seed: int, first: int, count: int) -> float:
    """Draw what that walk would draw, and nothing else: for measuring."""
    plan, library = _plan(of, grid), kernel(of.precision)
    with _room(library, plan) as room:
        return float(library.holdbook_draw(plan, room, seed, first, count))


@contextmanager
def _room(library: Any, plan: _Plan) -> Iterator[int]:
    room = library.holdbook_room(plan)
    if not room:
        raise MemoryError("no room for a block of paths")
    try:
        yield room
    finally:
        library.holdbook_leave(room)


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
