"""The record as a whole: what was changed, cut or taken away anywhere is found and named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit import heads as signed_heads
from ckanext.satudata.audit.__main__ import main
from ckanext.satudata.audit.kinds import PORTAL, RecordKind, dataset_stream
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.proof import signing, verifying
from ckanext.satudata.model.proof_rows import HeadEndRow, HeadRow
from ckanext.satudata.model.records import record, records_of
from ckanext.satudata.model.tables import EventRow
from tests.integration.office import submit, walk
from tests.integration.proof_owner import as_owner
from tests.integration.terminal import Terminal

pytestmark = pytest.mark.usefixtures("clean_db")

SECRET = "17" * 32
STREAM = dataset_stream("d1")


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_SIGNING_KEY", SECRET)


@pytest.fixture
def terminal(app) -> Terminal:
    return Terminal(app)


def noted(*streams: str) -> None:
    for stream in streams:
        record(stream, RecordKind.CORRECTION_MADE, "u1", clock.now(), {"field": "contact"})
    model.Session.commit()


def on_day(monkeypatch: pytest.MonkeyPatch, later: int) -> HeadRow:
    """The head of a day so many days from now."""
    day = clock.today() + timedelta(days=later)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "today", lambda: day)
        return signing.make_head()[0]


def faults() -> list[tuple[str, str, int, int]]:
    return [(one.what, one.stream, one.sequence, one.head) for one in verifying.verify().faults]


def test_an_untouched_record_is_whole(office, monkeypatch) -> None:
    walk(office, submit(office), until=4)
    noted(STREAM, PORTAL)
    on_day(monkeypatch, 0)
    noted(STREAM)
    on_day(monkeypatch, 1)
    checked = verifying.verify()
    assert (checked.broken, checked.heads) == (0, 2)
    assert checked.events == model.Session.scalar(sa.select(sa.func.count(EventRow.id)))


def test_the_first_broken_link_of_each_stream_is_named() -> None:
    noted(STREAM, STREAM, STREAM, PORTAL, PORTAL)
    as_owner([sa.update(EventRow).where(EventRow.sequence == 2).values(actor="x")])
    assert faults() == [("link", STREAM, 2, 0), ("link", PORTAL, 2, 0)]


def test_an_event_that_was_taken_out_is_named() -> None:
    noted(STREAM, STREAM, STREAM)
    as_owner([sa.delete(EventRow).where(EventRow.sequence == 2)])
    assert faults() == [("link", STREAM, 2, 0)]


def test_a_cut_tail_is_found_by_the_head_that_names_it(monkeypatch) -> None:
    noted(STREAM, STREAM)
    on_day(monkeypatch, 0)
    as_owner([sa.delete(EventRow).where(EventRow.stream == STREAM, EventRow.sequence == 2)])
    assert faults() == [("end", STREAM, 2, 1)]


def test_a_stream_that_is_gone_is_found_by_the_head_that_names_it(monkeypatch) -> None:
    noted(STREAM)
    on_day(monkeypatch, 0)
    as_owner([sa.delete(EventRow).where(EventRow.stream == STREAM)])
    assert faults() == [("end", STREAM, 1, 1)]


def test_a_tail_of_a_case_that_was_cut_is_found_without_a_head(office) -> None:
    case = walk(office, submit(office), until=4)
    last = case["version"]
    as_owner([sa.delete(EventRow).where(EventRow.sequence == last)])
    assert faults() == [("link", case["id"], last, 0)]


def test_a_stream_written_anew_with_right_hashes_is_found_by_the_head(monkeypatch) -> None:
    noted(STREAM)
    on_day(monkeypatch, 0)
    as_owner([sa.delete(EventRow).where(EventRow.stream == STREAM)])
    record(STREAM, RecordKind.CORRECTION_MADE, "u2", clock.now(), {})
    model.Session.commit()
    assert faults() == [("end", STREAM, 1, 1)]


def test_an_end_that_was_changed_with_its_head_left_is_found(monkeypatch) -> None:
    noted(STREAM, STREAM)
    on_day(monkeypatch, 0)
    first = records_of(STREAM)[0].hash
    as_owner([sa.update(HeadEndRow).values(sequence=1, hash=first)])
    assert faults() == [("ends", "", 0, 1)]


def test_a_head_that_was_changed_is_found(monkeypatch) -> None:
    noted(STREAM)
    on_day(monkeypatch, 0)
    as_owner([sa.update(HeadRow).values(events=2)])
    assert ("head", "", 0, 1) in faults()


def test_a_head_that_was_taken_away_is_found(monkeypatch) -> None:
    noted(STREAM)
    on_day(monkeypatch, 0)
    as_owner([sa.delete(HeadEndRow), sa.delete(HeadRow)])
    assert faults() == [("gone", "", 0, 1)]


def test_a_head_signed_with_a_key_that_is_not_known_is_found(monkeypatch) -> None:
    on_day(monkeypatch, 0)
    assert verifying.verify(["x"]).broken == 1


def test_there_is_one_head_a_day() -> None:
    noted(STREAM)
    first, made = signing.make_head()
    again, made_again = signing.make_head()
    assert (made, made_again) == (True, False)
    assert first.number == again.number == 1


def test_a_clock_that_stepped_back_makes_no_second_head(monkeypatch) -> None:
    on_day(monkeypatch, 0)
    assert on_day(monkeypatch, -1).number == 1


def test_only_the_ends_that_went_on_are_kept_again(monkeypatch) -> None:
    noted(STREAM, dataset_stream("d2"))
    on_day(monkeypatch, 0)
    noted(STREAM)
    on_day(monkeypatch, 1)
    kept = sa.select(HeadEndRow.stream).where(HeadEndRow.number == 2).order_by(HeadEndRow.stream)
    assert set(model.Session.scalars(kept)) == {STREAM, PORTAL}


def test_a_head_stands_for_every_stream_there_is(monkeypatch) -> None:
    noted(STREAM, dataset_stream("d2"))
    on_day(monkeypatch, 0)
    noted(STREAM)
    head = on_day(monkeypatch, 1)
    assert (head.streams, head.events) == (3, 4)


def test_that_a_head_was_signed_is_an_event() -> None:
    head, _made = signing.make_head()
    assert records_of(PORTAL)[-1].body["sha256"] == head.sha256


def test_heads_leave_as_a_file_that_needs_no_portal(terminal, tmp_path) -> None:
    noted(STREAM)
    assert terminal.run("audit", "head").status == 0
    file = tmp_path / "heads.json"
    file.write_text(terminal.run("audit", "export", "--head").out)
    public = terminal.run("audit", "key").out.strip()
    assert main(["verify-head", str(file), "--key", public]) == 0


def test_the_private_key_is_in_no_output(terminal) -> None:
    said = [
        terminal.run("audit", *words)
        for words in (["head"], ["key"], ["export", "--head"], ["verify"])
    ]
    assert SECRET not in json.dumps([one.out + one.err for one in said])


@pytest.mark.parametrize("text", [None, "geheim"])
def test_without_a_key_nothing_is_signed(terminal, monkeypatch, text) -> None:
    if text is None:
        monkeypatch.delenv("SATUDATA_SIGNING_KEY")
    else:
        monkeypatch.setenv("SATUDATA_SIGNING_KEY", text)
    said = terminal.run("audit", "head")
    assert (said.status, said.code) == (3, "signing_key_missing")
    assert "geheim" not in said.err


def test_the_key_may_stand_in_a_file(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("SATUDATA_SIGNING_KEY")
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n")
    monkeypatch.setenv("SATUDATA_SIGNING_KEY_FILE", str(file))
    known = signed_heads.public_text(signed_heads.signing_key(SECRET))
    assert signing.make_head()[0].key == known


def test_a_broken_link_is_told_by_the_number_of_its_case(terminal, office) -> None:
    case = walk(office, submit(office), until=4)
    as_owner([sa.update(EventRow).where(EventRow.sequence == 2).values(actor="x")])
    said = terminal.run("audit", "verify")
    assert said.status == 1
    assert said.err.partition(":")[0].endswith(f" {case['number']}")
