"""What somebody has typed into the form of an act that ends no visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views import answered
from ckanext.satudata.views.answers import Fault
from ckanext.satudata.views.paper import Attached, PaperForm

TEXTS = (
    "reason",
    "text",
    "to",
    "closes_on",
    "entry_dataset",
    "entry_title",
    "entry_organization",
    "entry_release",
)
REASONED = frozenset({"pause", "drop", "cancel"})

PLACES = {
    "entry": "entry_title",
    "items": "datasets",
    "paper": "paper_on",
    "attachments": "file",
    "upload": "file",
    "organization": "entry_organization",
}
"""Fields of the form for what a refusal names otherwise."""


@dataclass(frozen=True)
class BesideForm:
    """One act as its form was sent; empty for one that was only opened.

    `whole`: it offered all the data of the list, and not only that of its visit.
    """

    act: str = ""
    version: int | None = None
    visit: int | None = None
    item: str | None = None
    key: str = ""
    values: Mapping[str, str] | None = None
    datasets: tuple[str, ...] = ()
    whole: bool = False
    file: Attached = Attached()
    paper: PaperForm = PaperForm()

    @classmethod
    def of(cls, form: Any) -> BesideForm:
        """From the fields of a POST."""
        return cls(
            act=form.get("act", ""),
            version=form.get("version", type=int),
            visit=form.get("visit", type=int),
            item=form.get("item") or None,
            key=form.get("key", ""),
            values={name: form.get(name, "").strip() for name in TEXTS},
            datasets=tuple(form.getlist("datasets")),
            whole="whole" in form,
            file=Attached.of(form, "file"),
            paper=PaperForm.of(form),
        )

    def get(self, name: str) -> str:
        return (self.values or {}).get(name, "")

    def with_files(self, file: Attached, evidence: Attached) -> BesideForm:
        return replace(self, file=file, paper=self.paper.with_evidence(evidence))

    def about_answers(self, case: Mapping[str, Any]) -> BesideForm:
        """The same form about the data that have taken the place of what they answer."""
        datasets = tuple(answered.now_of(case, one) for one in self.datasets)
        item = answered.now_of(case, self.item) if self.item else None
        return replace(self, item=item, datasets=datasets)

    def faults(self) -> list[Fault]:
        """What can be said before asking."""
        found: list[Fault] = []
        if self.act in REASONED and not self.get("reason"):
            found.append(self._fault("reason", tk._("Reason"), tk._("Write why.")))
        if self.act == "drop" and not self.datasets:
            text = tk._("Tick the data that go off the list.")
            found.append(self._fault("datasets", tk._("Data"), text))
        if self.act == "assign" and not self.get("to"):
            found.append(self._fault("to", tk._("To whom"), tk._("Say to whom this step goes.")))
        if self.act == "approve":
            found += self.at_their_place(self.paper.faults())
        return found

    def at_their_place(self, faults: list[Fault]) -> list[Fault]:
        """Faults of the action, each with the id that its field has in this form."""
        return [(_at(self.act, place), label, sentence) for place, label, sentence in faults]

    def as_action(self, step: int) -> dict[str, Any]:
        """The values for `satudata_case_act`."""
        head: dict[str, Any] = {
            "act": self.act,
            "version": self.version,
            "step": step,
            "visit": self.visit,
            "dataset_id": self.item,
            "idempotency_key": self.key,
        }
        return {**head, **self._particulars()}

    def _particulars(self) -> dict[str, Any]:
        if self.act in REASONED:
            more = {"datasets": list(self.datasets)} if self.act == "drop" else {}
            return {"reason": self.get("reason"), **more}
        if self.act == "comment":
            attached = [self.file.id] if self.file.id else []
            return {"text": self.get("text"), "attachments": attached}
        if self.act == "add":
            return {"entry": self._entry()}
        if self.act == "approve":
            return {"paper": self.paper.as_action()} if self.paper.is_used else {}
        if self.act == "assign":
            return {"to": self.get("to")}
        return {"closes_on": self.get("closes_on")} if self.act == "set_closing" else {}

    def _entry(self) -> dict[str, str]:
        """An existing dataset, by its name or its address; else a request."""
        named = self.get("entry_dataset").rstrip("/").rpartition("/")[2]
        if named:
            return {"dataset_id": named}
        return {
            "title": self.get("entry_title"),
            "organization": self.get("entry_organization"),
            "release_date": self.get("entry_release"),
        }

    def _fault(self, name: str, label: str, sentence: str) -> Fault:
        return (_at(self.act, name), label, sentence)


def _at(act: str, place: str) -> str:
    """The id of a field in the form of an act: a page has several of them."""
    if not place:
        return ""
    name = place.removeprefix("field-")
    return f"field-{act}-{PLACES.get(name, name)}"
