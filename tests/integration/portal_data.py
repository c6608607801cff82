"""What is data on the portal's pages: nobody's to translate, computed from where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale
from ckan.logic.action import get
from ckan.plugins import toolkit as tk

from ckanext.satudata.helpers import words
from ckanext.satudata.logic.wording import SENTENCES
from ckanext.satudata.metadata.faults import FAULTS
from tests.integration import office as invented
from tests.integration.office import Office
from tests.integration.reading import Data

LANGUAGE = "id"
SCHEMAS = files("ckanext.satudata.schemas")
OF_A_PERSON = ("name", "fullname", "display_name", "email", "about")
OF_AN_AGENCY = ("name", "title", "description")


def data_of(office: Office, typed: Iterable[str]) -> Data:
    """Everything that a page may show without a translation; `typed` is what the test wrote."""
    people = [person.get(key) or "" for person in office.people.values() for key in OF_A_PERSON]
    agencies = (office.agency, office.other_agency, office.walidata)
    titles = [agency[key] for agency in agencies for key in OF_AN_AGENCY]
    texts = [*typed, *people, *titles, *_filled_in(office), *_table(), *_schema_words()]
    return Data([*texts, *_sop_words(), *_of_the_site(), *SENTENCES, *FAULTS], _patterns())


def _filled_in(office: Office) -> Iterator[str]:
    """The free texts of the invented dataset and its file; chosen values have a label instead."""
    fields = {
        field["field_name"]: field
        for kind in ("dataset_fields", "resource_fields")
        for field in _schema("dataset")[kind]
    }
    dataset = invented.dataset_values(office)
    for name, value in {**dataset, **invented.resource_values("")}.items():
        preset = fields.get(name, {}).get("preset", "")
        chosen = "choices" in fields.get(name, {}) or preset == "satudata_topic"
        if isinstance(value, str) and not chosen and name not in ("license_id", "package_id"):
            yield value
    yield from (words.satudata_region(code) for code in dataset["region_codes"])


def _table() -> Iterator[str]:
    for row in csv.reader(io.StringIO(invented.CSV.decode())):
        yield from row


def _schema_words() -> Iterator[str]:
    """Indonesian words of the schemas, and their examples that are the same in each language."""
    for name in ("dataset", "organization", "presets"):
        yield from _words_in(_schema(name))


def _words_in(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get(LANGUAGE), str):
            yield node[LANGUAGE]
        if isinstance(node.get("form_placeholder"), str):
            yield node["form_placeholder"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _words_in(child)


def _sop_words() -> Iterator[str]:
    for path in SCHEMAS.joinpath("sop").iterdir():
        if path.name.endswith(".yaml"):
            text = path.read_text(encoding="utf-8")
            yield text
            yield from _leaves(yaml.safe_load(text))


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, (Mapping, list)):
        for child in node.values() if isinstance(node, Mapping) else node:
            yield from _leaves(child)


def _of_the_site() -> Iterator[str]:
    yield tk.config["ckan.site_title"]
    yield tk.config["ckan.site_id"]  # also the name of the portal's own user
    yield from (name for name in dir(get) if "_" in name)  # actions, where the API is shown
    for locale in tk.config["ckan.locales_offered"]:
        yield Locale.parse(locale).get_display_name() or locale


def _patterns() -> Iterator[str]:
    """Days as Indonesia writes them, sizes, addresses. No other order of a date is let through."""
    locale = Locale.parse(LANGUAGE)
    months = "|".join(locale.months["format"]["wide"].values())
    days = "|".join(locale.days["format"]["wide"].values())
    clock = r" pukul \d\d\.\d\d WI(?:B|TA|T)"
    yield rf"(?:(?:{days}), )?(?:\d{{1,2}} )?(?:{months}) \d{{4}}(?:{clock})?"
    yield r"(?<!\w)\d[\d.]*(?:,\d+)? (?:B|KB|MB|GB)(?!\w)"
    yield r"(?:SHA-256: )?\b[0-9a-f]{64}\b"
    yield r"https?://\S+"
    yield r"\S+@\S+\.\S+"


def _schema(name: str) -> dict[str, Any]:
    return yaml.safe_load(SCHEMAS.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
