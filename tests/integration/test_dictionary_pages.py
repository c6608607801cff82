"""The kamus data on pages, as a browser without JavaScript meets them."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest

from tests.integration.office import call, submit, walk
from tests.integration.release_scene import NAME, open_copy
from tests.integration.test_dictionary import KAMUS, resource_id, save
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")
PRODUCER = "produsen_data"


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


@pytest.fixture
def table(office):
    submit(office)
    return resource_id(office=office)


@pytest.fixture
def page(table):
    return f"/dataset/{NAME}/kamus-data/{table}"


def hidden(answer):
    """The fields of the form as the page filled them in."""
    form = answer.body.partition('id="kamus-form"')[2].partition("</form>")[0]
    found = dict(
        re.findall(r'<input type="(?:hidden|text)"[^>]*name="([^"]+)" value="([^"]*)"', form)
    )
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    unquoted = {
        key: value.replace("&#34;", '"').replace("&amp;", "&") for key, value in found.items()
    }
    return {key: value for key, value in unquoted.items() if not key.startswith("_")}


def edit(browser, page, **changes):
    """The form as it is shown, with some fields changed, sent."""
    form = {**hidden(browser.get(PRODUCER, f"{page}/ubah")), **changes}
    return browser.post(PRODUCER, f"{page}/ubah", **form)


def test_the_form_begins_with_the_columns_of_the_file(browser, page):
    form = hidden(browser.get(PRODUCER, f"{page}/ubah"))
    assert (form["k0-name"], form["k1-name"]) == ("tahun", "jumlah")
    assert (form["k0-type"], form["k1-type"]) == ("year", "integer")


def test_what_is_typed_is_saved(browser, office, page, table):
    answer = edit(browser, page, **{"k1-unit": "orang", "k1-definition": "Semua."}, do="save")
    assert answer.status_code == 303
    shown = call(office[PRODUCER], "satudata_dictionary_show", id=table)
    assert shown["schema"]["fields"][1]["unit"] == "orang"


def test_enter_in_a_field_saves(browser, office, page, table):
    assert edit(browser, page, **{"k1-unit": "orang"}).status_code == 303


def test_a_fault_stands_at_its_field_and_everything_typed_stays(browser, page):
    changes = {"k1-unit": "orang", "k1-minimum": "9", "k1-maximum": "1", "do": "save"}
    answer = edit(browser, page, **changes)
    assert answer.status_code == 422
    main = main_part(answer)
    assert 'href="#k1-minimum"' in main
    assert 'id="k1-minimum-error"' in main
    form = hidden(answer)
    assert (form["k1-unit"], form["k1-minimum"], form["k1-maximum"]) == ("orang", "9", "1")


def test_a_column_is_added_and_removed_without_saving(browser, office, page, table):
    answer = edit(browser, page, do="add", **{"k1-unit": "orang"})
    form = hidden(answer)
    assert (form["of"], form["k1-unit"], form["k2-name"]) == ("3", "orang", "")
    answer = browser.post(PRODUCER, f"{page}/ubah", **{**form, "do": "remove-0"})
    assert (hidden(answer)["of"], hidden(answer)["k0-name"]) == ("2", "jumlah")
    assert call(office[PRODUCER], "satudata_dictionary_show", id=table)["schema"] is None


def test_the_file_is_read_again_and_what_is_typed_stays(browser, page):
    answer = edit(browser, page, do="propose", **{"k1-unit": "orang", "k1-title": "Ditulis"})
    form = hidden(answer)
    assert (form["k1-unit"], form["k1-title"]) == ("orang", "Ditulis")


def test_two_who_edit_at_once_do_not_write_over_each_other(browser, office, page, table):
    form = hidden(browser.get(PRODUCER, f"{page}/ubah"))
    save(office, table)
    answer = browser.post(PRODUCER, f"{page}/ubah", **{**form, "k1-unit": "jiwa", "do": "save"})
    assert answer.status_code == 409
    assert hidden(answer)["k1-unit"] == "jiwa"


def test_json_is_brought_into_the_form_and_saved_only_afterwards(browser, office, page, table):
    values = {"based_on": "", "do": "import"}
    upload = (BytesIO(json.dumps(KAMUS).encode()), "kamus.json")
    answer = browser.post(PRODUCER, f"{page}/ubah", **values, upload=upload)
    assert answer.status_code == 200
    assert hidden(answer)["k1-unit"] == "orang"
    assert call(office[PRODUCER], "satudata_dictionary_show", id=table)["schema"] is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"fields": [{"name": "a", "type": "angka"}]}'])
def test_json_with_faults_is_told_and_changes_nothing(browser, page, content):
    upload = (BytesIO(content), "kamus.json")
    answer = browser.post(PRODUCER, f"{page}/ubah", do="import", upload=upload)
    assert answer.status_code == 422
    assert 'id="error-summary"' in answer.body


def test_what_is_exported_is_the_table_schema(browser, office, page, table):
    save(office, table)
    answer = browser.get(PRODUCER, f"{page}.json")
    assert answer.status_code == 200
    assert json.loads(answer.body) == KAMUS


def test_somebody_who_may_not_write_gets_no_form(browser, office, page, table):
    assert browser.get("outsider", f"{page}/ubah").status_code == 404
    assert browser.get(None, f"{page}/ubah").status_code == 302
    assert browser.post(None, f"{page}/ubah", do="save").status_code == 401


def test_unreleased_data_has_no_page_for_others(browser, office, page, table):
    save(office, table)
    for path in (page, f"{page}.json", f"{page}/versi", f"/dataset/{NAME}/ms"):
        assert browser.get("outsider", path).status_code == 404, path


@pytest.fixture
def published(office, table):
    save(office, table)
    walk(office, call(office[PRODUCER], "satudata_case_show", id=NAME), until=10)
    return table


def test_everybody_reads_what_the_columns_are(browser, published, page):
    for path in (page, f"/dataset/{NAME}/resource/{published}"):
        main = main_part(browser.get(None, path))
        assert "Penduduk" in main, path
        assert "orang" in main, path
    assert browser.get(None, f"{page}.json").status_code == 200


def test_the_first_rows_have_titles_and_units(browser, published):
    main = main_part(browser.get(None, f"/dataset/{NAME}"))
    assert re.search(r"Penduduk<br><span class=\"sd-unit\">orang", main)


def test_the_page_of_a_dataset_with_one_table_leads_to_it(browser, published, page):
    answer = browser.get(None, f"/dataset/{NAME}/kamus-data")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(page)


def test_the_forms_are_a_page_to_print(browser, published):
    main = main_part(browser.get(None, f"/dataset/{NAME}/ms"))
    for name in ("MS-Keg", "MS-Var", "MS-Ind", "Aturan Validasi", "Level Estimasi"):
        assert name in main


def test_versions_tell_who_saved_what(browser, office, table, page):
    save(office, table)
    save(office, table, {"fields": KAMUS["fields"][:1]})
    main = main_part(browser.get(PRODUCER, f"{page}/versi"))
    assert main.index("version-2") < main.index("version-1")
    assert "jumlah" in main


def test_a_form_for_many_columns_is_taken(browser, office, page, table):
    many = {"fields": [{"name": f"kolom {at}", "type": "string"} for at in range(100)]}
    save(office, table, many)
    answer = edit(browser, page, **{"k99-title": "Terakhir"}, do="save")
    assert answer.status_code == 303
    shown = call(office[PRODUCER], "satudata_dictionary_show", id=table)
    assert shown["schema"]["fields"][99]["title"] == "Terakhir"


def test_what_a_working_copy_changes_is_told_cell_by_cell(browser, office, published):
    copy = open_copy(office)
    own = resource_id(PRODUCER, copy["id"], office=office)
    changed = {"fields": [KAMUS["fields"][0], {**KAMUS["fields"][1], "unit": "jiwa"}]}
    save(office, own, changed)
    main = main_part(browser.get(PRODUCER, f"/dataset/{copy['name']}/perbedaan"))
    assert "orang" in main
    assert "jiwa" in main
    assert "&#34;fields&#34;" not in main
