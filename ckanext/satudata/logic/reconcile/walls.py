"""The database's own guards: whether somebody switched one off, or took it away."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.model import wall
from ckanext.satudata.model.tables import PROOF_SCHEMA
from ckanext.satudata.msgid import N_

OFF = N_("The guard %(name)s of the table %(table)s is switched off: find out who did it, and why.")
GONE = N_("The guard %(name)s of the table %(table)s is gone.")
BRING_BACK = N_("Bring the database back to its migrations, and find out who took it away.")
OWNER = N_("The owner of the tables of proof switches it on again.")


def find() -> Iterator[Finding]:
    for (schema, table, name), there in wall.breaches():
        key, facts = f"{schema}.{table}.{name}", {"name": name, "table": table}
        if not there:
            yield Finding(key, GONE, facts, BRING_BACK)
        else:
            yield Finding(key, OFF, facts, OWNER if schema == PROOF_SCHEMA else "")


def mend(finding: Finding) -> bool:
    """Switch it on; what was done meanwhile the other checks find."""
    if finding.by_hand:
        return False
    schema, table, name = finding.key.split(".")
    wall.switch_on((schema, table, name))
    return True
