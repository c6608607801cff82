"""Look, and make what is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from demo.faults import Refusal

Found = TypeVar("Found")


def ensure(look: Callable[[], Found | None], make: Callable[[], Any]) -> Found:
    """What `look` finds, after `make` if it found nothing.

    A run that was killed may have left a request on its way, which is done in the moment between
    look and make; so a refusal to make is looked after once more before it counts.
    """
    found = look()
    if found is not None:
        return found
    try:
        make()
    except Refusal:
        found = look()
        if found is None:
            raise
        return found
    found = look()
    if found is None:
        raise LookupError("made, and not there")
    return found


def shown(visitor: Any, action: str, **values: Any) -> Any | None:
    """The result of a `_show` action; None when there is nothing of that name."""
    try:
        return visitor.action(action, **values)
    except Refusal as refusal:
        if refusal.status == 404:
            return None
        raise
