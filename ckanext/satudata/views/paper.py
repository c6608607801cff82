"""What was done on paper, as a form asks for it; and files that an act names, kept at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views.answers import Fault, ask, faults_of


@dataclass(frozen=True)
class Attached:
    """A file that belongs to the case already; named in the form, so that it is sent once."""

    id: str = ""
    name: str = ""

    @classmethod
    def of(cls, form: Any, field: str) -> Attached:
        """From the hidden fields `<field>_id` and `<field>_name`."""
        return cls(form.get(f"{field}_id", ""), form.get(f"{field}_name", ""))


@dataclass(frozen=True)
class PaperForm:
    """Day, name and evidence; all empty where nothing was done on paper."""

    on: str = ""
    name: str = ""
    evidence: Attached = Attached()

    @classmethod
    def of(cls, form: Any) -> PaperForm:
        return cls(
            on=form.get("paper_on", "").strip(),
            name=form.get("paper_name", "").strip(),
            evidence=Attached.of(form, "paper_file"),
        )

    @property
    def is_used(self) -> bool:
        return bool(self.on or self.name or self.evidence.id)

    def with_evidence(self, evidence: Attached) -> PaperForm:
        return replace(self, evidence=evidence)

    def as_action(self) -> dict[str, str]:
        return {"on": self.on, "name": self.name, "evidence": self.evidence.id}

    def faults(self) -> list[Fault]:
        """What is missing, so that nobody is told one thing after the other."""
        wanted = (
            ("paper_on", tk._("Day on the paper"), self.on, tk._("Say which day the paper has.")),
            ("paper_name", tk._("Name on the paper"), self.name, tk._("Say whom the paper names.")),
            (
                "paper_file",
                tk._("Scan of the paper"),
                self.evidence.id,
                tk._("Attach the scanned paper as evidence."),
            ),
        )
        if not self.is_used:
            return []
        return [(f"field-{name}", label, text) for name, label, value, text in wanted if not value]


def keep(number: int, field: str, kept: Attached) -> tuple[Attached, list[Fault]]:
    """Store the file that came with the form in its case, or say what is wrong with it.

    It is stored before the rest of the form is judged: a fault elsewhere never costs the upload.
    """
    sent = tk.request.files.get(field)
    if sent is None or not sent.filename:
        return kept, []
    try:
        stored = ask("satudata_attachment_create", case_id=str(number), upload=sent)
    except tk.ValidationError as error:
        sentences = [text for _id, _label, text in faults_of(error, lambda _name: "")]
        return kept, [(f"field-{field}", tk._("File"), text) for text in sentences]
    return Attached(stored["id"], stored["name"]), []
