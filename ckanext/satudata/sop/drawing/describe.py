"""What a symbol shows, in one sentence: for those who hear the drawing."""

from __future__ import annotations

from ckanext.satudata.sop.definition import Langkah, Sop
from ckanext.satudata.sop.drawing.graph import ELSEWHERE, Graph
from ckanext.satudata.sop.drawing.shapes import Kind

_KINDS = {
    Kind.CAPSULE: "mulai atau selesai",
    Kind.BOX: "kegiatan",
    Kind.DIAMOND: "keputusan",
}


def told(sop: Sop, graph: Graph, number: int) -> str:
    """The row in words: number, actor, kind, wording, quality norm, where each way leads."""
    step = sop.step(number)
    node = graph.node(number)
    others = [graph.lanes[one.lane].name for one in node.beside]
    who = " bersama ".join([graph.lanes[node.lane].name, *others])
    ways = []
    for flow in (one for one in graph.flows if one.source == number):
        if flow.target == ELSEWHERE:
            ways.append(flow.label)
        else:
            ways.append(f"{flow.label or 'lalu'}: langkah {flow.target}")
    doubt = " Letaknya disimpulkan." if node.inferred else ""
    leads = f" {'; '.join(ways)}." if ways else ""
    uraian = step.uraian.rstrip(".")
    norm = "".join(f" {name}: {text.rstrip('.')}." for name, text in _norm(step) if text)
    return f"Langkah {number}, {who}, {_KINDS[node.kind]}: {uraian}.{norm}{leads}{doubt}"


def _norm(step: Langkah) -> tuple[tuple[str, str], ...]:
    norm = step.mutu_baku
    return (
        ("Kelengkapan", "; ".join(norm.kelengkapan or ())),
        ("Waktu", norm.waktu.teks if norm.waktu else ""),
        ("Output", norm.output or ""),
        ("Keterangan", step.keterangan or ""),
    )
