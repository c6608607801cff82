"""`ckan satudata audit`: the record of events checked, signed day by day, and carried elsewhere."""

from __future__ import annotations

import json
from typing import NoReturn

import click
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit import heads as signed_heads
from ckanext.satudata.cli.asking import REFUSED, ask, fail, in_the_portal
from ckanext.satudata.cli.lines import one_line
from ckanext.satudata.cli.upkeep import end, ids_of, one_case
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.proof import exporting, signing, verifying
from ckanext.satudata.logic.reports.reporting import Period
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
        "name": tk._("{stream}: who is named at event {event} is not who it was."),
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


@audit.command(short_help="Write events, or heads, for whoever is to check or keep them.")
@click.option("--head", "of_heads", is_flag=True, help="The daily heads and their signatures.")
@one_case
@click.option("--from", "first", metavar="DAY", help="First day, YYYY-MM-DD.")
@click.option("--to", "last", metavar="DAY", help="Last day.")
@click.option("--format", "form", type=click.Choice(exporting.FORMATS), default="json")
@in_the_portal
def export(
    of_heads: bool, number: int | None, first: str | None, last: str | None, form: str
) -> None:
    """Write the events of a case or a period, or the heads of a period, to standard output."""
    try:
        period = Period.of(first, last)
        if of_heads:
            stored = [heads.as_signed(row) for row in heads.all_heads(period.first, period.last)]
            click.echo(json.dumps({"format": signed_heads.FORMAT, "heads": stored}, indent=1))
            return
        click.echo(_events(number, period, form), nl=False)
    except Refused as refused:
        _refuse(refused)


def _events(number: int | None, period: Period, form: str) -> str:
    if number is not None:
        answer = exporting.of_case(ids_of(number)[0], form)
    elif period.first and period.last:
        answer = exporting.of_period(period, form)
    else:
        raise Refused("export_of_what")
    if form == "csv":
        return answer["events"]
    return json.dumps(answer["events"], ensure_ascii=False, indent=1) + "\n"


@audit.command(short_help="Erase a person: a name, or an account.")
@click.option("--user", required=True, metavar="NAME", help="Who acts.")
@click.option("--name", help="The name of somebody without an account, as it stands.")
@click.option("--account", metavar="NAME", help="The account of whom to erase.")
@click.option("--reason", required=True, help="Why, without the name.")
@in_the_portal
def erase(user: str, name: str | None, account: str | None, reason: str) -> None:
    """Erase a person wherever he was written down; events and their hashes stay."""
    whom = {"name": name, "user": account}
    given = {key: one for key, one in whom.items() if one}
    answer = ask(user, "satudata_person_erase", reason=reason, **given)
    click.echo(tk._("Erased in {count} places.").format(count=answer["erased"]))
