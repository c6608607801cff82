"""Template helpers, all with the prefix `satudata_`. They word and count; they decide nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from babel.dates import format_date
from babel.numbers import format_decimal
from ckan import model
from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import g

from ckanext.satudata import agency, invited, listing, telling, typed
from ckanext.satudata.logic import assigning, file_limit, people, wording
from ckanext.satudata.logic.gate import walidata_title
from ckanext.satudata.logic.preview import Preview, preview_of
from ckanext.satudata.metadata.faults import BadValue
from ckanext.satudata.metadata.periods import FORM, parse_period
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status, StatusText

_UNITS = ("B", "KB", "MB", "GB")


def satudata_datetime(moment: str | datetime) -> str:
    """A UTC time as the office reads it, with day, hour and zone."""
    return wording.render_datetime(_moment(moment))


def satudata_date(moment: str | datetime) -> str:
    """A UTC time as a day at the office."""
    return wording.render_date(_moment(moment))


def satudata_status(value: str) -> StatusText | None:
    """How a validation status is drawn; None for a value that is no status."""
    try:
        return STATUS_TEXTS[Status(value)]
    except ValueError:
        return None


@tk.chained_helper
def render_datetime(
    core: Callable[..., str],
    datetime_: Any,
    date_format: str | None = None,
    with_hours: bool = False,
    with_seconds: bool = False,
) -> str:
    """Core's dates in our words: its own put the month first and take the year of the week."""
    shown = core(datetime_, date_format, with_hours, with_seconds)
    if date_format or not shown:
        return shown
    moment = tk.h.date_str_to_datetime(datetime_) if isinstance(datetime_, str) else datetime_
    with_time = with_hours or with_seconds
    return wording.render_datetime(moment) if with_time else wording.render_date(moment)


def satudata_number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return wording.number(value)


def satudata_size(size: Any) -> str:
    """A number of bytes as `48 KB` or `1,2 MB`; empty for what is no number."""
    try:
        amount = float(size)
    except (TypeError, ValueError):
        return ""
    unit = 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    pattern = "#,##0.#" if unit > 1 and amount < 10 else "#,##0"
    return f"{format_decimal(amount, format=pattern, locale=_locale())} {_UNITS[unit]}"


def satudata_period(start: str | None, end: str | None = None) -> str:
    """One period or two with a dash, in words: `2024–2025`, `Maret 2025`."""
    words = [_period_words(one) for one in (start, end) if one]
    return "–".join(dict.fromkeys(words))


def satudata_region(code: str) -> str:
    """A typed region code in words; the numbering is never dropped, since digits repeat."""
    numbering, _, digits = code.partition(":")
    names = {"kemendagri": "Kemendagri", "bps": "BPS"}
    return f"{names.get(numbering, numbering)} {digits}" if digits else code


def satudata_walidata() -> str:
    """What people call the walidata."""
    return walidata_title()


def satudata_field(name: str, kind: str = "dataset_fields") -> dict[str, Any] | None:
    """A field of the dataset schema by its name."""
    return tk.h.scheming_field_by_name(_schema()[kind], name)


def satudata_label(name: str) -> str:
    """The label of a dataset field in the reader's language; the name itself if there is none."""
    field = satudata_field(name)
    return tk.h.scheming_language_text(field["label"]) if field else name


def satudata_options(field: dict[str, Any], *, empty: bool = True) -> list[tuple[str, str]]:
    """The choices of a field as (value, words), the reader's language, an empty one first."""
    choices = tk.h.scheming_field_choices(field) or []
    words = [(one["value"], tk.h.scheming_language_text(one["label"])) for one in choices]
    return [("", tk._("Choose one")), *words] if empty else words


def satudata_value(name: str, value: Any, kind: str = "dataset_fields") -> Any:
    """A stored value as people read it."""
    field = satudata_field(name, kind) or {}
    if name == "region_codes":
        return ", ".join(satudata_region(one) for one in value or ())
    if name in ("period_start", "period_end", "release_schedule"):
        return satudata_period(value)
    if field.get("choices"):
        return tk.h.scheming_choices_label(field["choices"], value) or value
    return value


