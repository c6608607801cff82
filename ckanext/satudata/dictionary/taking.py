"""What is taken over from another kamus data: of the last release, or of another dataset.

Columns are matched by their names: first to the letter, then without regard to case, blanks and
signs where that leaves no choice. Which columns there are, and their order, is what the file says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.satudata.dictionary.properties import BY_NAME
from ckanext.satudata.dictionary.table import Column, Dictionary

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Taken:
    """`dictionary`: the columns of the file with what was taken over.

    `matched`: name in the file -> name in the former one; `respelled`: those of them that are not
    the same to the letter. `new`: only in the file; `vanished`: only in the former one.
    """

    dictionary: Dictionary
    matched: Mapping[str, str]
    respelled: Mapping[str, str]
    new: tuple[str, ...]
    vanished: tuple[str, ...]


def take_over(current: Dictionary, former: Dictionary, *, keep: bool = False) -> Taken:
    """The columns of `current` with what `former` says of them.

    What was released before holds: type, separators and constraints come along, so that a file
    that is written in another way than before is found out. With `keep` nothing that `current`
    says is changed, and only its empty properties are filled: it was typed by somebody.
    """
    matched = _matched(current, former)
    columns = tuple(
        _merged(one, former.column(matched[one.name]), keep) if one.name in matched else one
        for one in current.columns
    )
    others = _others(current, former, {there: here for here, there in matched.items()}, keep)
    found = set(matched.values())
    return Taken(
        Dictionary(columns, others),
        matched,
        {here: there for here, there in matched.items() if here != there},
        tuple(name for name in current.names if name not in matched),
        tuple(name for name in former.names if name not in found),
    )


def _matched(current: Dictionary, former: Dictionary) -> dict[str, str]:
    """Name here -> name there."""
    there = set(former.names)
    found = {name: name for name in current.names if name in there}
    left_here = _by_plain(name for name in current.names if name not in found)
    left_there = _by_plain(there - found.keys())
    for plain, names in left_here.items():
        others = left_there.get(plain, [])
        if plain and len(names) == len(others) == 1:
            found[names[0]] = others[0]
    return found


def _by_plain(names: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(_SIGNS.sub(" ", name).strip().casefold(), []).append(name)
    return found


def _merged(column: Column, former: Column | None, keep: bool) -> Column:
    if former is None:
        return column
    name = {"name": column.name}
    if keep:
        words = {key: value for key, value in former.values.items() if key in BY_NAME}
        return Column({**words, **column.values})
    kept = {key: value for key, value in column.values.items() if key in BY_NAME}
    return Column({**kept, **former.values, **name})


def _others(
    current: Dictionary, former: Dictionary, renamed: Mapping[str, str], keep: bool
) -> dict[str, Any]:
    """What is said of the table; keys go where one of their columns is gone."""
    told = dict(former.others)
    if "primaryKey" in told:
        names = _all_renamed(told.pop("primaryKey"), renamed)
        told |= {"primaryKey": names} if names else {}
    foreign = [_renamed_reference(one, renamed) for one in told.pop("foreignKeys", [])]
    kept = [one for one in foreign if one]
    told |= {"foreignKeys": kept} if kept else {}
    both = [told, current.others] if keep else [current.others, told]
    merged = {**both[0], **both[1]}
    signs = {*current.others.get("missingValues", []), *told.get("missingValues", [])}
    return {**merged, "missingValues": sorted(signs)} if signs else merged


def _all_renamed(names: Any, renamed: Mapping[str, str]) -> list[str]:
    listed = [names] if isinstance(names, str) else names
    return [renamed[one] for one in listed] if all(one in renamed for one in listed) else []


def _renamed_reference(key: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any] | None:
    fields = _all_renamed(key["fields"], renamed)
    reference = dict(key["reference"])
    if not reference.get("resource"):  # the table itself
        reference["fields"] = _all_renamed(reference["fields"], renamed)
    return (
        {**key, "fields": fields, "reference": reference}
        if fields and reference["fields"]
        else None
    )
