"""What happened in a case, as it is stored: kinds, events, and the name of a visit.

Events say explicitly which visits they close and open and where datasets wait, so that nothing
needs the SOP file to be read again and nothing changes when one is edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class Kind(str, Enum):
    """What happened; the value is stored and never reused for something else."""

    CASE_OPENED = "case_opened"
    CONTENT_CHANGED = "content_changed"
    STEP_ENDED = "step_ended"
    STEP_CONFIRMED = "step_confirmed"
    STEP_DECIDED = "step_decided"
    ITEM_WORKED = "item_worked"
    RELEASE_MADE = "release_made"
    RELEASE_SHOWN = "release_shown"
    RELEASE_SCHEDULED = "release_scheduled"
    RELEASE_MOVED = "release_moved"
    RELEASE_CALLED_OFF = "release_called_off"
    RELEASE_HELD = "release_held"
    COPY_REBASED = "copy_rebased"
    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    HANDED_BACK = "handed_back"
    APPROVED = "approved"
    PAUSED = "paused"
    RESUMED = "resumed"
    COMMENTED = "commented"
    ITEM_ADDED = "item_added"
    ITEM_DROPPED = "item_dropped"
    REQUEST_FULFILLED = "request_fulfilled"
    CLOSING_SET = "closing_set"
    WENT_ON = "went_on"
    HANDED_OVER = "handed_over"
    LINK_MADE = "link_made"
    LINK_OPENED = "link_opened"
    LINK_DOWNLOADED = "link_downloaded"
    LINK_WITHDRAWN = "link_withdrawn"
    REVISION_CHANGED = "revision_changed"
    CASE_CANCELLED = "case_cancelled"


@dataclass(frozen=True)
class Event:
    """One thing that happened. `sequence` counts from 1 in its case; `actor` is a user id.

    Who acts by a link without an account is `link:<id of the link>`.
    """

    sequence: int
    kind: Kind
    actor: str
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class VisitKey:
    """Names a visit: which dataset (None: a list), which step, and the how-manieth time."""

    item: str | None
    step: int
    number: int

    def as_dict(self) -> dict[str, Any]:
        return {"item": self.item, "step": self.step, "number": self.number}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> VisitKey:
        return cls(values["item"], values["step"], values["number"])
