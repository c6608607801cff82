"""`ckan satudata` and what stands below it."""

from __future__ import annotations

import click

from ckanext.satudata.cli.account import account
from ckanext.satudata.cli.audit import audit
from ckanext.satudata.cli.case import case
from ckanext.satudata.cli.duties import duties
from ckanext.satudata.cli.fixity import fixity
from ckanext.satudata.cli.outbox import dispatch, outbox, search_index
from ckanext.satudata.cli.proof import proof_tables_command
from ckanext.satudata.cli.reconcile import reconcile
from ckanext.satudata.cli.upkeep import rebuild, work


@click.group(short_help="Cases of the office's SOPs, and their upkeep.")
def satudata() -> None:
    """Cases of the office's SOPs, and their upkeep."""


satudata.add_command(audit)
satudata.add_command(account)
satudata.add_command(case)
satudata.add_command(proof_tables_command)
satudata.add_command(duties)
satudata.add_command(fixity)
satudata.add_command(dispatch)
satudata.add_command(outbox)
satudata.add_command(rebuild)
satudata.add_command(reconcile)
satudata.add_command(work)


def get_commands() -> list[click.Command]:
    """Every command of ours, for the plugin."""
    return [satudata, search_index()]
