"""Read a quantity over many scenarios at once: numpy arrays for some leaves, their printed centres for the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from holdbook.quantity.quantity import Quantity, in_order

Array = NDArray[np.float64]


def arrays(quantity: Quantity, samples: Mapping[str, Array]) -> Array:
    """The quantity for each scenario.

    `samples` maps keys of leaves to arrays of one length. Raises ValueError for a leaf with neither samples nor a printed centre.
    """
    values: dict[bytes, Array] = {}
    for node in in_order(quantity):
        if node.stated is not None:
            values[node.digest] = _leaf(node, samples)
        else:
            values[node.digest] = _apply(node.op, [values[arg.digest] for arg in node.args])
    return values[quantity.digest]


def _leaf(node: Quantity, samples: Mapping[str, Array]) -> Array:
    if node.key in samples:
        return np.asarray(samples[node.key], dtype=np.float64)
    if node.stated is None or node.stated.centre is None:
        raise ValueError(f"{node.title} is not known: give samples for it")
    return np.asarray(float(node.stated.centre))


def _apply(op: str, args: list[Array]) -> Array:
    functions = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "min": np.minimum, "max": np.maximum}
    return reduce(functions[op], args)
