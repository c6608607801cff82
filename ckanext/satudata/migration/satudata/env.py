"""Runs the migrations of the tables `satudata_*` for `ckan db upgrade`."""

from __future__ import annotations

from typing import Any

from alembic import context
from ckan.model.meta import metadata
from sqlalchemy import engine_from_config, pool

PREFIX = "satudata"


def _ours(_object: Any, name: str, kind: str, *_more: Any) -> bool:
    return kind != "table" or name.startswith(PREFIX)


def _run() -> None:
    with context.begin_transaction():
        context.run_migrations()


def _options() -> dict[str, Any]:
    return {
        "target_metadata": metadata,
        "version_table": f"{PREFIX}_alembic_version",
        "include_object": _ours,
    }


if context.is_offline_mode():
    url = context.config.get_main_option("sqlalchemy.url")
    context.configure(url=url, literal_binds=True, **_options())
    _run()
else:
    section = context.config.get_section(context.config.config_ini_section) or {}
    engine = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, **_options())
        _run()
