"""Who made or changed a dataset before the case it is in; four eyes hold for them too.

Kept in the dataset's `plugin_data`, which CKAN neither shows nor takes from an ordinary caller.
"""

from __future__ import annotations

from ckan import model

SPACE = "satudata"
KEY = "contributors"


def remember(package: model.Package, user_id: str) -> None:
    """Note that a person wrote a dataset; kept with the write itself."""
    known = contributors(package)
    if user_id in known:
        return
    data = dict(package.plugin_data or {})
    package.plugin_data = {**data, SPACE: {**data.get(SPACE, {}), KEY: sorted(known | {user_id})}}
    model.Session.add(package)
    model.Session.flush()


def contributors(package: model.Package) -> frozenset[str]:
    """User ids of all who wrote a dataset, in an earlier case or in none."""
    space = (package.plugin_data or {}).get(SPACE) or {}
    return frozenset(space.get(KEY) or ())
