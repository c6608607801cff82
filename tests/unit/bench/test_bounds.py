"""What a bench says of its figures."""

from __future__ import annotations

import pytest

from bench.bounds import Figure, growth, p95, report


def test_a_bound_that_is_kept_exactly_is_kept():
    assert report([Figure("waktu", 50.0, "ms", 50.0)]) == 0


def test_one_missed_bound_fails_the_bench():
    assert report([Figure("waktu", 50.1, "ms", 50.0), Figure("tumbuh", 0.1, "", 0.2)]) == 1


def test_a_figure_without_a_bound_is_told_and_not_judged(capsys):
    assert report([Figure("kasus", 1e9)]) == 0
    assert "kasus" in capsys.readouterr().out


def test_a_missed_bound_says_so_in_its_line(capsys):
    report([Figure("waktu", 50.1, "ms", 50.0), Figure("tumbuh", 0.1, "", 0.2)])
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("MISSED") for line in lines if line.startswith(("waktu", "tumbuh"))] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("values", "found"), [([7.0], 7.0), (list(range(1, 101)), 95), (list(range(20, 0, -1)), 19)]
)
def test_p95_is_the_value_that_ninety_five_of_a_hundred_do_not_exceed(values, found):
    assert p95(values) == found


@pytest.mark.parametrize("exponent", [0.0, 0.2, 1.0])
def test_growth_is_the_exponent_of_size(exponent):
    times = {size: [3 * size**exponent] * 3 for size in (1_000, 10_000, 100_000)}
    assert growth(times) == pytest.approx(exponent)


def test_growth_goes_by_the_middle_so_that_one_slow_call_does_not_count():
    assert growth({1_000: [5, 5, 5], 100_000: [5, 5, 900]}) == pytest.approx(0)
