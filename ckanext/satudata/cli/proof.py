"""Proof on the command line: the tables it is kept in."""

from __future__ import annotations

import click
from ckan.plugins import toolkit as tk
from sqlalchemy.engine import make_url

from ckanext.satudata.model import proof_tables


@click.command("proof-tables", short_help="Print the SQL that makes the tables of proof.")
@click.option("--owner", default=proof_tables.OWNER, show_default=True, metavar="ROLE")
def proof_tables_command(owner: str) -> None:
    """Print the SQL that makes the tables of proof, for a superuser's psql; changes nothing."""
    url = make_url(tk.config["sqlalchemy.url"])
    try:
        sql = proof_tables.statements(url.database or "", url.username or "", owner)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(sql)
