"""`ckan satudata` and what stands below it."""

from __future__ import annotations

import click

from ckanext.satudata.cli.account import account
from ckanext.satudata.cli.case import case
from ckanext.satudata.cli.proof import proof_tables_command
from ckanext.satudata.cli.upkeep import rebuild, verify, work


@click.group(short_help="Cases of the office's SOPs, and their upkeep.")
def satudata() -> None:
    """Cases of the office's SOPs, and their upkeep."""


satudata.add_command(account)
satudata.add_command(case)
satudata.add_command(proof_tables_command)
satudata.add_command(rebuild)
satudata.add_command(verify)
satudata.add_command(work)


def get_commands() -> list[click.Command]:
    """Every command of ours, for the plugin."""
    return [satudata]
