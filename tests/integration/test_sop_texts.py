"""The text of a SOP: checked before it is kept, kept as it is, read by everybody."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from tests.integration.office import SOP, call
from tests.integration.sheets import NEW_REVISION, bring, head, row, sheet_000, written

pytestmark = pytest.mark.usefixtures("with_plugins")


def show(reference, revision=None, person=""):
    return call(person, "satudata_sop_show", id=reference, revision=revision)


def test_a_changed_text_is_the_next_revision(office):
    assert [one["revision"] for one in call("", "satudata_sop_list", subject=SOP)] == [1]
    assert bring(office, NEW_REVISION)["revision"] == 2


def test_a_text_that_is_kept_already_stays_the_revision_it_is(office):
    first = bring(office, NEW_REVISION)
    assert bring(office, NEW_REVISION)["id"] == first["id"]


def test_what_is_kept_is_the_text_to_the_letter(office):
    text = "# Catatan (rekaan)\n" + written(NEW_REVISION)
    kept = call(office["pimpinan_walidata"], "satudata_sop_upload", text=text)
    assert show(kept["sha256"], person=office["outsider"])["text"] == text


def test_a_file_is_taken_like_its_text(office):
    file = FileStorage(io.BytesIO(written(NEW_REVISION).encode()), "sop.yaml", "upload")
    kept = call(office["sysadmin"], "satudata_sop_upload", upload=file)
    assert kept["sha256"] == bring(office, NEW_REVISION)["sha256"]


def test_each_fault_is_answered_with_its_place_its_code_and_a_sentence(office):
    text = written(row(3, pelaksana=["siapa_ini"]))
    with pytest.raises(tk.ValidationError) as refused:
        call(office["pimpinan_walidata"], "satudata_sop_upload", text=text)
    answer = refused.value.error_dict
    assert answer["code"] == ["sop_faulty"]
    wrong = next(one for one in answer["faults"] if one["code"] == "pelaksana-asing")
    assert "siapa_ini" in text.splitlines()[wrong["line"] - 1][wrong["column"] - 1 :]
    assert "siapa_ini" in wrong["sentence"]


@pytest.mark.parametrize("text", ["sop: [", "sop: {}\n", "a: &a [*a]\n", "\0", "\ud800"])
def test_a_text_with_faults_is_not_kept(office, text):
    before = call("", "satudata_sop_list")
    with pytest.raises(tk.ValidationError, match="sop_faulty"):
        call(office["pimpinan_walidata"], "satudata_sop_upload", text=text)
    assert call("", "satudata_sop_list") == before


@pytest.mark.parametrize("values", [{}, {"text": "  "}, {"text": 7}, {"upload": "sop.yaml"}])
def test_without_a_text_nothing_is_kept(office, values):
    with pytest.raises(tk.ValidationError, match="sop_text_missing"):
        call(office["pimpinan_walidata"], "satudata_sop_upload", **values)


@pytest.mark.parametrize("who", ["pengelola_data", "outsider"])
def test_who_heads_nothing_brings_no_text(office, who):
    with pytest.raises(tk.NotAuthorized, match="not_sop_keeper"):
        call(office[who], "satudata_sop_upload", text=written(NEW_REVISION))


@pytest.mark.parametrize(
    "sql", ["UPDATE satudata_sop SET text = 'lain'", "DELETE FROM satudata_sop"]
)
def test_a_text_that_is_kept_is_not_changed_or_taken_away(office, sql):
    with pytest.raises(sa.exc.DBAPIError, match="satudata_sop is refused"):
        model.Session.execute(sa.text(sql))
    model.Session.rollback()


def test_a_file_of_the_configuration_is_a_draft_until_somebody_adopts_it(office, tmp_path):
    path = tmp_path / "lain.yaml"
    path.write_text(written(head(subjek="lain-sekali")), "utf-8")
    before = tk.config["ckanext.satudata.sop_files"]
    tk.config["ckanext.satudata.sop_files"] = [*before, str(path)]
    try:
        found = call("", "satudata_sop_list", subject="lain-sekali")
    finally:
        tk.config["ckanext.satudata.sop_files"] = before
    assert [(one["id"], one["revision"], one["in_force"]) for one in found] == [(None, None, False)]


def test_the_five_files_of_the_project_are_there_from_the_start(office):
    assert {one["subject"] for one in call("", "satudata_sop_list")} == {
        SOP,
        "pengelolaan-pengamanan-data",
        "pengelolaan-data",
        "pengelolaan-data-elektronik",
        "pengelolaan-data-informasi",
    }


def test_a_configured_file_with_faults_hides_no_other(office, tmp_path):
    path = tmp_path / "salah.yaml"
    path.write_text("sop: salah\n", "utf-8")
    before = tk.config["ckanext.satudata.sop_files"]
    tk.config["ckanext.satudata.sop_files"] = [str(path), *before]
    try:
        found = call("", "satudata_sop_list", subject=SOP)
    finally:
        tk.config["ckanext.satudata.sop_files"] = before
    assert [one["subject"] for one in found] == [SOP]


def test_a_sop_is_shown_with_all_its_steps_and_their_holders(office):
    shown = show(SOP)
    printed = sheet_000()["langkah"]
    assert [one["uraian"] for one in shown["steps"]] == [one["uraian"] for one in printed]
    assert shown["steps"][2]["holders"] == ["Verifikator"]


def test_the_symbols_follow_from_the_rows(office):
    symbols = [one["symbol"] for one in show(SOP)["steps"]]
    assert symbols == ["capsule", "box", "diamond", "diamond", *["box"] * 4, "capsule"]


def test_what_the_head_lacks_is_told_and_not_invented(office):
    shown = show(SOP)
    assert "nomor" in shown["missing"]
    assert shown["head"]["nomor"] is None


def test_what_is_not_printed_is_marked_with_its_reason(office):
    marks = show(SOP)["steps"][2]["marks"]
    wanted = next(one for one in marks if one["cell"] == "sesuai")
    assert wanted["level"] == "sedang"
    assert wanted["reason"] == "Lembar hanya menggambar jalan maju; verifikasi adalah keputusan."


def test_an_older_revision_is_still_read(office):
    bring(office, NEW_REVISION)
    person = office["outsider"]
    found = [show(SOP, person=person), show(SOP, 1, person)]
    assert [one["revision"] for one in found] == [2, 1]


@pytest.mark.parametrize(("reference", "revision"), [("entah", None), (SOP, 99), ("entah", 1)])
def test_a_sop_that_is_not_there_is_not_found(office, reference, revision):
    with pytest.raises(tk.ObjectNotFound):
        show(reference, revision)


def test_the_public_reads_the_office_and_not_the_officer(office):
    adoption = show(SOP)["adoptions"][0]
    known = call(office["verifikator"], "satudata_sop_show", id=SOP)["adoptions"][0]
    assert adoption["organization"]["id"] == office.walidata["id"]
    assert adoption["adopted_by"] is None
    assert known["adopted_by"] is not None
