"""A harvest source of an agency, and what it fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.tests import helpers
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource

from tests.integration.bypass.public import SECRET
from tests.integration.office import Office, call

KEY = "kunci-rekaan-8841"
SOURCE = "sumber-dinas"


@dataclass(frozen=True)
class Harvested:
    source: dict[str, Any]
    object_id: str


def source_of(office: Office, **changes: Any) -> dict[str, Any]:
    """A source that the agency's editor made; its settings hold the key of another portal."""
    values = {
        "name": SOURCE,
        "title": "Sumber rekaan",
        "url": "http://contoh.example/",
        "source_type": "ckan",
        "owner_org": office.agency["id"],
        "config": f'{{"api_key": "{KEY}"}}',
        **changes,
    }
    return call(office["produsen_data"], "harvest_source_create", **values)


def fetched(office: Office, dataset: str | None = None) -> Harvested:
    """A source with one document that was fetched, for a dataset or for none yet."""
    source = source_of(office)
    package = model.Package.get(dataset) if dataset else None
    job = HarvestJob(source=HarvestSource.get(source["id"]))
    found = HarvestObject(
        guid="1",
        content=f'{{"title": "{SECRET}"}}',
        job=job,
        source=job.source,
        current=True,
        package_id=package.id if package else None,
    )
    model.Session.add_all([job, found])
    model.Session.commit()
    return Harvested(source, found.id)


def forced(office: Office, action: str, **values: Any) -> Any:
    """An action past all permissions, as a job calls it."""
    return helpers.call_action(action, {"user": office["sysadmin"], "ignore_auth": True}, **values)
