"""Random words from a counter: the same counter and key give the same four words, in any order, on any machine.

Formula:  ten rounds of Philox 4x32
Says so:  Salmon, Moraes, Dror and Shaw 2011, `Parallel random numbers: as easy as 1, 2, 3`
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
_ROUNDS = 10
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_STEPS = (0x9E3779B9, 0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def words(path: NDArray[np.uint64], step: int, stream: int, key: int) -> tuple[Words, Words, Words, Words]:
    """Four words for each path, at a step of one stream. The counter is (path, low and high; step; stream).

    >>> [hex(int(word[0])) for word in words(np.zeros(1, np.uint64), 0, 0, 0)]
    ['0x6627e8d5', '0xe169c58d', '0xbc57ac4c', '0x9b00dbd8']
    """
    first, second = path & _LOW, path >> _HALF
    third, fourth = np.full_like(path, step), np.full_like(path, stream)
    keys = [key & 0xFFFFFFFF, key >> 32 & 0xFFFFFFFF]
    for _ in range(_ROUNDS):
        one, other = first * _MULTIPLIERS[0], third * _MULTIPLIERS[1]
        first, second, third, fourth = (
            (other >> _HALF) ^ second ^ np.uint64(keys[0]), other & _LOW,
            (one >> _HALF) ^ fourth ^ np.uint64(keys[1]), one & _LOW,
        )  # fmt: skip
        keys = [(word + step) & 0xFFFFFFFF for word, step in zip(keys, _STEPS, strict=True)]
    return first.astype(np.uint32), second.astype(np.uint32), third.astype(np.uint32), fourth.astype(np.uint32)
