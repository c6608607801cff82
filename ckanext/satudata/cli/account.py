"""Accounts on the command line: locks, and second factors that were lost."""

from __future__ import annotations

import click
from ckan.plugins import toolkit as tk

from ckanext.satudata.cli import options
from ckanext.satudata.cli.asking import ask, in_the_portal
from ckanext.satudata.cli.lines import one_line, table


@click.group(short_help="Lift locks, reset second factors.")
def account() -> None:
    """Help people who cannot log in; asked for permission as on the pages."""


@account.command("unlock", short_help="Lift the lock of an account.")
@click.argument("name")
@options.user
@in_the_portal
def unlock(name: str, user: str) -> None:
    """End the lock of account NAME that came from too many attempts."""
    answer = ask(user, "satudata_login_unlock", account=name)
    words = (
        tk._("{person} can log in again.") if answer["lifted"] else tk._("{person} was not locked.")
    )
    click.echo(one_line(words.format(person=answer["user"]["display_name"])))


@account.command("resets", short_help="Resets that wait for a second person.")
@options.user
@in_the_portal
def resets(user: str) -> None:
    """Resets of second factors that wait to be confirmed."""
    rows = [
        (one["id"], one["user"]["name"], one["asked_by"]["name"], one["asked_at"], one["reason"])
        for one in ask(user, "satudata_factor_reset_list")
    ]
    headings = (tk._("Id"), tk._("Account"), tk._("Asked by"), tk._("When"), tk._("Reason"))
    click.echo(table(headings, rows))


@account.command("reset-ask", short_help="Ask for the reset of a second factor.")
@click.argument("name")
@options.user
@click.option("--reason", required=True, help="What was lost, and how the person was recognized.")
@in_the_portal
def reset_ask(name: str, user: str, reason: str) -> None:
    """Ask that the second factor of account NAME be taken away; another person confirms."""
    answer = ask(user, "satudata_factor_reset_ask", account=name, reason=reason)
    click.echo(one_line(answer["id"]))
    click.echo(tk._("Asked for. Another person has to confirm it now."), err=True)


@account.command("reset-confirm", short_help="Confirm the reset of a second factor.")
@click.argument("reset_id", metavar="ID")
@options.user
@in_the_portal
def reset_confirm(reset_id: str, user: str) -> None:
    """Confirm reset ID, which another person asked for."""
    answer = ask(user, "satudata_factor_reset_confirm", id=reset_id)
    words = tk._("The second factor of {person} is gone. A new one is set up at the next login.")
    click.echo(one_line(words.format(person=answer["user"]["display_name"])))
