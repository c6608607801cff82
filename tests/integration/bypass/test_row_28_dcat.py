"""Rows 27 and 28: feeds and catalogues in other formats say what the pages say."""

from __future__ import annotations

import pytest

from tests.integration.bypass.public import SECRET, Public
from tests.integration.office import submit, walk

NAME = "jumlah-penduduk"
FORMATS = ("ttl", "rdf", "xml", "jsonld", "n3")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("person", [None, "outsider"])
def test_row_28_data_that_is_not_public_is_in_no_format(app, office, ending, person):
    submit(office, notes=SECRET)
    token = office.people[person]["token"] if person else None

    answer = Public(app, token).get(f"/dataset/{NAME}.{ending}")

    assert answer.status_code in (302, 403, 404)


@pytest.mark.parametrize("person", [None, "outsider", "verifikator", "sysadmin"])
def test_row_28_the_catalogue_lists_what_is_public(app, office, person):
    submit(office, notes=SECRET)
    walk(office, submit(office, "data-terbit", title="data-terbit"), until=9)
    token = office.people[person]["token"] if person else None

    read = Public(app, token).get("/catalog.ttl").get_data(as_text=True)

    assert ("data-terbit" in read, SECRET in read) == (True, False)


@pytest.mark.parametrize("action", ["dcat_catalog_show", "dcat_catalog_search"])
def test_row_28_a_search_of_the_catalogue_finds_what_is_public(office, public, action):
    submit(office, notes=SECRET)

    assert SECRET not in public.reads(action, q=SECRET, fq="+capacity:private", format="ttl")


def test_row_28_published_data_is_there_in_other_formats(office, public):
    walk(office, submit(office), until=9)

    assert "dcat:Dataset" in public.get(f"/dataset/{NAME}.ttl").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/feeds/dataset.atom", "/feeds/organization/{agency}.atom"])
def test_row_27_a_feed_tells_what_is_public(office, public, path):
    submit(office, notes=SECRET)
    walk(office, submit(office, "data-terbit", title="data-terbit"), until=9)

    read = public.get(path.format(agency=office.agency["name"])).get_data(as_text=True)

    assert ("data-terbit" in read, SECRET in read) == (True, False)
