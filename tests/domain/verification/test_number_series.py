"""Repeated and missing numbers."""

import pytest

from domain.verification.rules import gaps, repeated


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([], []),
        (["J-1"], []),
        (["J-3", "J-1", "J-2"], []),
        (["J-00009", "J-00010", "J-00013"], [(11, 12)]),
        (["J-1", "J-3", "X-2", "J-2a", "2", "J-7"], [(2, 2), (4, 6)]),
    ],
)
def test_gaps(numbers, missing):
    assert gaps(numbers, "J-") == missing


def test_repeated():
    assert repeated(["J-1", "J-2", "J-1", "K"]) == ["J-1"]
