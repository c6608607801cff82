"""Speed is measured in bench/; on a busy machine a test must not fail for being slow."""

from __future__ import annotations

import pytest
from hypothesis import settings

LONGEST_BYTES = 40
"""Such bytes still stand in the name of a test."""

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Two processes name a test alike: a file that was made for it bears the time of its making."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES else None
