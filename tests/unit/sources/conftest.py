"""Stand-ins on loopback, and clients that lose their patience quickly and never sleep."""

from __future__ import annotations

import pytest

from tests.standins.server import canaries

canary = pytest.fixture(canaries)
