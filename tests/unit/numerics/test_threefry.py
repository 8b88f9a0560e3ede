"""Counter-based words against the vectors published with Random123 (its tests/kat_vectors), and the functions made of sums and products."""

import numpy as np
import pytest

from holdbook.numerics.draws import FACTORS, MIXING, conditions, mixing, standard_normals
from holdbook.numerics.elementary import exp, log, normals, sin_cos, uniform
from holdbook.numerics.threefry import words

VECTORS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000 00000000 00000000", "9c6ca96a e17eae66 fc10ecd4 5256a7d8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff ffffffff ffffffff", "2a881696 57012287 f6c7446e a16a6732"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0 082efa98 ec4e6c89", "59cd1dbb b8879579 86b5d00c ac8b6d84"),
]
PRECISIONS = ["float64", "float32"]


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_published_vectors(counter, key, expected):
    """The lines `threefry4x32 20` of tests/kat_vectors in Random123 by D. E. Shaw Research."""
    low, high, step, stream = (int(word, 16) for word in counter.split())
    whole = sum(int(word, 16) << 32 * place for place, word in enumerate(key.split()))
    found = words(np.array([high << 32 | low], np.uint64), step, stream, whole)
    assert " ".join(f"{int(word[0]):08x}" for word in found) == expected


@pytest.mark.parametrize(("precision", "near"), [("float64", 2.0**-44), ("float32", 2.0**-21)])
def test_functions_agree_with_the_library(precision, near):
    word = words(np.arange(50_000, dtype=np.uint64), 0, 0, 1)[0]
    x = uniform(word, precision)
    assert x.dtype == precision
    exact = np.log(x.astype(np.float64))
    assert np.abs(log(x)[exact != 0] / exact[exact != 0] - 1).max() < near
    for far, times in ((1, 1), (50, 16)):
        y = np.linspace(-far, far, 10_001).astype(precision)
        assert np.abs(exp(y) / np.exp(y.astype(np.float64)) - 1).max() < times * near
    sine, cosine = sin_cos(word, precision)
    angle = word.view(np.int32) * (np.pi / 2**32)
    assert np.abs(sine - np.sin(angle)).max() < near
    assert np.abs(cosine - np.cos(angle)).max() < near


def test_a_normal_in_32_bits_is_the_same_one_rounded():
    one, two, _, _ = words(np.arange(200_000, dtype=np.uint64), 0, 0, 1)
    ends = np.array([0, 1, 2, 2**31 - 1, 2**31, 2**32 - 1], np.uint32)
    for radius, angle in ((one, two), (ends, ends[::-1].copy())):
        for rough, fine in zip(normals(radius, angle, "float32"), normals(radius, angle), strict=True):
            assert np.abs(rough - fine).max() < 1e-3
            assert np.median(np.abs(rough - fine)) < 2e-6


@pytest.mark.parametrize("precision", PRECISIONS)
def test_the_ends_of_the_words_have_numbers(precision):
    ends = np.array([0, 2**31 - 1, 2**31, 2**32 - 1], np.uint32)
    assert 0 < uniform(ends, precision).min() < uniform(ends, precision).max() <= 1
    for row in normals(ends, ends, precision):
        assert np.isfinite(row).all()
        assert np.abs(row).max() < 6.67


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("degrees", [3, 4, 5, 11, 30, 60])
def test_the_mixing_variable_has_the_mean_of_its_inverse_square(degrees, precision):
    """chi square of n has mean n, so (n - 2) / mixing^2 has."""
    mixed = mixing(np.arange(100_000, dtype=np.uint64), 0, degrees, 1, precision).astype(np.float64)
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
    met = conditions(np.arange(100_000, dtype=np.uint64), np.array([0.0, 0.3, 1.0]), [0, 1, 2], 1)
    assert met[0].sum() == 0
    assert met[2].all()
    assert abs(met[1].mean() - 0.3) < 4 * np.sqrt(0.21 / 100_000)


def test_conditions_with_one_number_are_met_together():
    paths = np.arange(10_000, dtype=np.uint64)
    rare, often, other = conditions(paths, np.array([0.2, 0.6, 0.2]), [3, 3, 4], 1)
    assert (often[rare == 1] == 1).all()
    assert 0.1 < other[rare == 1].mean() < 0.3
