"""Cases on the command line: what the API can do, with the same parameters and answers."""

from __future__ import annotations

import json
from typing import Any

import click

from ckanext.satudata.cli import options, shown
from ckanext.satudata.cli.asking import ask, in_the_portal


@click.group(short_help="List, show, open and act in cases.")
def case() -> None:
    """List, show, open and act in cases, as one person with his permissions."""


@case.command("list", short_help="Open steps that a person may see.")
@options.user
@click.option("--waiting-for", help="me, mine, unit, repair, others or any (the default).")
@click.option("--sop", help="Subject of the SOP.")
@click.option("--step", type=int, help="Number of the step.")
@click.option("--organization", help="Id or name of an agency.")
@click.option("--q", help="Part of a title, or the number of a case.")
@click.option("--order", help="oldest or newest.")
@click.option("--limit", type=int, help="At most so many, 100 at most.")
@click.option("--offset", type=int, help="Leave out so many.")
@options.as_json
@in_the_portal
def list_(user: str, as_json: bool, **filters: Any) -> None:
    """Open steps that a person may see, those that wait longest first."""
    answer = ask(user, "satudata_case_list", **filters)
    click.echo(_json(answer) if as_json else shown.inbox(answer))


@case.command("show", short_help="One case.")
@click.argument("reference")
@options.user
@options.as_json
@in_the_portal
def show(reference: str, user: str, as_json: bool) -> None:
    """One case: its number or id, or id or name of its dataset."""
    _tell(ask(user, "satudata_case_show", id=reference), as_json)


@case.command("open", short_help="Open a case.")
@options.user
@click.option("--dataset", "dataset_id", help="Id or name of the dataset.")
@click.option("--sop", help="Subject of the SOP.")
@options.many("--datasets", help="For a list: a dataset it starts with; may be repeated.")
@click.option("--organization", help="For a list: the office whose SOP it is.")
@options.as_json
@in_the_portal
def open_(user: str, as_json: bool, datasets: tuple[str, ...], **values: Any) -> None:
    """Open a case over one dataset (--dataset), or over a list (--sop, --datasets)."""
    _tell(ask(user, "satudata_case_open", datasets=list(datasets) or None, **values), as_json)


@case.command("act", short_help="Do one act at one open step.")
@click.argument("reference")
@options.user
@click.option("--version", type=int, required=True, help="The case's version as you last saw it.")
@click.option("--step", type=int, required=True, help="Number of the step.")
@click.option("--visit", type=int, required=True, help="Number of the visit to that step.")
@click.option("--dataset", "dataset_id", help="Where several datasets stand at the step.")
@click.option("--act", help="Left out: end the step by --outcome.")
@click.option("--outcome", help="One of the outcomes that the case lists.")
@click.option("--reason", help="For a return, a drop, a pause and a cancellation.")
@options.many("--point", "points", type=options.Point(), help="What to repair; may be repeated.")
@options.many("--datasets", help="A dataset that a return or a drop means; may be repeated.")
@click.option("--rest", help="What becomes of the others: wait, or an outcome.")
@click.option("--to", help="To whom the step is assigned.")
@click.option("--text", help="A comment.")
@options.many("--entry", type=options.Fact(), help="A fact of an entry; may be repeated.")
@click.option("--closes-on", metavar="YYYY-MM-DD", help="Closing date; left out: none.")
@click.option("--paper", type=options.Paper(), help="What was done on paper.")
@options.many("--attachment", "attachments", help="Id of an attachment; may be repeated.")
@click.option("--idempotency-key", help="A call repeated under it does nothing more.")
@options.as_json
@in_the_portal
def act(reference: str, user: str, as_json: bool, **values: Any) -> None:
    """Do one act at one open step of a case."""
    for name in ("points", "datasets", "attachments"):
        values[name] = list(values[name]) or None
    values["entry"] = dict(values["entry"])
    _tell(ask(user, "satudata_case_act", id=reference, **values), as_json)


@case.command("fulfil", short_help="Name the dataset that answers a request.")
@click.argument("reference")
@options.user
@click.option("--request", required=True, help="Id of the entry of the list.")
@click.option("--dataset", "dataset_id", required=True, help="Id or name of the dataset.")
@click.option("--version", type=int, required=True, help="The case's version as you last saw it.")
@options.as_json
@in_the_portal
def fulfil(reference: str, user: str, as_json: bool, **values: Any) -> None:
    """Say which dataset answers a request of a list."""
    _tell(ask(user, "satudata_request_fulfil", id=reference, **values), as_json)


def _tell(answer: dict[str, Any], as_json: bool) -> None:
    click.echo(_json(answer) if as_json else shown.case(answer))


def _json(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)
