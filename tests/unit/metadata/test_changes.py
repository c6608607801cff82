"""A replaced file needs words about this change, not about the last one."""

from datetime import datetime

import pytest

from ckanext.satudata.metadata.changes import change_problem, is_replaced

STORED = {
    "url": "jumlah.csv",
    "url_type": "upload",
    "last_modified": datetime(2026, 1, 5, 8, 30),  # noqa: DTZ001 (CKAN's are naive UTC)
    "hash": "",
    "change_nature": "koreksi_angka",
    "change_note": "Baris 3 salah ketik.",
    "period_start": "2025",
}
SHOWN = {
    **STORED,
    "url": "http://portal.example/dataset/x/resource/y/download/jumlah.csv",
    "last_modified": "2026-01-05T08:30:00",
}
REPLACED = {**STORED, "last_modified": datetime(2026, 2, 9, 10, 0)}  # noqa: DTZ001


def code(before, after):
    problem = change_problem(before, after)
    return problem and (problem.field, problem.code)


def test_sending_back_what_was_shown_replaces_nothing():
    assert not is_replaced(STORED, SHOWN)


def test_a_new_time_stamp_on_an_upload_means_a_new_file():
    assert is_replaced(STORED, REPLACED)


def test_another_file_name_means_a_new_file():
    assert is_replaced(STORED, {**SHOWN, "url": "lain.csv"})


def test_another_content_hash_means_a_new_file():
    assert is_replaced({**STORED, "hash": "aa"}, {**SHOWN, "hash": "bb"})


def test_a_hash_written_for_the_first_time_replaces_nothing():
    assert not is_replaced(STORED, {**SHOWN, "hash": "aa"})


def test_an_upload_that_becomes_a_link_is_replaced():
    assert is_replaced(STORED, {"url": "https://bps.example/jumlah.csv", "url_type": ""})


def test_a_link_that_becomes_an_upload_is_replaced():
    assert is_replaced({"url": "https://bps.example/jumlah.csv", "url_type": None}, REPLACED)


def test_another_link_is_a_replaced_file():
    assert is_replaced({"url": "https://a.example/1"}, {"url": "https://a.example/2"})


def test_a_first_file_replaces_nothing():
    assert not is_replaced({"url": "", "url_type": None}, REPLACED)


def test_the_address_of_a_datastore_table_is_not_its_content():
    before = {"url": "_datastore_only_resource", "url_type": "datastore"}
    assert not is_replaced(before, {**before, "url": "http://portal.example/datastore/dump/y"})


def test_an_update_that_leaves_the_kind_out_keeps_it():
    after = {name: SHOWN[name] for name in ("url", "last_modified")}
    assert not is_replaced(STORED, after)


def test_a_new_resource_needs_no_words_on_a_change():
    assert code(None, {"url": "a.csv", "url_type": "upload"}) is None


def test_a_replaced_file_without_a_word_is_refused():
    after = {**REPLACED, "change_nature": " "}
    assert code(STORED, after) == ("change_nature", "change_nature_required")


def test_words_carried_along_by_a_patch_do_not_count():
    assert code(STORED, REPLACED) == ("change_note", "change_not_restated")


@pytest.mark.parametrize(
    "said",
    [
        {"change_note": "Baris 7 salah ketik."},
        {"change_nature": "periode_baru", "period_start": "2026", "change_note": ""},
        {"change_nature": "perbaikan_bentuk"},
    ],
)
def test_new_words_or_a_new_period_are_accepted(said):
    assert code(STORED, {**REPLACED, **said}) is None


@pytest.mark.parametrize("nature", ["koreksi_angka", "perubahan_definisi"])
def test_a_change_of_figures_or_definition_needs_a_note(nature):
    after = {**REPLACED, "change_nature": nature, "change_note": ""}
    assert code(STORED, after) == ("change_note", "change_note_required")
