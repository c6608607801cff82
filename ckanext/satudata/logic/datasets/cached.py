"""When `package_show` may answer with the copy that Solr keeps of a dataset."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import has_request_context

from ckanext.satudata.model import outbox


def may_answer(context: Context, reference: str) -> bool:
    """Only to somebody who reads, and while the index knows of every change of the dataset.

    Whoever writes waits for no Solr, and must see the rows themselves.
    """
    return not _writes(context) and not outbox.waits_for_dataset(reference)


def _writes(context: Context) -> bool:
    """Core's writing actions show a dataset to themselves `for_update` or with `ignore_auth`;
    a page or the API that was asked to write says so by its method."""
    if context.get("for_update") or context.get("ignore_auth"):
        return True
    if not has_request_context() or tk.request.method in ("GET", "HEAD"):
        return False
    action = (tk.request.view_args or {}).get("logic_function")
    return action is None or not getattr(tk.get_action(action), "side_effect_free", False)
