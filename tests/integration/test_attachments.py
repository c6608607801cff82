"""Files of a case: who attaches and reads them, what they may be, and how they are handed over."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from ckan import model
from ckan.lib import files
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.logic.cases.file_kinds import safe_name
from tests.integration.hostile import refusal
from tests.integration.office import Office, call, submit

PDF = b"%PDF-1.7\nBerita acara rekaan\n%%EOF\n"


def sent(content: bytes = PDF, name: str = "berita-acara.pdf") -> FileStorage:
    return FileStorage(io.BytesIO(content), name, "upload")


def attach(person: str, case: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    values = {"upload": sent(), **({"case_id": case["id"]} if case else {}), **more}
    return call(person, "satudata_attachment_create", **values)


def office_file(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


DOCX = office_file("[Content_Types].xml", "word/document.xml")
XLSX = office_file("[Content_Types].xml", "xl/workbook.xml")


@pytest.fixture
def case(office: Office) -> dict[str, Any]:
    return submit(office)


def fetch(app: Any, office: Office, actor: str | None, attachment_id: str) -> Any:
    headers = {"Authorization": office.people[actor]["token"]} if actor else {}
    address = f"/lampiran/{attachment_id}"
    return app.test_client().open(address, headers=headers, follow_redirects=False)


def test_what_was_attached_is_downloaded_byte_for_byte(app, office, case):
    kept = attach(office["admin_data"], case)

    assert fetch(app, office, "produsen_data", kept["id"]).data == PDF


def test_an_attachment_says_by_which_content_it_is_known(office, case):
    kept = attach(office["admin_data"], case)

    assert kept["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_a_file_is_handed_over_and_never_run_by_a_browser(app, office, case):
    kept = attach(office["admin_data"], case, upload=sent(b"<script>x</script>", "catatan.txt"))
    headers = fetch(app, office, "admin_data", kept["id"]).headers

    told = (headers["Content-Disposition"].split(";")[0], headers["X-Content-Type-Options"])
    assert (*told, headers["Content-Type"]) == (
        "attachment",
        "nosniff",
        "text/plain; charset=utf-8",
    )


def test_no_cache_between_keeps_a_file_that_is_not_for_all(app, office, case):
    kept = attach(office["admin_data"], case)

    assert "no-store" in fetch(app, office, "admin_data", kept["id"]).headers["Cache-Control"]


def test_the_same_content_twice_is_two_attachments_over_one_file(office, case):
    first, second = attach(office["admin_data"], case), attach(office["admin_data"], case)

    assert first["id"] != second["id"]
    assert first["sha256"] == second["sha256"]


def test_an_outsider_attaches_nothing_to_a_case(office, case):
    refused = refusal(office["outsider"], "satudata_attachment_create", case_id=case["id"])

    assert "not_found" in refused


def test_an_outsider_gets_the_answer_of_a_wrong_id(app, office, case):
    kept = attach(office["admin_data"], case)
    answers = [fetch(app, office, "outsider", one) for one in (kept["id"], "entah")]

    assert [one.status_code for one in answers] == [404, 404]


def test_somebody_without_a_login_is_asked_for_one(app, office, case):
    kept = attach(office["admin_data"], case)

    assert fetch(app, office, None, kept["id"]).status_code == 302


def test_a_letter_without_a_case_is_uploaded_by_who_may_assign(office):
    assert attach(office["sysadmin"])["case_id"] is None


def test_others_upload_nothing_without_a_case(office):
    refused = refusal(office["verifikator"], "satudata_attachment_create", upload=sent())

    assert "not_assigner" in refused


def test_a_letter_is_not_shown_to_those_who_assign_nothing(office):
    kept = attach(office["sysadmin"])

    assert "attachment_not_found" in refusal(
        office["verifikator"], "satudata_attachment_show", id=kept["id"]
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [(PDF, "a.PDF"), (DOCX, "a.docx"), (XLSX, "a.xlsx"), (b"Ya, Yogyakarta.", "a.txt")],
)
def test_a_known_kind_is_taken(office, case, content, name):
    kept = attach(office["admin_data"], case, upload=sent(content, name))

    assert kept["size"] == len(content)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "attachment_empty"),
        (PDF, "a.exe", "attachment_kind"),
        (PDF, "a", "attachment_kind"),
        (PDF, "a.svg", "attachment_kind"),
        (b"<html>", "a.pdf", "attachment_mislabelled"),
        (PDF, "a.png", "attachment_mislabelled"),
        (DOCX, "a.xlsx", "attachment_mislabelled"),
        (b"PK\x03\x04 broken", "a.docx", "attachment_mislabelled"),
        (DOCX[: len(DOCX) // 2], "a.docx", "attachment_mislabelled"),
        (b"a\0b", "a.txt", "attachment_mislabelled"),
        (b"\xff\xfe\x00a", "a.txt", "attachment_mislabelled"),
        (
            office_file("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "a.docx",
            "attachment_mislabelled",
        ),
    ],
)
def test_what_a_file_is_decides_and_not_what_it_is_called(office, case, content, name, code):
    values = {"case_id": case["id"], "upload": sent(content, name)}

    assert code in refusal(office["admin_data"], "satudata_attachment_create", **values)


@pytest.mark.ckan_config("ckanext.satudata.max_attachment_size", 1)
def test_a_file_that_is_too_big_is_told_the_limit(office, case):
    values = {"case_id": case["id"], "upload": sent(PDF + b"x" * 1_000_000)}

    assert "1 MB" in refusal(office["admin_data"], "satudata_attachment_create", **values)


@pytest.mark.parametrize("upload", ["teks", 7, None, {"filename": "a.pdf"}])
def test_what_is_no_file_at_all_is_asked_for(office, case, upload):
    values = {"case_id": case["id"], "upload": upload}

    assert "attachment_missing" in refusal(
        office["admin_data"], "satudata_attachment_create", **values
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\surat\\SK 7.pdf", "SK 7.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("surat\u202efdp.txt", "suratfdp.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        (".pdf", "pdf"),
    ],
)
def test_a_name_becomes_one_that_a_header_and_a_folder_can_hold(said, kept):
    assert safe_name(said) == kept


def test_a_name_that_is_not_english_is_downloaded_under_itself(app, office, case):
    kept = attach(office["admin_data"], case, upload=sent(name="naskah – résumé.pdf"))

    disposition = fetch(app, office, "admin_data", kept["id"]).headers["Content-Disposition"]
    assert "filename*=UTF-8''naskah%20%E2%80%93%20r%C3%A9sum%C3%A9.pdf" in disposition


def test_a_refused_file_leaves_no_bytes_behind(office, case):
    odd = b"%PDF-1.7 di bawah perkara orang lain"
    refusal(office["outsider"], "satudata_attachment_create", case_id=case["id"], upload=sent(odd))

    with pytest.raises(Refused, match="file_missing"):
        attachments.stream(hashlib.sha256(odd).hexdigest(), "a.pdf")


def test_an_attachment_whose_bytes_are_gone_says_so(app, office, case):
    kept = attach(office["admin_data"], case, upload=sent(PDF + b"hilang"))
    storage = files.get_storage(tk.config["ckan.files.default_storages.resource"])
    storage.remove(files.FileData(attachments.location_of(kept["sha256"])))

    answer = fetch(app, office, "admin_data", kept["id"])
    assert (answer.status_code, "file_missing" in answer.body) == (409, True)


def test_an_attachment_counts_in_its_own_case(office, case):
    kept = attach(office["admin_data"], case)

    assert [row.id for row in attachments.check([kept["id"]], case["id"])] == [kept["id"]]


@pytest.mark.parametrize("named", ["{other}", "{letter}", "entah", "a\0b"])
def test_an_attachment_of_elsewhere_is_unknown_here(office, case, named):
    other = submit(office, "data-kedua")
    known = {
        "other": attach(office["admin_data"], other)["id"],
        "letter": attach(office["sysadmin"])["id"],
    }
    with pytest.raises(Refused, match="attachment_unknown"):
        attachments.check([named.format(**known)], case["id"])
    model.Session.rollback()
