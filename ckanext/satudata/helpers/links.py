"""Template helper for links: which were made for a visit, and for whom one can be made."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.links import links
from ckanext.satudata.logic.notices import channels


def satudata_links(case: dict[str, Any], visit: dict[str, Any]) -> dict[str, Any]:
    """`made`: the links of an open visit, the newest first; `actors`: (key, name) of outsiders;
    `mails`: whether the portal can send one.

    Asked where the reader may make one; who may not gets nothing.
    """
    key = {name: visit[name] for name in ("item", "step", "number")}
    try:
        asked = tk.get_action("satudata_link_list")({"user": current_user.name}, {"id": case["id"]})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {"made": [], "actors": [], "mails": False}
    made = [one for one in asked if {name: one[name] for name in key} == key]
    actors = links.outsiders(case["id"], visit["step"])
    return {"made": made, "actors": actors, "mails": channels.any_there()}
