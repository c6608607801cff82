"""The helpers assert too; a failure of theirs says what was compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.counted import counting

for name in ("walk", "ended", "lists", "datasets"):
    pytest.register_assert_rewrite(f"tests.integration.five_sops.{name}")


@pytest.fixture(autouse=True)
def _counted(with_plugins: None, clean_db: None) -> Iterator[None]:
    """Every act of every walk is one commit; of an act over a list also each of its datasets."""
    with counting("act") as ledger:
        yield
    assert ledger.surprises() == {}
    assert [name for name, came in ledger.refused if "C" in came] == []
