"""Upkeep on the command line: work left over, rows made anew."""

from __future__ import annotations

import click
from ckan.plugins import toolkit as tk

from ckanext.satudata.cli.asking import WRONG_USE, fail, in_the_portal
from ckanext.satudata.cli.lines import one_line
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import upkeep, wording

FOUND = 1
"""Exit code of a check that found something."""

one_case = click.option("--case", "number", type=int, metavar="N", help="Only case N.")


@click.command(short_help="Do the work that acts over lists have left over.")
@in_the_portal
def work() -> None:
    """Do all the work that acts over lists have left over, as after a stopped machine."""
    done = upkeep.do_work()
    words = tk._("Cases: {cases}. Datasets done: {done}. Still refused: {left}.")
    click.echo(words.format(cases=done.cases, done=done.done, left=done.left))


@click.command(short_help="Make the rows of cases anew from their events.")
@one_case
@click.option("--dry-run", is_flag=True, help="Only say what differs.")
@in_the_portal
def rebuild(number: int | None, dry_run: bool) -> None:
    """Make the rows that lists and inboxes read anew from the events, and say what differed."""
    ids = ids_of(number)
    differing = broken = 0
    for one in upkeep.rebuild(ids, keep=not dry_run):
        differing += bool(one.differences)
        for way in one.differences:
            told = f"{one.number}: {way.row}: {way.column}: {way.stored!r} -> {way.told!r}"
            click.echo(one_line(told))
        if one.broken:
            broken += 1
            click.echo(one_line(f"{one.number}: {one.broken}"), err=True)
    words = tk._("Cases: {cases}. Differed: {differing}. Broken: {broken}.")
    click.echo(words.format(cases=len(ids), differing=differing, broken=broken))
    end(found=bool(broken))


def ids_of(number: int | None) -> list[str]:
    """Ids of all cases, or of the one that is named; ends where there is none of that number."""
    ids = upkeep.case_ids(number)
    if number is not None and not ids:
        fail(WRONG_USE, "not_found", wording.sentence(Refused("not_found")))
    return ids


def end(*, found: bool) -> None:
    """End with 1 where a check found something."""
    if found:
        raise click.exceptions.Exit(FOUND)
