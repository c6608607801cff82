"""What has become of a request of a list that a form still names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def now_of(case: Mapping[str, Any], item: str) -> str:
    """The id of the data that have taken the place of a request; any other id as it is."""
    given = [one["body"] for one in case["events"] if one["kind"] == "request_fulfilled"]
    return next((one["dataset"] for one in given if one["item"] == item), item)
