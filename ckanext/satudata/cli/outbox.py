"""The outbox on the command line: deliver what waits, say what waits; and core's index commands."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from ckan import model
from ckan.cli.search_index import search_index as core_search_index
from ckan.plugins import toolkit as tk

from ckanext.satudata.cli.asking import in_the_portal
from ckanext.satudata.cli.lines import table
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.outbox import dispatch as dispatching
from ckanext.satudata.logic.outbox import index, serving
from ckanext.satudata.model import outbox as waiting_room

UNDELIVERED = 1
"""Exit code where something could not be delivered, or still waits."""

LOOK_SECONDS = 0.2


@click.command(short_help="Deliver what acts have noted: to search, and to the worker.")
@click.option("--once", is_flag=True, help="Deliver what is due, and end.")
@in_the_portal
def dispatch(once: bool) -> None:
    """Deliver what acts have noted, for ever; with --once what is due now, exit 1 if it failed."""
    if not once:
        stop = serving.Stop()
        stop.listen()
        serving.serve(stop)
        return
    came = dispatching.all_due(dispatching.new_name())
    words = tk._("Delivered: {done}. To be tried again: {failed}.")
    click.echo(words.format(done=came.done, failed=came.failed))
    if came.failed:
        raise click.exceptions.Exit(UNDELIVERED)


@click.command(short_help="Say what waits to be delivered.")
@click.option("--wait", "seconds", type=click.IntRange(0), help="Wait so long until nothing waits.")
@in_the_portal
def outbox(seconds: int | None) -> None:
    """Say what waits to be delivered, by topic; with --wait exit 1 where something still does."""
    rows = _waiting(seconds or 0)
    headings = (tk._("Topic"), tk._("Waiting"), tk._("Failing"), tk._("Oldest, seconds"))
    shown = [(row.topic, row.waiting, row.failing, row.oldest_seconds) for row in rows]
    counted = [(topic, *map(wording.number, numbers)) for topic, *numbers in shown]
    click.echo(table(headings, counted) if counted else tk._("Nothing waits."))
    if rows and seconds is not None:
        raise click.exceptions.Exit(UNDELIVERED)


def _waiting(seconds: int) -> list[waiting_room.Waiting]:
    deadline = time.monotonic() + seconds
    while True:
        rows = list(waiting_room.waiting())
        model.Session.rollback()
        if not rows or time.monotonic() >= deadline:
            return rows
        time.sleep(LOOK_SECONDS)


def search_index() -> click.Group:
    """Core's command `search-index`, which writes to Solr itself and not to the outbox."""
    group = click.Group(core_search_index.name, help=core_search_index.help)
    group.short_help = core_search_index.short_help
    for name, command in core_search_index.commands.items():
        ours = copy.copy(command)
        if command.callback is not None:
            ours.callback = _straight(command.callback)
        group.add_command(ours, name)
    return group


def _straight(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*args: Any, **values: Any) -> Any:
        with index.straight_to_solr():
            return callback(*args, **values)

    return run
