"""The triggers by which the database itself refuses, and how each is to be switched on.

The portal's own role owns most of the tables, so whoever has its password can switch them off.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import PROOF_SCHEMA

ORIGIN, ALWAYS = "O", "A"
"""How PostgreSQL writes that a trigger fires: not for a replica, or always."""

_ON = {ORIGIN: "ENABLE", ALWAYS: "ENABLE ALWAYS"}
_OURS = {
    ORIGIN: {
        "package": ("note_dataset", "wall"),
        "package_tag": ("no_truncate", "stays", "wall"),
        "resource": ("no_truncate", "stays", "wall"),
        "satudata_clock": ("clock_kept",),
        "satudata_dictionary_version": ("kept", "no_truncate"),
        "satudata_release": ("kept", "no_truncate", "release_proven"),
        "satudata_release_file": ("kept", "no_truncate"),
        "satudata_resource_file": ("no_truncate", "stays", "wall"),
        "satudata_resource_table": ("no_truncate", "stays", "wall"),
        "tag": ("kept",),
    },
    ALWAYS: {
        "satudata_adoption": ("adoption_no_delete", "adoption_no_truncate", "adoption_only_ended"),
        "satudata_release_table": ("release_table_no_truncate", "release_table_write_once"),
        "satudata_sop": ("sop_no_truncate", "sop_write_once"),
    },
}
_PROOF = ("event", "head", "head_end")

GUARDS: dict[tuple[str, str, str], str] = {
    ("public", table, f"satudata_{name}"): mode
    for mode, tables in _OURS.items()
    for table, names in tables.items()
    for name in names
} | {
    (PROOF_SCHEMA, f"satudata_{table}", f"satudata_{table}_{name}"): ALWAYS
    for table in _PROOF
    for name in ("no_truncate", "write_once")
}
"""Schema, table and name of a trigger -> how it fires."""

_STANDING = sa.text("""
    SELECT n.nspname, c.relname, t.tgname, t.tgenabled::text FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND t.tgname LIKE 'satudata%' AND n.nspname = ANY(:schemas)
""")


def standing() -> dict[tuple[str, str, str], str]:
    """The triggers that are there, and how each fires now."""
    rows = model.Session.execute(_STANDING, {"schemas": ["public", PROOF_SCHEMA]})
    return {(schema, table, name): mode for schema, table, name, mode in rows}


def breaches() -> Iterator[tuple[tuple[str, str, str], bool]]:
    """Each trigger that does not fire as it should, and whether it is there at all."""
    found = standing()
    for guard, mode in GUARDS.items():
        if found.get(guard) != mode:
            yield guard, guard in found


def switch_on(guard: tuple[str, str, str]) -> None:
    """Have a trigger of the portal's own tables fire again."""
    schema, table, name = guard
    how = _ON[GUARDS[guard]]
    model.Session.execute(sa.text(f'ALTER TABLE "{schema}"."{table}" {how} TRIGGER "{name}"'))
