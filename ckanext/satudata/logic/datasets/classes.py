"""The access class of a dataset as its own row says it; that of a release stands on the release."""

from __future__ import annotations

from ckan import model

from ckanext.satudata.metadata.rules import CLOSED


def class_of(package: model.Package) -> str:
    """`terbuka`, `terbatas`, `tertutup`, or "" while nobody has said it."""
    return str((package.extras or {}).get("access_class") or "")


def is_closed(package: model.Package) -> bool:
    """Whether a dataset is never listed: it stands in no index, and no search finds it."""
    return class_of(package) == CLOSED
