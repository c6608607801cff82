"""The helpers assert too; a failure of theirs says what was compared."""

import pytest

for name in ("walk", "ended", "lists", "datasets"):
    pytest.register_assert_rewrite(f"tests.integration.five_sops.{name}")
