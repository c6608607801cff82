"""The one table of all checks: it feeds the command's list, the documentation and the tests."""

from __future__ import annotations

from ckanext.satudata.quality.checks.base import Check
from ckanext.satudata.quality.checks.codes import CODE_CHECKS
from ckanext.satudata.quality.checks.dates import DATE_CHECKS
from ckanext.satudata.quality.checks.failed import Fault
from ckanext.satudata.quality.checks.marks import MARK_CHECKS
from ckanext.satudata.quality.checks.numbers import NUMBER_CHECKS
from ckanext.satudata.quality.checks.periods import PERIOD_CHECKS
from ckanext.satudata.quality.checks.regions import REGION_CHECKS
from ckanext.satudata.quality.checks.releases import RELEASE_CHECKS, ReleaseCheck
from ckanext.satudata.quality.checks.rows import ROW_CHECKS
from ckanext.satudata.quality.checks.sheets import LAYOUT_CHECKS, SheetCheck
from ckanext.satudata.quality.checks.sums import SUM_CHECKS

CELL_CHECKS: tuple[Check, ...] = (
    *NUMBER_CHECKS,
    Fault(),
    *DATE_CHECKS,
    *MARK_CHECKS,
    *CODE_CHECKS,
    *REGION_CHECKS,
    *ROW_CHECKS,
)
SHEET_CHECKS: tuple[SheetCheck, ...] = (*LAYOUT_CHECKS, *SUM_CHECKS, *PERIOD_CHECKS)
CHECKS: tuple[Check | SheetCheck | ReleaseCheck, ...] = (
    *CELL_CHECKS,
    *SHEET_CHECKS,
    *RELEASE_CHECKS,
)
CODES: dict[str, Check | SheetCheck | ReleaseCheck] = {one.code: one for one in CHECKS}
