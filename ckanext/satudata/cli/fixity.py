"""`ckan satudata fixity`: whether the stored files are still what they were."""

from __future__ import annotations

import click
from ckan.plugins import toolkit as tk

from ckanext.satudata.cli.asking import in_the_portal
from ckanext.satudata.cli.lines import one_line
from ckanext.satudata.cli.upkeep import FOUND
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.files import fixity as files
from ckanext.satudata.logic.files.fixity import Checked
from ckanext.satudata.model.named_files import Place


@click.command(short_help="Read stored files and compare them with their hashes.")
@click.option("--all", "everything", is_flag=True, help="Every file, not the share of a day.")
@in_the_portal
def fixity(*, everything: bool) -> None:
    """Read the files that were not checked for longest, so that a daily run reads each within 30
    days; exit 1 where one is missing or has changed."""
    checked = broken = 0
    for one in files.check(clock.now(), everything=everything):
        checked += 1
        if one.broken is not None:
            broken += 1
            for place in one.places:
                click.echo(one_line(_told(one, place)), err=True)
    words = tk._("Files checked: {checked}. Broken: {broken}.")
    click.echo(words.format(checked=checked, broken=broken))
    if broken:
        raise click.exceptions.Exit(FOUND)


def _told(one: Checked, place: Place) -> str:
    """`dataset: resource: file: what is wrong: sha256`, with the release where it is one."""
    wrong = {
        files.MISSING: tk._("the file is not in the storage"),
        files.DIFFERS: tk._("the file has changed in the storage"),
    }[one.broken or ""]
    dataset = place.dataset
    if place.release is not None:
        dataset = tk._("{dataset}, release {number}").format(dataset=dataset, number=place.release)
    return f"{dataset}: {place.resource_id}: {place.name}: {wrong}: {one.sha256}"
