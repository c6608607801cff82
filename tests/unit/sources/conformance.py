"""What every kind of source has to hold. A kind inherits this and says what its world is.

`Conformance` is not collected by itself: its name does not begin with Test.
"""

from __future__ import annotations

import copy
import csv
import json
import pickle
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from ckanext.satudata.metadata.periods import parse_period
from ckanext.satudata.metadata.regions import parse_regions
from ckanext.satudata.sources import sentences
from ckanext.satudata.sources.failures import Misdeclared, SourceFailed
from ckanext.satudata.sources.record import Entry, Record, whole
from ckanext.satudata.sources.source import Source
from ckanext.satudata.sources.table import Table
from tests.standins.server import FAULTS, Asked, Reply, StandIn
from tests.unit.sources.asking import KEY, client, limits_for

ROOT = Path(__file__).parents[3]
SCHEMA = yaml.safe_load((ROOT / "schemas" / "dataset.yaml").read_text("utf-8"))
FIELDS = {one["field_name"]: one for one in SCHEMA["dataset_fields"]}
CHOICES = {
    name: {choice["value"] for choice in one["choices"]}
    for name, one in FIELDS.items()
    if "choices" in one
}
SLOW = ("slow_headers", "slow_body")
"""They take a second each, and tell of the client alone, which all kinds share: see test_client."""
JUNK: tuple[Any, ...] = (
    None,
    "",
    "x",
    0,
    -1,
    1.5,
    True,
    "\ud800\x00",
    [],
    {},
    [None],
    [[]],
    {"a": None},
    [1],
)


class World:
    """A stand-in and a source that asks it."""

    def __init__(self, server: StandIn, kind: type[Source[Any]], declared: Mapping[str, Any]):
        self.server, self.kind, self.declared = server, kind, dict(declared)

    def source(self, **changed: Any) -> Source[Any]:
        asking = client(self.server.host, **changed)
        return self.kind(asking, self.declared)

    def entries(self, **changed: Any) -> list[Entry]:
        return whole(self.source(**changed).pages())

    def records(self) -> list[Record]:
        source = self.source()
        return [source.read(one) for one in whole(source.pages())]


