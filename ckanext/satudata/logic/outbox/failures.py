"""How those who deliver say that something was not delivered."""

from __future__ import annotations

from collections.abc import Mapping


class Away(Exception):
    """A service that does not answer, or refuses whoever asks."""


Failures = Mapping[str, Exception]
"""By key, what kept it from being delivered; the others were."""
