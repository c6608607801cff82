"""Row 31: what a harvester fetched is nobody's before the data is approved."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk

from tests.integration.bypass.harvested import KEY, SOURCE, fetched, source_of
from tests.integration.bypass.public import SECRET, Public
from tests.integration.office import call, submit, walk

NAME = "jumlah-penduduk"


@pytest.fixture
def harvested(office):
    submit(office)
    return fetched(office, NAME)


def test_row_31_the_public_reads_no_fetched_document_by_its_id(public, harvested):
    assert SECRET not in public.reads("harvest_object_show", id=harvested.object_id)


def test_row_31_the_public_reads_no_fetched_document_by_its_dataset(public, harvested):
    assert SECRET not in public.reads("harvest_object_show", dataset_id=NAME)


def test_row_31_the_public_reads_no_fetched_document_by_another_field(public, harvested):
    assert SECRET not in public.reads("harvest_object_show", id="1", attr="guid")


@pytest.mark.parametrize("path", ["/harvest/object/{object}", "/dataset/harvest_object/{name}"])
def test_row_31_the_public_opens_no_page_of_a_fetched_document(public, harvested, path):
    answer = public.get(path.format(object=harvested.object_id, name=NAME))

    assert SECRET not in answer.get_data(as_text=True)


def test_row_31_the_public_lists_no_fetched_documents(public, harvested):
    assert harvested.object_id not in public.reads("harvest_object_list")


def test_row_31_another_agency_reads_no_fetched_document(app, office, harvested):
    other = Public(app, office.people["outsider"]["token"])

    assert SECRET not in other.reads("harvest_object_show", id=harvested.object_id)


def test_row_31_who_may_update_the_source_reads_what_it_fetched(office, harvested):
    shown = call(office["produsen_data"], "harvest_object_show", id=harvested.object_id)

    assert SECRET in shown["content"]


@pytest.mark.parametrize("flag", [False, None])
def test_row_31_a_source_with_the_keys_of_other_portals_is_never_public(office, public, flag):
    source = source_of(office, **({} if flag is None else {"private": flag}))
    call(office["produsen_data"], "harvest_source_patch", id=source["id"], private=False)

    asked = {"package_show": {"id": SOURCE}, "harvest_source_show": {"id": SOURCE}}
    asked |= {"harvest_source_list": {}, "package_search": {"fq": "dataset_type:harvest"}}
    read = {action: public.reads(action, **values) for action, values in asked.items()}
    assert [action for action, body in read.items() if KEY in body] == []


def test_row_31_another_agency_reads_no_settings_of_a_source(app, office):
    source_of(office)
    other = Public(app, office.people["outsider"]["token"])

    for action in ("package_show", "harvest_source_show"):
        assert KEY not in other.reads(action, id=SOURCE)


def test_row_31_the_public_page_of_sources_is_whole(office, public):
    source_of(office)

    assert public.get("/harvest/").status_code == 200


def test_row_31_listings_stay_whole_when_there_is_a_source(office, public):
    source_of(office)
    pages = ("/dataset/", f"/organization/{office.agency['name']}", "/")

    assert [path for path in pages if public.get(path).status_code != 200] == []


def test_row_31_a_source_has_no_case(office):
    source = source_of(office)

    with pytest.raises(tk.ObjectNotFound):
        call(office["admin_data"], "satudata_case_show", id=source["id"])


def test_row_31_published_data_names_no_source_and_stores_nothing_of_it(office, public):
    case = submit(office)
    fetched(office, NAME)
    walk(office, case, until=9)

    assert "harvest_source" not in public.reads("package_show", id=NAME)