class Conformance:
    """A subclass gives `world` as a fixture, `change` and `guids`."""

    guids: ClassVar[list[str]]
    counted: ClassVar[bool] = True
    """Whether the source says how many datasets it has."""
    asks: ClassVar[bool] = True
    """Whether its listing asks anything; what was declared one by one is known."""
    ends: ClassVar[bool] = True
    """Whether what is read shows where it ends; a CSV does not."""

    def change(self, server: Any) -> None:
        """Change one dataset at the source."""
        raise NotImplementedError

    def test_the_listing_is_whole_and_each_guid_is_there_once(self, world: World) -> None:
        found = [one.guid for page in world.source().pages() for one in page.entries]
        assert sorted(found) == sorted(self.guids)

    def test_the_end_of_the_listing_tells_how_many_there_are(self, world: World) -> None:
        last = list(world.source().pages())[-1]
        assert (last.onward, last.total) == (None, len(self.guids) if self.counted else None)

    def test_a_listing_goes_on_from_each_cursor_in_another_process(self, world: World) -> None:
        pages = list(world.source().pages())
        for n, page in enumerate(pages[:-1]):
            assert list(world.source().pages(page.onward)) == pages[n + 1 :]

    def test_a_page_holds_a_bounded_number(self, world: World) -> None:
        assert all(len(page.entries) <= 1000 for page in world.source().pages())

    def test_an_entry_is_read_after_it_was_stored_as_json(self, world: World) -> None:
        source = world.source()
        entry = world.entries()[0]
        stored = Entry(**json.loads(json.dumps(vars(entry))))
        assert source.read(stored).content == source.read(entry).content

    def test_records_have_our_fields_alone(self, world: World) -> None:
        assert {name for one in world.records() for name in one.fields} <= FIELDS.keys()

    def test_every_record_has_a_title_and_a_description(self, world: World) -> None:
        assert all(one.fields["title"] and one.fields["notes"] for one in world.records())

    def test_fields_with_choices_hold_one_of_them(self, world: World) -> None:
        told = [(name, text) for one in world.records() for name, text in one.fields.items()]
        assert [one for one in told if one[0] in CHOICES and one[1] not in CHOICES[one[0]]] == []

    def test_periods_and_regions_are_written_as_ours_are(self, world: World) -> None:
        for one in world.records():
            for name in ("period_start", "period_end"):
                assert not one.fields.get(name) or parse_period(one.fields[name])
            assert parse_regions(one.fields.get("region_codes", ""))[1] == []

    def test_a_table_read_back_fits_its_schema(self, world: World) -> None:
        for table in (table for one in world.records() for table in one.tables):
            read_back(table)

    def test_names_of_tables_differ_within_a_record(self, world: World) -> None:
        for one in world.records():
            names = [table.name for table in one.tables]
            assert len(set(names)) == len(names)

    def test_links_lead_to_the_web(self, world: World) -> None:
        links = [link.url for one in world.records() for link in one.links]
        assert all(url.startswith(("http://", "https://")) for url in links)

    def test_each_record_keeps_what_it_was_made_from(self, world: World) -> None:
        assert all(one.raw for one in world.records())

    def test_a_second_reading_gives_the_same(self, world: World) -> None:
        assert told(world) == told(world)

    def test_a_change_at_the_source_is_seen(self, world: World) -> None:
        before = told(world)
        self.change(world.server)
        after = told(world)
        changed = [guid for guid in before if before[guid] != after.get(guid)]
        assert len(changed) == 1
        prints = [one[changed[0]][0] for one in (before, after)]
        assert prints == ["", ""] or prints[0] != prints[1]

    def test_the_key_is_in_nothing_that_is_kept(self, world: World) -> None:
        source = world.source()
        pages = list(source.pages())
        kept = [source.read(one) for page in pages for one in page.entries]
        bodies = b"".join(raw.body for one in kept for raw in one.raw)
        assert KEY not in repr(pages) + repr(kept)
        assert KEY.encode() not in pickle.dumps((pages, kept)) + bodies

    @pytest.mark.parametrize("fault", [one for one in FAULTS if one not in SLOW])
    def test_a_fault_never_ends_in_a_whole_listing(self, world: World, fault: str) -> None:
        if not self.asks:
            pytest.skip("nothing is asked")
        world.server.fail(fault)
        code = failure(lambda: world.entries(limits=limits_for(fault)))
        assert code in sentences.ENGLISH

    @pytest.mark.parametrize("fault", ["json_500", "html_500", "half", "page_200", "reset"])
    def test_a_fault_after_the_first_answer_never_ends_in_a_whole_listing(
        self, world: World, fault: str
    ) -> None:
        world.entries()
        asked = len(world.server.asked)
        if asked < 2:
            pytest.skip("one answer is the whole listing")
        world.server.fail(fault, skip=asked - 1)
        assert failure(world.entries) in sentences.ENGLISH

    @pytest.mark.parametrize("fault", ["json_500", "half", "firewall_200", "cut", "empty"])
    def test_a_fault_while_reading_makes_no_record(self, world: World, fault: str) -> None:
        entry = world.entries()[0]
        source = world.source()
        world.server.fail(fault)
        if reads_without_asking(world, entry):
            pytest.skip("the listing holds the whole dataset")
        if fault == "half" and not self.ends:
            pytest.skip("half a CSV is a CSV")
        assert failure(lambda: source.read(entry)) in sentences.ENGLISH

    def test_the_next_run_after_a_fault_is_whole(self, world: World) -> None:
        world.server.fail("json_500", skip=1, times=1)
        with suppress(SourceFailed):
            world.entries()
        world.server.mend()
        assert sorted(one.guid for one in world.entries()) == sorted(self.guids)

    def test_a_fault_that_passes_is_got_over_within_a_run(self, world: World) -> None:
        world.server.fail("busy_503", times=2)
        found = whole(world.source(attempts=3).pages())
        assert sorted(one.guid for one in found) == sorted(self.guids)

    def test_a_key_of_the_declaration_that_is_unknown_is_refused(self, world: World) -> None:
        world.declared["tidak_dikenal"] = 1
        with pytest.raises(Misdeclared):
            world.source()

    def test_an_answer_with_a_wrong_part_is_refused_or_read_and_never_a_crash(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entries = world.entries()
        spoiler = Spoiler(world.server.answer)
        monkeypatch.setattr(world.server, "answer", spoiler.answer)
        for n in range(160):
            entry = spoiler.chance.choice(entries)
            spoiler.next_in(spoiler.chance.choice((0, 0, 1, 2)))
            with suppress(SourceFailed):
                world.entries() if n % 4 == 0 else world.source().read(entry)
        assert spoiler.spoilt >= 10


class Spoiler:
    """Puts something else in the place of one part of one answer; the same at each run."""

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self.chance, self._answer, self._wait = random.Random(7), answer, -1
        self.spoilt = 0

    def next_in(self, wait: int) -> None:
        """Spoil the answer after so many."""
        self._wait = wait

    def answer(self, asked: Asked) -> Reply:
        reply = self._answer(asked)
        self._wait -= 1
        if self._wait == -1 and reply.body:
            before = copy.deepcopy(reply.body)
            reply.body = spoil_any(reply.body, self.chance)
            self.spoilt += reply.body != before
        return reply


def told(world: World) -> dict[str, tuple[str, str]]:
    source = world.source()
    return {one.guid: (one.fingerprint, source.read(one).content) for one in world.entries()}


def failure(act: Callable[[], object]) -> str:
    with pytest.raises(SourceFailed) as told:
        act()
    return told.value.code


def reads_without_asking(world: World, entry: Entry) -> bool:
    asked = len(world.server.asked)
    with suppress(SourceFailed):
        world.source().read(entry)
    return len(world.server.asked) == asked


def read_back(table: Table) -> list[dict[str, str]]:
    """The rows of its CSV, each cell of the type that the schema says."""
    readers: dict[str, Callable[[str], object]] = {"string": str, "integer": int, "number": Decimal}
    fields = table.schema()["fields"]
    rows = list(csv.DictReader(table.csv().decode().splitlines(keepends=True), strict=True))
    for row in rows:
        assert list(row) == [one["name"] for one in fields]
        for one in fields:
            assert row[one["name"]] == "" or readers[one["type"]](row[one["name"]]) is not None
    assert len(rows) == len(table.rows)
    return rows


def spoil_any(body: Any, chance: random.Random) -> Any:
    """A body with something else in the place of a part: of its document, or of its bytes."""
    if not isinstance(body, bytes):
        return spoil(body, chance)
    with suppress(ValueError):
        return json.dumps(spoil(json.loads(body), chance)).encode()
    return spoil_bytes(body, chance)


def spoil_bytes(body: bytes, chance: random.Random) -> bytes:
    """Cut, with a piece twice, or with a piece of other bytes."""
    begin, end = sorted(chance.choices(range(len(body) + 1), k=2))
    piece = body[begin:end]
    other = chance.choice((b"", piece * 2, chance.randbytes(len(piece)), b"\0", b"\xff", b'"'))
    return body[:begin] + other + body[end:]


def spoil(document: Any, chance: random.Random) -> Any:
    """The document with one part of it replaced by something else."""
    spoilt = copy.deepcopy(document)
    places = list(_places(spoilt))
    if not places:
        return chance.choice(JUNK)
    holder, key = chance.choice(places)
    holder[key] = chance.choice(JUNK)
    return spoilt


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    pairs = found.items() if isinstance(found, dict) else enumerate(found)
    for key, value in list(pairs):
        yield found, key
        if isinstance(value, dict | list):
            yield from _places(value)
