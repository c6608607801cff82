"""`ckan satudata duties`: what the portal does by itself, when it did, and when it does again."""

from __future__ import annotations

from datetime import datetime, timezone

import click
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata import config
from ckanext.satudata.cli.asking import WRONG_USE, fail, in_the_portal
from ckanext.satudata.cli.lines import one_line, table
from ckanext.satudata.cli.upkeep import end
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.duties import doing
from ckanext.satudata.logic.duties.table import DUTIES
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.model import duties as rows


@click.command(short_help="Say what the portal does by itself, and when.")
@click.option("--run", "name", metavar="NAME", help="Do this duty now, due or not.")
@in_the_portal
def duties(name: str | None) -> None:
    """List the duties that the dispatcher does by itself, with their last run and their next one;
    exit 1 where one failed."""
    if name is not None:
        _run(name)
    known = {row.name: row for row in rows.rows()}
    model.Session.rollback()
    headings = (tk._("Duty"), tk._("What"), tk._("Last done"), tk._("Pieces"), tk._("Next"))
    click.echo(table(headings, [_cells(one.name, one.title, known) for one in DUTIES]))
    failed = [row for row in known.values() if row.error]
    for row in failed:
        click.echo(one_line(f"{row.name}: {row.error}"), err=True)
    end(found=bool(failed))


def _run(name: str) -> None:
    if name not in {one.name for one in DUTIES}:
        names = ", ".join(one.name for one in DUTIES)
        fail(
            WRONG_USE, "duty_unknown", tk._("There are these duties: {names}.").format(names=names)
        )
    doing.now(dispatch.new_name(), name)


def _cells(name: str, title: str, known: dict[str, rows.DutyRow]) -> tuple[str, ...]:
    row = known.get(name)
    if row is None:
        return name, tk._(title), tk._("never"), "", tk._("as soon as the dispatcher runs")
    done = wording.number(row.done) if row.done is not None else ""
    return name, tk._(title), _time(row.ended_at), done, _time(row.next_at)


def _time(at: datetime | None) -> str:
    """A time in the zone of the office."""
    if at is None:
        return tk._("never")
    here = at.replace(tzinfo=timezone.utc).astimezone(config.display_zone())
    return here.strftime("%Y-%m-%d %H:%M %Z")
