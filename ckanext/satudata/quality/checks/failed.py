"""Formulas that failed."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import ROLES, Check, Facts
from ckanext.satudata.quality.checks.cells import FAULT, TEXT
from ckanext.satudata.quality.checks.said import GALAT, Words
from ckanext.satudata.quality.fast.kernels import pc


class Fault(Check):
    """A formula without a value, as spreadsheet programs show it."""

    code = "cell_fault"
    severity = GALAT
    title = ("rumus yang gagal", "formulas that failed")
    words = Words(
        (
            "{count} sel memuat rumus yang gagal, pertama {cell} ({example}).",
            "{count} cells hold a formula that failed, first {cell} ({example}).",
        ),
        (
            "Perbaiki rumusnya, atau tulis nilainya; bila tidak ada datanya, kosongkan.",
            "Mend the formula, or write the value; leave the cell empty where there is none.",
        ),
    )
    roles = ROLES
    kinds = (TEXT, FAULT)
    true = ("#REF!", "12", "#DIV/0!")
    false = ("12", "13", "#1")
    faults: ClassVar = frozenset(
        ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA")
    )

    def label(self, text: str, kind: int, facts: Facts) -> int:
        return int(kind == FAULT or text in self.faults)

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        if kind == FAULT:
            return np.ones(len(array), np.int16)
        found = pc.is_in(array, pa.array(sorted(self.faults), pa.string()))
        return found.to_numpy(zero_copy_only=False).astype(np.int16)
