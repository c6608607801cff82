"""A sheet in each of its forms, as the bytes of a file."""

from __future__ import annotations

from collections.abc import Mapping

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.bpmn import bpmn
from ckanext.satudata.sop.drawing.layout import long_drawing
from ckanext.satudata.sop.drawing.svg import Words, svg

FORMS: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "bpmn": "application/xml",
}
"""The forms of a sheet, which are the endings of their files, and what each is on the web."""


def drawn(sop: Sop, form: str, *, draft: bool = False) -> bytes:
    """The sheet as a file of its own; `draft`: marked as not in force, where people read it.

    Raises KeyError for a form that there is not.
    """
    if form == "pdf":
        # The typesetter takes its time to load, and only who prints needs it.
        from ckanext.satudata.sop.drawing.pdf import pdf  # noqa: PLC0415

        return pdf(sop, draft=draft)
    if form == "bpmn":
        return bpmn(sop).encode()
    words = {"svg": Words(sop.sop.nama, f"Lembar SOP {sop.sop.instansi}")}[form]
    return svg(sop, words, standalone=True, page=long_drawing(sop, draft=draft)).encode()
