"""Random words from a counter: the same counter and key give the same four words, in any order, on any machine.

Formula:  twenty rounds of Threefry 4x32, of additions, rotations and exclusive ors alone; a part of the key after every fourth
Says so:  Salmon, Moraes, Dror and Shaw 2011, `Parallel random numbers: as easy as 1, 2, 3`
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
_ROUNDS = 20
_TURNS = ((10, 26), (11, 21), (13, 27), (23, 5), (6, 20), (17, 11), (25, 10), (18, 20))
_PARITY = 0x1BD11BDA
_WORD = 0xFFFFFFFF


def words(path: NDArray[np.uint64], step: int, stream: int, key: int) -> tuple[Words, Words, Words, Words]:
    """Four words for each path, at a step of one stream. The counter is (path, low and high; step; stream), the key has up to 128 bits.

    >>> [hex(int(word[0])) for word in words(np.zeros(1, np.uint64), 0, 0, 0)]
    ['0x9c6ca96a', '0xe17eae66', '0xfc10ecd4', '0x5256a7d8']
    """
    low, high = (path & np.uint64(_WORD)).astype(np.uint32), (path >> np.uint64(32)).astype(np.uint32)
    state = [low, high, np.full_like(low, step), np.full_like(low, stream)]
    parts = [key >> shift & _WORD for shift in (0, 32, 64, 96)]
    parts.append(_PARITY ^ parts[0] ^ parts[1] ^ parts[2] ^ parts[3])
    for done in range(_ROUNDS + 1):
        if done % 4 == 0:
            state = [word + np.uint32(_part(parts, done // 4, place)) for place, word in enumerate(state)]
        if done < _ROUNDS:
            one, other = (1, 3) if done % 2 == 0 else (3, 1)
            for into, word, by in ((0, one, _TURNS[done % 8][0]), (2, other, _TURNS[done % 8][1])):
                state[into] = state[into] + state[word]
                state[word] = _turned(state[word], by) ^ state[into]
    return state[0], state[1], state[2], state[3]


def _part(parts: list[int], injection: int, place: int) -> int:
    return parts[(injection + place) % 5] + (injection if place == 3 else 0) & _WORD


def _turned(word: Words, by: int) -> Words:
    return (word << np.uint32(by)) | (word >> np.uint32(32 - by))
