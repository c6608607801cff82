"""The office of the rows: the same for each of them."""

from __future__ import annotations

import pytest
from ckan.tests.helpers import CKANTestApp

from tests.integration.bypass.public import Public


@pytest.fixture
def public(app: CKANTestApp) -> Public:
    """Somebody without an account."""
    return Public(app)
