"""`ckan satudata reconcile`: what disagrees, a line each, and mended where it can be."""

from __future__ import annotations

import click
from ckan.plugins import toolkit as tk

from ckanext.satudata.cli.asking import in_the_portal
from ckanext.satudata.cli.lines import one_line
from ckanext.satudata.logic.reconcile import checks

FOUND = 1
"""Exit code where something disagrees."""


@click.command(short_help="Say what disagrees, and mend it.")
@click.option("--fix", is_flag=True, help="Mend what can be mended.")
@in_the_portal
def reconcile(fix: bool) -> None:
    """Say what disagrees, a line each; exit 1 where something does and was not mended now."""
    found = mended = 0
    for said in checks.run(fix=fix):
        found += 1
        mended += said.mended
        sentence = tk._(said.finding.sentence) % said.finding.facts
        click.echo(one_line(f"{said.check.name}: {sentence}{_end(said, fix=fix)}"))
    words = tk._("Checks: {checks}. Disagreements: {found}. Mended: {mended}.")
    click.echo(words.format(checks=len(checks.CHECKS), found=found, mended=mended))
    if found > mended:
        raise click.exceptions.Exit(FOUND)


def _end(said: checks.Said, *, fix: bool) -> str:
    """Whether it was mended, or what a person has to do."""
    if said.mended:
        return f" {tk._('Mended.')}"
    by_hand = said.finding.by_hand if fix else ""
    return f" {tk._('Not mended.')} {tk._(by_hand)}" if by_hand else ""
