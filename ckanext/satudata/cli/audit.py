"""`ckan satudata audit`: the record of events checked, signed day by day, and carried elsewhere."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NoReturn

import click
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit import heads as signed_heads
from ckanext.satudata.cli.asking import REFUSED, fail, in_the_portal
from ckanext.satudata.cli.lines import one_line
from ckanext.satudata.cli.upkeep import end, ids_of, one_case
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.proof import signing, verifying
from ckanext.satudata.model import heads


@click.group(short_help="Check, sign and export the record of events.")
def audit() -> None:
    """Check, sign and export the record of events."""


@audit.command(short_help="Check every event, every tail and every daily head.")
@one_case
@click.option("--key", "keys", multiple=True, metavar="PUBLIC", help="Who may have signed heads.")
@in_the_portal
def verify(number: int | None, keys: tuple[str, ...]) -> None:
    """Check that each event follows from the one before it and that none is missing.

    Exit 1 where one does not follow or a head is not right.
    """
    if number is None:
        checked = verifying.verify(keys or None)
    else:
        checked = verifying.verify_case(ids_of(number)[0])
    for fault in checked.faults:
        click.echo(one_line(_told(fault)), err=True)
    words = tk._("Streams: {streams}. Events: {events}. Heads: {heads}. Broken: {broken}.")
    counts = {name: getattr(checked, name) for name in ("streams", "events", "heads", "broken")}
    click.echo(words.format(**counts))
    end(found=bool(checked.broken))


def _told(fault: verifying.Fault) -> str:
    words = {
        "link": tk._("{stream}: event {event} does not follow from the one before it."),
        "end": tk._("{stream}: event {event}, which head {head} names, is not there as it was."),
        "head": tk._("Head {head} is not what was signed, or does not follow."),
        "ends": tk._("Head {head} is not the digest of what it stands for."),
        "gone": tk._("Head {head} was signed and is not there as it was."),
    }
    stream = fault.stream
    if fault.case is not None:
        stream = tk._("Case {number}").format(number=fault.case)
    return words[fault.what].format(stream=stream, event=fault.sequence, head=fault.head)


@audit.command(short_help="Sign what all streams have come to today.")
@in_the_portal
def head() -> None:
    """Make and sign the head of today, once; for cron. The key is in the environment."""
    try:
        row, made = signing.make_head()
    except Refused as refused:
        _refuse(refused)
    words = tk._("Head {number} of {day} was signed: {streams} streams, {events} events.")
    if not made:
        words = tk._("Head {number} of {day} is there already: {streams} streams, {events} events.")
    told = {"number": row.number, "day": row.day, "streams": row.streams, "events": row.events}
    click.echo(words.format(**told))


@audit.command(short_help="Print the public key of the daily heads.")
@in_the_portal
def key() -> None:
    """Print the public key: give it to whoever is to check heads without trusting the portal."""
    try:
        click.echo(signed_heads.public_text(signing.key()))
    except Refused as refused:
        _refuse(refused)


def _refuse(refused: Refused) -> NoReturn:
    fail(REFUSED, refused.code, wording.sentence(refused))


day = click.DateTime(["%Y-%m-%d"])


@audit.command(short_help="Write heads as JSON, for an anchor outside.")
@click.option("--head", "of_heads", is_flag=True, help="The daily heads and their signatures.")
@click.option("--from", "first", type=day, help="First day.")
@click.option("--to", "last", type=day, help="Last day.")
@in_the_portal
def export(of_heads: bool, first: Any, last: Any) -> None:
    """Write what was recorded to standard output."""
    if not of_heads:
        raise click.UsageError("--head")
    stored = [heads.as_signed(row) for row in heads.all_heads(_day(first), _day(last))]
    click.echo(json.dumps({"format": signed_heads.FORMAT, "heads": stored}, indent=1))


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None
