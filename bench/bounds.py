"""Figures beside the bounds that they must keep."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure; without a bound it is told and not judged."""

    name: str
    value: float
    unit: str = ""
    bound: float | None = None
    """What it may be at most."""
    least: float | None = None
    """What it must be at least."""

    @property
    def kept(self) -> bool:
        under = self.bound is None or self.value <= self.bound
        return under and (self.least is None or self.value >= self.least)

    @property
    def judged(self) -> bool:
        return self.bound is not None or self.least is not None

    @property
    def told_bound(self) -> str:
        told = [
            f"{sign}{one:g}"
            for sign, one in (("", self.bound), ("≥", self.least))
            if one is not None
        ]
        return " ".join(told) or "-"


def report(figures: Iterable[Figure]) -> int:
    """Print every figure with its bound; 1 when a bound is missed, else 0."""
    figures = list(figures)
    width = max(len(one.name) for one in figures)
    print(f"{'':{width}}{'figure':>12}{'bound':>10}")
    for one in figures:
        told = f"{one.name:{width}}{one.value:12.2f}{one.told_bound:>10} {one.unit}"
        print(told if one.kept else f"{told}  MISSED")
    missed = sum(not one.kept for one in figures)
    print(f"{missed} of {sum(one.judged for one in figures)} bounds missed.")
    return 1 if missed else 0


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


def growth(times: Mapping[int, Sequence[float]]) -> float:
    """The exponent k of `time ~ size ** k`, fitted through the median time at each size."""
    sizes = [math.log(size) for size in times]
    medians = [math.log(statistics.median(values)) for values in times.values()]
    return statistics.linear_regression(sizes, medians).slope
