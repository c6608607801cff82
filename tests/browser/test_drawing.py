"""The sheet as a drawing: in the page on a desk and on a phone, by keyboard, and as BPMN."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from demo.cast import ADMINISTRATOR, SOP
from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import PRODUSEN, RETURN, TO_VERIFICATION, Office, Scene

VIEWER = Path(__file__).parent / "vendor/bpmn-js/bpmn-viewer.production.min.js"
SHIPPED = (
    SOP,
    "pengelolaan-pengamanan-data",
    "pengelolaan-data",
    "pengelolaan-data-elektronik",
    "pengelolaan-data-informasi",
)
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
IMPORT = """async (xml) => {
  const viewer = new BpmnJS({ container: "#drawing" });
  const { warnings } = await viewer.importXML(xml);
  const drawn = viewer.get("elementRegistry").getAll().map((one) => [one.type, one.id]);
  return { warnings: warnings.map((one) => one.message), drawn };
}"""


@dataclass(frozen=True)
class Imported:
    """A BPMN file of the portal, and what bpmn-js says of it and draws."""

    xml: ET.Element
    warnings: list[str]
    drawn: set[tuple[str, str]]

    def ids(self, kind: str) -> set[str]:
        """The ids that the file gives its elements of a kind."""
        return {one.get("id", "") for one in self.xml.iter(f"{BPMN}{kind}")}

    def drawn_ids(self, kind: str) -> set[str]:
        return {id_ for type_, id_ in self.drawn if type_.lower() == f"bpmn:{kind}".lower()}


@pytest.fixture(scope="module")
def make_page(office: Office, make_desks: Callable[[], Desks]) -> Iterator[Callable[..., Page]]:
    desks = make_desks()
    yield desks.open
    desks.close()


@pytest.fixture(scope="module")
def scene(office: Office) -> Scene:
    return office.scene("digambar", (*TO_VERIFICATION, RETURN))


@pytest.fixture(scope="module", params=SHIPPED)
def imported(
    request: pytest.FixtureRequest, make_page: Callable[..., Page], pictures: Path
) -> Imported:
    page = make_page()
    page.goto(f"/sop/{request.param}")
    xml = page.request.get(page.get_attribute("#sheet-bpmn", "href") or "").text()
    page.set_content('<div id="drawing" style="width:1280px;height:720px"></div>')
    page.add_script_tag(path=VIEWER)
    found = page.evaluate(IMPORT, xml)
    page.screenshot(path=pictures / f"bpmn-{request.param}.png")
    return Imported(ET.fromstring(xml), found["warnings"], {tuple(o) for o in found["drawn"]})


def test_bpmn_js_takes_the_file_without_a_warning(imported: Imported):
    assert imported.warnings == []


@pytest.mark.parametrize("kind", ["lane", "userTask", "exclusiveGateway", "sequenceFlow"])
def test_bpmn_js_draws_all_there_is(imported: Imported, kind: str):
    assert imported.drawn_ids(kind) == imported.ids(kind)


@pytest.mark.parametrize("subject", SHIPPED)
@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE])
def test_the_drawing_scrolls_in_its_own_box_on_a_phone(
    make_page: Callable[..., Page], pictures: Path, subject: str, width: int
):
    page = make_page(width=width)
    page.goto(f"/sop/{subject}")
    take_pictures(page, pictures, f"lembar-{subject}")
    assert width_of(page, width) <= width
    box = page.locator(".sd-drawn")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_axe_finds_nothing_serious_in_the_sheet(make_page: Callable[..., Page], width: int):
    page = make_page()
    page.goto(f"/sop/{SOP}")
    assert serious_faults(page, width) == []


def test_the_box_is_reached_and_moved_by_keyboard(make_page: Callable[..., Page]):
    page = make_page(width=PHONE)
    page.goto(f"/sop/{SOP}")
    page.locator(".sd-drawn").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.sd-drawn').scrollLeft > 0")


def test_a_symbol_leads_by_keyboard_to_its_row_of_the_list(make_page: Callable[..., Page]):
    page = make_page()
    page.goto(f"/sop/{SOP}")
    page.locator(".sd-drawing a").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#langkah-3$"))


def test_each_symbol_has_a_name_that_says_what_it_shows(make_page: Callable[..., Page]):
    page = make_page()
    page.goto(f"/sop/{SOP}")
    named = page.get_by_role("link", name=re.compile("^Langkah 3, Verifikator, keputusan"))
    expect(named).to_have_count(1)


def test_a_case_shows_where_it_stands(make_page: Callable[..., Page], scene: Scene, pictures: Path):
    page = make_page(PRODUSEN)
    page.goto(f"/kasus/{scene.number}")
    take_pictures(page, pictures, "lembar-kasus")
    states = page.locator(".sd-drawing [data-state]").evaluate_all(
        "found => found.map(one => [one.dataset.step, one.dataset.state])"
    )
    # Returned from step 3 to step 2: what lies behind the open step is to be done again.
    assert states == [["1", "visited"], ["2", "current"]]


def test_an_editor_sees_sheet_and_changes_before_a_file_is_kept(
    make_page: Callable[..., Page], pictures: Path
):
    page = make_page(ADMINISTRATOR.name)
    page.goto(f"/sop/{SOP}")
    text = page.locator("#text pre").text_content() or ""
    page.goto("/sop/unggah")
    page.fill("#field-text", text.replace("uraian: Verifikasi Data", "uraian: Memeriksa data"))
    send(page, "#sop-look")
    take_pictures(page, pictures, "lembar-diperiksa")
    expect(page.locator("#changes tbody tr")).to_have_count(1)
    expect(page.locator("#changes")).to_contain_text("Memeriksa data")
    expect(page.locator(".sd-drawing")).to_contain_text("Memeriksa data")
    assert width_of(page, PHONE) <= PHONE
    assert serious_faults(page, WIDE) == []
