"""Search, told in the commit: what is not committed is never found."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.satudata.model import outbox


def datasets(dataset_ids: Iterable[str]) -> None:
    """Have datasets indexed anew once the caller has committed."""
    for dataset_id in dataset_ids:
        outbox.note(outbox.DATASET, dataset_id)