def satudata_licence(dataset: dict[str, Any]) -> str | None:
    """The licence in the reader's language; the stored title keeps the one it was indexed in."""
    known = dict(tk.h.license_options())
    return known.get(dataset.get("license_id")) or dataset.get("license_title")


def satudata_form_groups() -> list[dict[str, Any]]:
    """The groups of the dataset form, each with its label and fields; the address is made by us."""
    schema = _schema()
    groups = []
    for group in schema["groups"]:
        fields = [
            field
            for field in schema["dataset_fields"]
            if field.get("group") == group["name"] and field["field_name"] != "name"
        ]
        if fields:
            label = tk.h.scheming_language_text(group["label"])
            groups.append({"name": group["name"], "label": label, "fields": fields})
    return groups


def satudata_form_values(dataset: dict[str, Any]) -> dict[str, Any]:
    """A shown dataset as its form is filled in."""
    names = [field["field_name"] for field in _schema()["dataset_fields"]]
    tags = ", ".join(tag["name"] for tag in dataset.get("tags") or ())
    return {**{name: dataset.get(name) or "" for name in names}, "tag_string": tags}


def satudata_metadata(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """What is known of a dataset, by group; what is empty is left out, and so is what the page
    says above (title, agency, description)."""
    above = {"title", "notes", "owner_org"}
    shown = []
    for group in satudata_form_groups():
        rows = [
            {
                "label": tk.h.scheming_language_text(field["label"]),
                "meaning": tk.h.scheming_language_text(field.get("reader_text") or ""),
                "value": _shown(dataset, field["field_name"]),
            }
            for field in group["fields"]
            if field["field_name"] not in above and _shown(dataset, field["field_name"])
        ]
        if rows:
            shown.append({**group, "rows": rows})
    return shown


def satudata_waiting() -> int:
    """How many open visits wait for the reader, returned data included; counted once a request."""
    if "satudata_waiting" not in g:
        answer = _ask("satudata_case_list", waiting_for="me", limit=0)
        counts = answer["counts"] if answer else {"me": 0, "repair": 0}
        g.satudata_waiting = counts["me"] + counts["repair"]
    return g.satudata_waiting


def satudata_may_upload() -> bool:
    """Whether the reader has an agency for which he may create data."""
    if current_user.is_anonymous:
        return False
    return bool(tk.h.organizations_available("create_dataset"))


def satudata_may_assign() -> bool:
    """Whether the reader may say of anybody what he holds."""
    if current_user.is_anonymous:
        return False
    return assigning.may_assign_something(people.user_of({"user": current_user.name}))


def satudata_may_write(dataset_id: str) -> bool:
    """Whether the reader may write a dataset now, by the SOP or where it has no case."""
    return tk.h.check_access("package_update", {"id": dataset_id})


def satudata_case(dataset_id: str) -> dict[str, Any] | None:
    """The case of a dataset, for those who may see it."""
    if current_user.is_anonymous:
        return None
    return _ask("satudata_case_show", id=dataset_id)


def satudata_opening(case: dict[str, Any], visit: dict[str, Any]) -> dict[str, Any] | None:
    """The event that opened a visit: who sent it there, and when."""
    names = ("item", "step", "number")
    key = [visit[name] for name in names]
    return next(
        (
            one
            for one in case["events"]
            for opened in one["body"].get("opens", ())
            if [opened[name] for name in names] == key
        ),
        None,
    )


def satudata_returned(case: dict[str, Any], visit: dict[str, Any]) -> dict[str, Any] | None:
    """The return that opened a visit, as its event; None for a visit that came forward."""
    opening = satudata_opening(case, visit)
    return opening if opening and opening["body"].get("act") == "return" else None


def satudata_newest(limit: int = 3) -> list[dict[str, Any]]:
    """The datasets released last, newest first; nothing when the search is away."""
    sort = "validation_date desc"
    fq = "capacity:public AND validation_status:*"
    answer = _ask("package_search", fq=fq, sort=sort, rows=limit)
    return answer["results"] if answer else []


def satudata_point(point: dict[str, str]) -> str:
    """What a returned point is about, in words."""
    where = point.get("where") or ""
    kind = point.get("kind")
    if kind == "all":
        return tk._("All of the data")
    if kind == "column":
        return tk._("Column {where}").format(where=where)
    if kind == "row":
        return tk._("Row {where}").format(where=where)
    if kind == "field":
        return tk._("Field {where}").format(where=satudata_label(where))
    resource = _ask("resource_show", id=where)
    return tk._("File {where}").format(where=resource["name"] if resource else where)


def satudata_file_limit() -> int:
    """The size in MB that a file may have."""
    return file_limit.megabytes()


def satudata_main_file(files: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The file that most people want: data, and of those the one that every program reads."""

    def rank(file: dict[str, Any]) -> tuple[bool, bool]:
        holds_data = (file.get("resource_type") or "data") == "data"
        return (not holds_data, (file.get("format") or "").upper() != "CSV")

    return min(files, key=rank, default=None)


def satudata_preview(resource: dict[str, Any]) -> Preview | None:
    """The first rows of a CSV that the reader may read."""
    return preview_of(resource)


def satudata_facet(facet: str, value: str, name: str | None = None) -> str:
    """A value of a facet as people read it; `name` is what core calls it."""
    if facet == "validation_status":
        text = satudata_status(value)
        return tk._(text.public or "In preparation") if text else value
    if facet == "topic":
        return satudata_value("topic", value)
    if facet == "vocab_region_codes":
        return satudata_region(value)
    if facet == "organization" and name in (None, value) and "\0" not in value:
        group = model.Group.get(value)
        return (group.title if group else None) or value
    return name or value


def satudata_page_address(page: int) -> str:
    """The address of this page of results, with another page number."""
    rest = [(key, one) for key, one in tk.request.args.items(multi=True) if key != "page"]
    return f"{tk.request.script_root}{tk.request.path}?{urlencode([*rest, ('page', page)])}"


def satudata_site(url: str) -> str:
    """The host that a link leads to."""
    return urlsplit(url).netloc or url


def _ask(action: str, **values: Any) -> Any:
    """The answer of an action as the reader gets it, or None where it is refused or not there."""
    try:
        return tk.get_action(action)({"user": current_user.name}, values)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def _shown(dataset: dict[str, Any], name: str) -> Any:
    if name == "tag_string":
        return ", ".join(tag["display_name"] for tag in dataset.get("tags") or ())
    if name == "license_id":
        return satudata_licence(dataset)
    value = dataset.get(name)
    return satudata_value(name, value) if value else None


def _schema() -> dict[str, Any]:
    return tk.h.scheming_get_dataset_schema("dataset")


def _locale() -> str:
    return "id" if tk.h.lang() == "id" else "en"


def _period_words(text: str) -> str:
    try:
        period = parse_period(text)
    except BadValue:
        return text
    found = FORM.fullmatch(period.text)
    parts = found.groupdict() if found else {"year": text}
    year = parts["year"]
    if parts.get("quarter"):
        return tk._("quarter {number} of {year}").format(number=parts["quarter"], year=year)
    if parts.get("half"):
        return tk._("half-year {number} of {year}").format(number=parts["half"], year=year)
    if not parts.get("month"):
        return year
    pattern = "d MMMM y" if parts["day"] else "MMMM y"
    return format_date(period.first, pattern, locale=_locale())


def _moment(moment: str | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.fromisoformat(moment.removesuffix("Z"))


def get_helpers() -> dict[str, Any]:
    """Every helper of ours by name, and the one of core's that we mend."""
    ours = {name: value for name, value in globals().items() if name.startswith("satudata_")}
    return {
        **ours,
        **listing.HELPERS,
        "satudata_agency_groups": agency.satudata_agency_groups,
        "satudata_agency_facts": agency.satudata_agency_facts,
        "satudata_links": invited.satudata_links,
        "satudata_teller": telling.satudata_teller,
        "satudata_typed": typed.satudata_typed,
        "render_datetime": render_datetime,
    }
