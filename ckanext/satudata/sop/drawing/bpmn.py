"""The graph of a SOP as BPMN 2.0 XML, with lanes and with its own diagram interchange.

A row is a task; a row that decides is a task and the gateway after it. Quality norms, wording
and what is inferred stand in each element's documentation. Lanes lie one below the other and the
rows go to the right: a row is a column of its own, so no way runs through a task.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ckanext.satudata.sop import sheet
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.graph import ELSEWHERE, Flow, Graph, graph_of
from ckanext.satudata.sop.drawing.metrics import width, wrapped
from ckanext.satudata.sop.drawing.rows import MARK
from ckanext.satudata.sop.drawing.shapes import Frame, Kind, Point

_SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
_TARGET = "urn:ckanext-satudata:sop"
_TASK, _GATE, _EVENT = (110.0, 80.0), (50.0, 50.0), (36.0, 36.0)
_HEADER, _NAMES, _GAP = 30.0, 30.0, 70.0
_MIDDLE, _ZONE, _TRACK = 90.0, 145.0, 16.0
_LONGEST, _WORDS = 420.0, 11.0


def bpmn(sop: Sop) -> str:
    """The SOP as a BPMN document: one collaboration, one pool, its lanes, tasks and ways."""
    return _Writer(sop, graph_of(sop)).written()


@dataclass(frozen=True)
class _Writer:
    sop: Sop
    graph: Graph

    def written(self) -> str:
        root = Element(
            "bpmn:definitions",
            {f"xmlns:{name}": address for name, address in _SPACES.items()}
            | {"id": "Sop", "targetNamespace": _TARGET},
        )
        talk = SubElement(root, "bpmn:collaboration", id="Kolaborasi")
        pool = {"id": "Kolam", "name": self.sop.sop.nama, "processRef": "Proses"}
        SubElement(talk, "bpmn:participant", pool)
        self._process(SubElement(root, "bpmn:process", id="Proses", isExecutable="false"))
        diagram = SubElement(root, "bpmndi:BPMNDiagram", id="Diagram")
        self._plane(SubElement(diagram, "bpmndi:BPMNPlane", id="Bidang", bpmnElement="Kolaborasi"))
        indent(root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"

    def _process(self, process: Element) -> None:
        lanes = SubElement(process, "bpmn:laneSet", id="Lajur")
        for number, lane in enumerate(self.graph.lanes):
            name = lane.name + (MARK if lane.inferred else "")
            one = SubElement(lanes, "bpmn:lane", id=f"Lajur_{number}", name=name)
            for element in self._in_lane(number):
                SubElement(one, "bpmn:flowNodeRef").text = element
        SubElement(process, "bpmn:startEvent", id="Mulai", name="Mulai")
        for node in self.graph.nodes:
            self._task(process, node.step)
            if node.kind is Kind.DIAMOND:
                SubElement(process, "bpmn:exclusiveGateway", id=_gate(node.step))
        SubElement(process, "bpmn:endEvent", id="Selesai", name="Selesai")
        for number, source, target, name in self._sequence:
            names = {"name": name} if name else {}
            ends = {"sourceRef": source, "targetRef": target}
            SubElement(process, "bpmn:sequenceFlow", {"id": f"Alur_{number}", **names, **ends})
        for flow in self._elsewhere:
            note = SubElement(process, "bpmn:textAnnotation", id=f"Catatan_{flow.source}")
            SubElement(note, "bpmn:text").text = flow.label + (MARK if flow.inferred else "")
            ends = {"sourceRef": _task(flow.source), "targetRef": f"Catatan_{flow.source}"}
            SubElement(process, "bpmn:association", {"id": f"Kaitan_{flow.source}", **ends})

    def _in_lane(self, lane: int) -> Iterable[str]:
        last = len(self.graph.nodes)
        for node in (one for one in self.graph.nodes if one.lane == lane):
            yield from ["Mulai"] if node.step == 1 else []
            yield _task(node.step)
            yield from [_gate(node.step)] if node.kind is Kind.DIAMOND else []
            yield from ["Selesai"] if node.step == last else []

    def _task(self, process: Element, number: int) -> None:
        step, node = self.sop.step(number), self.graph.node(number)
        name = f"{number}. {step.nama}" + (MARK if node.inferred else "")
        task = SubElement(process, "bpmn:userTask", id=_task(number), name=name)
        SubElement(task, "bpmn:documentation").text = "\n".join(self._told(number))
        if step.berulang:
            SubElement(task, "bpmn:standardLoopCharacteristics", id=f"Ulang_{number}")

    def _told(self, number: int) -> Iterable[str]:
        step, norm = self.sop.step(number), self.sop.step(number).mutu_baku
        yield step.uraian
        others = [self.graph.lanes[one.lane].name for one in self.graph.node(number).beside]
        cells = {
            "Bersama": ", ".join(others),
            "Kelengkapan": "; ".join(norm.kelengkapan or ()),
            "Waktu": norm.waktu.teks if norm.waktu else "",
            "Output": norm.output or "",
            "Keterangan": step.keterangan or "",
        }
        yield from (f"{name}: {text}" for name, text in cells.items() if text)
        for mark in sheet.marks(self.sop):
            if mark.step == number:
                yield f"Disimpulkan, {mark.label or mark.cell} ({mark.level}): {mark.reason}"

    @cached_property
    def _sideways(self) -> list[Flow]:
        return [f for f in self.graph.flows if f.target != ELSEWHERE and not f.plain]

    @property
    def _elsewhere(self) -> list[Flow]:
        return [flow for flow in self.graph.flows if flow.target == ELSEWHERE]

    @cached_property
    def _sequence(self) -> list[tuple[int, str, str, str]]:
        """Number, source, target and name of each sequence flow."""
        found = [("Mulai", _task(1), "")]
        for node in self.graph.nodes:
            if node.kind is Kind.DIAMOND:
                found.append((_task(node.step), _gate(node.step), ""))
        for flow in self._drawn:
            name = flow.label + (MARK if flow.inferred and flow.label else "")
            found.append((self._out(flow.source), _task(flow.target), name))
        found.append((self._out(len(self.graph.nodes)), "Selesai", ""))
        return [(number, *one) for number, one in enumerate(found, 1)]

    @property
    def _drawn(self) -> list[Flow]:
        return [flow for flow in self.graph.flows if flow.target != ELSEWHERE]

    def _out(self, step: int) -> str:
        decides = self.graph.node(step).kind is Kind.DIAMOND
        return _gate(step) if decides else _task(step)

    @cached_property
    def _lane_tops(self) -> list[float]:
        """Where each lane begins, and at the end where the last one ends."""
        tops = [0.0]
        for lane in range(len(self.graph.lanes)):
            ways = sum(self.graph.node(flow.source).lane == lane for flow in self._sideways)
            # The name stands upright in one line, if it is not too long for that.
            name = min(width(self.graph.lanes[lane].name, 12) + 30, _LONGEST)
            tops.append(tops[-1] + max(_ZONE + max(ways, 1) * _TRACK, name))
        return tops

    @cached_property
    def _places(self) -> dict[str, Frame]:
        """Where each event, task and gateway stands."""
        x = _HEADER + _NAMES + 40.0
        found: dict[str, Frame] = {"Mulai": self._place(1, x, _EVENT)}
        x = found["Mulai"].right + _GAP
        for node in self.graph.nodes:
            found[_task(node.step)] = self._place(node.step, x, _TASK)
            x = found[_task(node.step)].right
            if node.kind is Kind.DIAMOND:
                found[_gate(node.step)] = self._place(node.step, x + 30, _GATE)
                # The words on the way back stand below, to the right of the gateway.
                x = found[_gate(node.step)].right + 40
            x += _GAP
        found["Selesai"] = self._place(len(self.graph.nodes), x, _EVENT)
        return found

    def _place(self, step: int, x: float, size: tuple[float, float]) -> Frame:
        middle = self._lane_tops[self.graph.node(step).lane] + _MIDDLE
        return Frame(x, middle - size[1] / 2, *size)

    def _plane(self, plane: Element) -> None:
        wide = max(frame.right for frame in self._places.values()) + 40
        tops = self._lane_tops
        _shape(plane, "Kolam", Frame(0, 0, wide, tops[-1]), isHorizontal="true")
        for number, top in enumerate(tops[:-1]):
            frame = Frame(_HEADER, top, wide - _HEADER, tops[number + 1] - top)
            _shape(plane, f"Lajur_{number}", frame, isHorizontal="true")
        for name, frame in self._places.items():
            gate = {"isMarkerVisible": "true"} if name.startswith("Gerbang") else {}
            _shape(plane, name, frame, **gate)
        for flow in self._elsewhere:
            task = self._places[_task(flow.source)]
            note = Frame(task.x, task.y - 50, 150, 44)
            _shape(plane, f"Catatan_{flow.source}", note)
            ends = ((task.x + 10, task.y), (task.x + 10, note.bottom))
            _edge(plane, f"Kaitan_{flow.source}", ends)
        self._edges(plane)

    def _edges(self, plane: Element) -> None:
        flows = {(self._out(f.source), _task(f.target)): f for f in self._sideways}
        for number, source, target, name in self._sequence:
            side = flows.get((source, target))
            points = self._around(side) if side else self._across(source, target)
            edge = _edge(plane, f"Alur_{number}", points)
            if name:
                frame = _beside(points) if side else self._above(source, name)
                _bounds(SubElement(edge, "bpmndi:BPMNLabel"), frame)

    def _above(self, source: str, name: str) -> Frame:
        """Room for words above the gateway that a way leaves to the right."""
        gate = self._places[source]
        high = len(wrapped(name, _WORDS, 86)) * 14
        return Frame(gate.middle[0] - 45, gate.y - 3 - high, 90, high)

    def _across(self, source: str, target: str) -> tuple[Point, ...]:
        """To the next column; from lane to lane in the gap between the two."""
        start, end = self._places[source], self._places[target]
        (_, y), (_, to_y) = start.middle, end.middle
        turn = end.x - 25
        if y == to_y:
            return ((start.right, y), (end.x, to_y))
        return ((start.right, y), (turn, y), (turn, to_y), (end.x, to_y))

    def _around(self, flow: Flow) -> tuple[Point, ...]:
        """Below the tasks of the lane, then up or down in the column of the target."""
        start, end = self._places[self._out(flow.source)], self._places[_task(flow.target)]
        lane = self.graph.node(flow.source).lane
        mine = [one for one in self._sideways if self.graph.node(one.source).lane == lane]
        y = self._lane_tops[lane] + _ZONE + mine.index(flow) * _TRACK
        same = [one for one in self._sideways if one.target == flow.target]
        x = end.x + end.w * (same.index(flow) + 1) / (len(same) + 1)
        to_y = end.bottom if end.bottom < y else end.y
        return ((start.middle[0], start.bottom), (start.middle[0], y), (x, y), (x, to_y))


def _beside(points: tuple[Point, ...]) -> Frame:
    """Room for the words on a way that leaves below: at its own track."""
    x, y = points[1]
    return Frame(x + 5, y - 15, 90, 14)


def _task(step: int) -> str:
    return f"Langkah_{step}"


def _gate(step: int) -> str:
    return f"Gerbang_{step}"


def _shape(plane: Element, element: str, frame: Frame, **more: str) -> None:
    about = {"id": f"{element}_di", "bpmnElement": element, **more}
    shape = SubElement(plane, "bpmndi:BPMNShape", about)
    _bounds(shape, frame)


def _bounds(parent: Element, frame: Frame) -> None:
    sides = {"x": frame.x, "y": frame.y, "width": frame.w, "height": frame.h}
    SubElement(parent, "dc:Bounds", {name: f"{value:g}" for name, value in sides.items()})


def _edge(plane: Element, element: str, points: Iterable[Point]) -> Element:
    about = {"id": f"{element}_di", "bpmnElement": element}
    edge = SubElement(plane, "bpmndi:BPMNEdge", about)
    for x, y in points:
        SubElement(edge, "di:waypoint", x=f"{x:g}", y=f"{y:g}")
    return edge
