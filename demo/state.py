"""Counts of what the portal holds: two runs of the demo, or a killed and a whole one, must agree.

Counted in the database, the index and the file storage themselves, so that nothing the API hides
(a deleted row, a file without a resource) is missed.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

TABLES = {
    "users": '"user"',
    "organizations": '"group" WHERE is_organization',
    "members": "member WHERE table_name = 'user' AND state = 'active'",
    "assignments": "satudata_assignment",
    "sops": "satudata_sop",
    "adoptions": "satudata_adoption",
    "datasets": "package",
    "public_datasets": "package WHERE NOT private AND state = 'active'",
    "resources": "resource",
    "cases": "satudata_case",
    "visits": "satudata_visit",
    "events": "satudata_proof.satudata_event",
    "releases": "satudata_release",
    "released_files": "satudata_release_file",
}


def count() -> dict[str, Any]:
    """Rows by kind, documents of the index, and how many files of each sha256 (hex) are stored.

    Reads CKAN_SQLALCHEMY_URL, CKAN_SOLR_URL and CKAN_INI of the environment.
    """
    files = Path(os.environ["CKAN_INI"]).parent / "files" / "resources"
    return {**_rows(), "indexed": _indexed(), "files": _files(files)}


def _rows() -> dict[str, int]:
    engine = sa.create_engine(os.environ["CKAN_SQLALCHEMY_URL"])
    with engine.connect() as connection:
        return {
            name: connection.execute(sa.text(f"SELECT count(*) FROM {rows}")).scalar_one()
            for name, rows in TABLES.items()
        }


def _indexed() -> int:
    with requests.Session() as session:
        session.trust_env = False
        url = f"{os.environ['CKAN_SOLR_URL']}/select"
        answer = session.get(url, params={"q": "*:*", "rows": "0", "wt": "json"}, timeout=30)
        answer.raise_for_status()
        return answer.json()["response"]["numFound"]


def _files(folder: Path) -> dict[str, int]:
    paths = sorted(one for one in folder.rglob("*") if one.is_file())
    digests = (hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    return dict(sorted(Counter(digests).items()))
