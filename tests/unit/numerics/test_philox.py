"""Counter-based words against the vectors published with Random123 (its tests/kat_vectors), and the functions made of sums and products."""

import numpy as np
import pytest

from holdbook.numerics.draws import FACTORS, MIXING, conditions, mixing, standard_normals
from holdbook.numerics.elementary import exp, log, normals, sin_cos, uniform
from holdbook.numerics.philox import words

VECTORS = [
    ((0, 0, 0), 0, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF), 0xFFFFFFFFFFFFFFFF, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ((0x85A308D3243F6A88, 0x13198A2E, 0x03707344), 0x299F31D0A4093822, "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_published_vectors(counter, key, expected):
    path, step, stream = counter
    found = words(np.array([path], np.uint64), step, stream, key)
    assert " ".join(f"{int(word[0]):08x}" for word in found) == expected


def test_functions_agree_with_the_library_to_their_last_term():
    word = words(np.arange(50_000, dtype=np.uint64), 0, 0, 1)[0]
    x = uniform(word)
    assert np.abs(log(x) / np.log(x) - 1).max() < 2.0**-44
    y = np.linspace(-50, 50, 10_001)
    assert np.abs(exp(y) / np.exp(y) - 1).max() < 2.0**-44
    sine, cosine = sin_cos(word)
    angle = word * (2 * np.pi / 2**32)
    assert np.abs(sine - np.sin(angle)).max() < 2.0**-44
    assert np.abs(cosine - np.cos(angle)).max() < 2.0**-44


def test_the_ends_of_the_words_have_numbers():
    ends = np.array([0, 2**32 - 1], np.uint32)
    assert 0 < uniform(ends)[0] < uniform(ends)[1] < 1
    for row in normals(ends, ends):
        assert np.isfinite(row).all()


@pytest.mark.parametrize("degrees", [3, 4, 5, 11, 30])
def test_the_mixing_variable_has_the_mean_of_its_inverse_square(degrees):
    """chi square of n has mean n, so (n - 2) / mixing^2 has."""
    mixed = mixing(np.arange(100_000, dtype=np.uint64), 0, degrees, 1)
    chi = (degrees - 2) / mixed**2
    assert abs(chi.mean() - degrees) < 4 * np.sqrt(2 * degrees / 100_000)


def test_a_path_draws_the_same_alone_and_among_others():
    many, one = np.arange(100, dtype=np.uint64), np.array([42], np.uint64)
    assert np.array_equal(standard_normals(many, 3, FACTORS, 5, 9)[:, 42:43], standard_normals(one, 3, FACTORS, 5, 9))
    assert np.array_equal(standard_normals(one, 3, FACTORS, 4, 9), standard_normals(one, 3, FACTORS, 5, 9)[:4])


def test_streams_and_steps_are_apart():
    paths = np.arange(20_000, dtype=np.uint64)
    rows = np.vstack(
        [standard_normals(paths, 0, FACTORS, 4, 1), standard_normals(paths, 1, FACTORS, 4, 1), standard_normals(paths, 0, MIXING, 2, 1)]
    )
    rest = np.corrcoef(rows) - np.eye(len(rows))
    assert np.abs(rest).max() < 4 / np.sqrt(20_000)


def test_a_condition_is_met_as_often_as_it_says():
    met = conditions(np.arange(100_000, dtype=np.uint64), np.array([0.0, 0.3, 1.0]), 1)
    assert met[0].sum() == 0
    assert met[2].all()
    assert abs(met[1].mean() - 0.3) < 4 * np.sqrt(0.21 / 100_000)
