from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.satudata.sources import ckan_portal
from ckanext.satudata.sources.ckan_portal import CkanSource
from ckanext.satudata.sources.failures import Misdeclared
from ckanext.satudata.sources.record import Record
from tests.standins.ckan_portal import Portal, dataset
from tests.standins.server import Reply
from tests.unit.sources.asking import KEY
from tests.unit.sources.conformance import CHOICES, Conformance, World, failure


@pytest.fixture
def world() -> Iterator[World]:
    with Portal() as server:
        yield World(server, CkanSource, {"url": server.url})


class TestConformance(Conformance):
    guids = [f"00000000-0000-4000-8000-{n:012d}" for n in range(7)]

    def change(self, server: Portal) -> None:
        server.datasets[4]["title"] = "Judul lain (buatan)"


def first(world: World) -> Record:
    return world.source().read(world.entries()[0])


def test_the_fields_of_a_dataset_are_taken_over_where_they_are_ours(world: World) -> None:
    assert first(world).fields == {
        "title": "Data buatan 0",
        "notes": "Isi **buatan**, bukan data siapa pun.",
        "tag_string": "buatan, a b",
        "official_source": f"Dinas Buatan, {world.server.url}",
        "unit": "Orang",
        "update_frequency": "tahunan",
        "period_start": "2024",
        "region_codes": "kemendagri:15.06 bps:1507",
        "license_id": "cc-by",
        "access_class": "terbuka",
    }


def test_a_field_that_the_portal_lacks_is_filled_in_from_the_declaration(world: World) -> None:
    world.declared["fields"] = {"topic": "kesehatan", "title": "Tidak dipakai"}
    found = first(world).fields
    assert (found["topic"], found["title"]) == ("kesehatan", "Data buatan 0")


def test_files_are_linked_and_what_leads_nowhere_is_told(world: World) -> None:
    found = first(world)
    assert [(one.url, one.name, one.format) for one in found.links] == [
        ("https://data.example.id/0.csv", "Tabel", "CSV")
    ]
    assert [(one.code, one.facts) for one in found.notices] == [("links_dropped", {"count": 1})]


def test_counters_of_visitors_are_no_change(world: World) -> None:
    assert [one.fingerprint for one in world.entries()] == [
        one.fingerprint for one in world.entries()
    ]


def test_a_portal_that_grows_while_it_is_read_gives_no_whole_listing(world: World) -> None:
    pages = world.source().pages()
    next(pages)
    world.server.datasets.append(dataset(99))
    assert failure(lambda: list(pages)) == "listing_changed"


def test_a_portal_that_shows_fewer_than_it_counts_gives_no_whole_listing(world: World) -> None:
    world.server.lie = 2
    assert failure(world.entries) == "listing_incomplete"


def test_a_portal_that_shows_one_twice_gives_no_whole_listing(world: World) -> None:
    world.server.datasets[6] = world.server.datasets[5]
    assert failure(world.entries) == "listing_incomplete"


def test_an_error_of_the_portal_with_status_200_is_told(world: World) -> None:
    told = {"success": False, "error": {"message": "Query buatan salah"}}
    world.server.answer = lambda asked: Reply(told)
    assert failure(world.entries) == "source_error"


def test_an_empty_portal_is_a_whole_listing(world: World) -> None:
    world.server.datasets = [dataset(1)]
    world.server.answer = lambda asked: Reply(
        {"success": True, "result": {"count": 0, "results": []}}
    )
    assert world.entries() == []


def test_a_dataset_with_too_many_files_is_refused_alone(world: World) -> None:
    one = world.server.datasets[0]
    one["resources"] = one["resources"][:1] * 1001
    entry = world.entries()[0]
    assert failure(lambda: world.source().read(entry)) == "too_many_resources"


def test_the_key_is_sent_in_the_header_where_that_is_declared(world: World) -> None:
    world.declared["key_header"] = True
    world.entries()
    assert {one.headers["authorization"] for one in world.server.asked} == {KEY}


def test_organizations_narrow_the_listing(world: World) -> None:
    world.declared["organizations"] = ["dinas-a", "dinas-b"]
    world.entries()
    assert world.server.asked[0].query["fq"] == 'organization:("dinas-a" OR "dinas-b")'


@pytest.mark.parametrize(
    "wrong", [{"organizations": ['x" OR "*']}, {"url": "file:///etc"}, {"rows": 0}, {"rows": "5"}]
)
def test_a_wrong_declaration_is_refused(world: World, wrong: dict[str, Any]) -> None:
    world.declared |= wrong
    with pytest.raises(Misdeclared):
        world.source()


def test_the_words_that_are_taken_over_are_those_of_our_form() -> None:
    assert (
        CHOICES["update_frequency"],
        CHOICES["presentation_level"],
    ) == (ckan_portal.FREQUENCIES, ckan_portal.LEVELS)
