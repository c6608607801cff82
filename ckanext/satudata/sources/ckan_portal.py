"""Another CKAN portal: its datasets as `package_search` lists them.

The listing holds whole datasets, so nothing is fetched again to read one. It is whole when as many
different datasets came as the portal counts; a portal that changes meanwhile says another count.
Files stay where they are and are linked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar
from urllib.parse import quote, urlencode

from pydantic import Field

from ckanext.satudata.sources import regions
from ckanext.satudata.sources.client import Fetched
from ckanext.satudata.sources.content import Kind, read_json
from ckanext.satudata.sources.failures import Declined, Unexpected
from ckanext.satudata.sources.record import Entry, Link, Notice, Raw, Record, fingerprint
from ckanext.satudata.sources.source import Declared, Source
from ckanext.satudata.sources.words import canonical, plain, plain_lines, tag

Package = Mapping[str, Any]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_-]{2,100}$")]
MOST_RESOURCES = 1000
MOST_TAGS = 200
_RESTLESS = frozenset({"tracking_summary", "score", "relationships_as_object", "num_resources",
                       "relationships_as_subject", "num_tags", "isopen"})  # fmt: skip
"""What portals write into a dataset without a change of it."""
_OURS = (
    "official_source", "concept", "definition", "classification", "measure", "unit",
    "region_codes", "period_start", "period_end", "presentation_level", "update_frequency",
    "release_schedule",
)  # fmt: skip
"""Taken over under the same names from a portal that has them, as fields or as extras."""


FREQUENCIES = frozenset(
    ("harian", "mingguan", "bulanan", "triwulanan", "empat-bulanan", "semesteran", "tahunan",
     "lebih-dari-setahun", "sekali", "sewaktu-waktu")
)  # fmt: skip
LEVELS = frozenset(
    ("nasional", "provinsi", "kabupaten-kota", "kecamatan", "desa-kelurahan", "lainnya")
)
_PERIOD = re.compile(r"[0-9]{4}(-(Q[1-4]|S[12]|(0[1-9]|1[0-2])(-[0-3][0-9])?))?")


class CkanDeclared(Declared):
    """`url` of the portal; `query` and `organizations` narrow what is listed."""

    url: str = Field(pattern=r"^https?://")
    rows: int = Field(default=100, ge=1, le=1000)
    query: str = ""
    organizations: list[Name] = []
    key_header: bool = False


class CkanSource(Source[CkanDeclared]):
    """Its cursor: where to begin, and the count that the portal named first."""

    kind: ClassVar[str] = "ckan"
    form: ClassVar[type[Declared]] = CkanDeclared

    def _page(
        self, cursor: dict[str, Any]
    ) -> tuple[list[Entry], dict[str, Any] | None, int | None]:
        start, before = cursor.get("start", 0), cursor.get("count")
        found, fetched = self._ask("package_search", self._narrowed(start))
        packages, count = found.get("results"), found.get("count")
        if not isinstance(packages, list) or isinstance(count, bool) or not isinstance(count, int):
            raise Unexpected("shape_unexpected", where="result")
        if before is not None and count != before:
            raise Unexpected("listing_changed", before=before, after=count)
        after = start + len(packages)
        if after < count and not packages:
            raise Unexpected("listing_incomplete", seen=after, told=count)
        at = fetched.at.isoformat()
        entries = [self._entry(one, at) for one in packages]
        onward = {"start": after, "count": count} if after < count else None
        return entries, onward, count

    def _narrowed(self, start: int) -> dict[str, object]:
        asked: dict[str, object] = {
            "rows": self.declared.rows,
            "start": start,
            "sort": "metadata_created asc, id asc",
            "q": self.declared.query or "*:*",
        }
        if self.declared.organizations:
            names = " OR ".join(f'"{one}"' for one in self.declared.organizations)
            asked["fq"] = f"organization:({names})"
        return asked

    def _ask(self, action: str, given: Mapping[str, object]) -> tuple[dict[str, Any], Fetched]:
        url = f"{self.declared.url.rstrip('/')}/api/3/action/{action}?{urlencode(given)}"
        headers = {"Authorization": "{key}"} if self.declared.key_header else {}
        fetched = self.client.get(url, Kind.JSON, headers=headers)
        document = fetched.json()
        if not isinstance(document, dict):
            raise Unexpected("shape_unexpected", where="result")
        if document.get("success") is not True:
            error = document.get("error")
            told = error.get("message") if isinstance(error, dict) else error
            raise Declined("source_error", message=plain(told))
        result = document.get("result")
        if not isinstance(result, dict):
            raise Unexpected("shape_unexpected", where="result")
        return result, fetched

    def _entry(self, package: Any, at: str) -> Entry:
        if not isinstance(package, dict) or not isinstance(package.get("id"), str):
            raise Unexpected("shape_unexpected", where="result.results.id")
        package = {key: value for key, value in package.items() if key not in _RESTLESS}
        address = {"package": canonical(package).decode()}
        told = fingerprint(package)
        return Entry(package["id"], plain(package.get("title")), told, address, at)

    def read(self, entry: Entry) -> Record:
        """The dataset of an entry. Raises Unexpected where it has too many parts."""
        stored = entry.address.get("package")
        package = read_json(stored.encode(), "address") if isinstance(stored, str) else None
        if not isinstance(package, dict) or not isinstance(stored, str):
            raise Unexpected("shape_unexpected", where="address")
        url = f"{self.declared.url.rstrip('/')}/api/3/action/package_show?id={quote(entry.guid)}"
        raw = Raw.of_part(url, entry.at, stored)
        links, dropped = links_of(package)
        notices = (Notice("links_dropped", {"count": dropped}),) if dropped else ()
        fields = self.with_declared(fields_of(package, self.declared.url))
        return Record(entry.guid, fields, (), links, (raw,), notices, entry.fingerprint)


def fields_of(package: Package, portal: str) -> dict[str, str]:
    """Our fields. Those with fixed choices are taken over only where the portal has our words."""
    extras = _extras(package)
    told = {key: _text(package.get(key)) or extras.get(key, "") for key in _OURS}
    for key in ("period_start", "period_end", "release_schedule"):
        told[key] = told[key] if _PERIOD.fullmatch(told[key]) else ""
    told["region_codes"] = _regions(package, told["region_codes"])
    told["update_frequency"] = _one_of(told["update_frequency"], FREQUENCIES)
    told["presentation_level"] = _one_of(told["presentation_level"], LEVELS)
    title = plain(package.get("title")) or plain(package.get("name"))
    organization = package.get("organization")
    owner = plain(organization.get("title")) if isinstance(organization, dict) else ""
    licence = plain(package.get("license_id"))
    return {
        **told,
        "title": title,
        "notes": plain_lines(package.get("notes")) or title,
        "tag_string": ", ".join(_tags(package)),
        "official_source": told["official_source"] or ", ".join(filter(None, [owner, portal])),
        "license_id": "" if licence == "notspecified" else licence,
        "access_class": "terbuka" if package.get("private") in (False, None) else "",
    }


def _extras(package: Package) -> dict[str, str]:
    extras = package.get("extras")
    pairs = extras if isinstance(extras, list) else []
    return {str(one.get("key")): _text(one.get("value")) for one in pairs if isinstance(one, dict)}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(plain(one) for one in value)
    return plain_lines(value)


def _regions(package: Package, text: str) -> str:
    """Typed codes; a list that was stored as JSON is one too."""
    text = re.sub(r"[\[\]\"]", " ", text).replace(",", " ")
    text = " ".join(text.split())
    return text if regions.typed(text) else ""


def _one_of(text: str, words: frozenset[str]) -> str:
    word = text.strip().lower()
    return word if word in words else ""


def _tags(package: Package) -> list[str]:
    tags = package.get("tags")
    if not isinstance(tags, list):
        return []
    _bounded("too_many_tags", len(tags), MOST_TAGS)
    names = (one.get("display_name") or one.get("name") for one in tags if isinstance(one, dict))
    return list(dict.fromkeys(filter(None, map(tag, names))))


def links_of(package: Package) -> tuple[tuple[Link, ...], int]:
    """Links to the files, and how many lead nowhere."""
    resources = package.get("resources")
    if resources is None:
        return (), 0
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise Unexpected("shape_unexpected", where="resources")
    _bounded("too_many_resources", len(resources), MOST_RESOURCES)
    links = [_link(one) for one in resources if _leads_to_web(one.get("url"))]
    return tuple(links), len(resources) - len(links)


def _leads_to_web(url: Any) -> bool:
    return isinstance(url, str) and url.lower().startswith(("https://", "http://"))


def _link(resource: Package) -> Link:
    name = plain(resource.get("name")) or plain(resource.get("format")) or "Berkas"
    return Link(
        str(resource["url"]),
        name,
        plain(resource.get("format")),
        plain_lines(resource.get("description")),
        plain(resource.get("size")),
    )


def _bounded(code: str, count: int, most: int) -> None:
    if count > most:
        raise Unexpected(code, count=count, most=most)
