"""One act before its request, brought back as often as it is asked for; and what must hold then."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
import sqlalchemy as sa
from ckan import model
from ckan.lib import search
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic.cases import attachments, work
from ckanext.satudata.logic.files import store, strays
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.proof import verifying
from ckanext.satudata.logic.reconcile import checks
from ckanext.satudata.model import named_files, outbox
from tests.faults.acts import Act, Request
from tests.faults.picture import Picture, Rows, difference
from tests.integration.beginnings import begin_with

_LEASES_END = sa.text(
    "UPDATE satudata_outbox SET leased_until = satudata_now() WHERE leased_until IS NOT NULL"
)
_AT_ONCE = sa.text("UPDATE satudata_outbox SET next_at = satudata_now()")


@dataclass
class Scene:
    """`before` and `after` are what the database holds before the request and when it is done."""

    act: Act
    app: CKANTestApp
    files: Path
    request: Request = field(init=False)
    picture: Picture = field(init=False)
    before: Rows = field(init=False)
    after: Rows = field(init=False)

    def prepare(self) -> None:
        """Make what stands before the request, send it once undisturbed, and bring it back."""
        shutil.rmtree(self.files, ignore_errors=True)
        self.files.mkdir()
        search.clear_all()
        self.request = begin_with(self.act.make)
        deliver()
        shutil.rmtree(self._kept, ignore_errors=True)
        shutil.copytree(self.files, self._kept)
        self.picture = Picture()
        self.before = self.picture.now()
        self.send()
        deliver()
        self.after = self.picture.now()
        assert self.before != self.after
        self.bring_back()

    def bring_back(self) -> None:
        """Database, files, queue and index as before the request."""
        begin_with(self.act.make)
        for one in self.files.iterdir():
            shutil.rmtree(one)
        shutil.copytree(self._kept, self.files, dirs_exist_ok=True)
        empty_queue()
        for key in model.Session.scalars(sa.text("SELECT id FROM package")).all():
            outbox.note(outbox.DATASET, key)
        model.Session.commit()
        deliver()

    def send(self) -> None:
        """Send the request, undisturbed; it must succeed."""
        status, answer = self.request.send(self.app)
        assert status == 200, answer

    def told_again(self) -> str:
        """What is wrong with the answer to the request sent once more; empty where nothing is."""
        was_done = self.picture.now() == self.after
        status, answer = self.request.send(self.app)
        error = answer.get("error", {})
        if status == 200 or (was_done and self.act.done(error)):
            return ""
        return f"sent again: {status} {error}"

    def wrong(self) -> Iterator[str]:
        """What is wrong after a fault, when everything that goes on by itself has gone on."""
        deliver()
        found = self.picture.now()
        if found not in (self.before, self.after):
            yield f"half done, before: {difference(self.before, found)}"
            yield f"half done, after: {difference(self.after, found)}"
        yield from disagreements()

    def wrong_after_again(self) -> Iterator[str]:
        """Send the request once more: it succeeds or says that it is done, and is done once."""
        told = self.told_again()
        if told:
            yield told
        deliver()
        found = self.picture.now()
        if found != self.after:
            yield f"sent again, and not as done once: {difference(self.after, found)}"
        yield from disagreements()

    @property
    def _kept(self) -> Path:
        return self.files.with_name(f"{self.files.name}-kept")


def deliver() -> None:
    """What dispatcher and worker do, after the leases of the dead have run out."""
    model.Session.rollback()
    model.Session.execute(_LEASES_END)
    model.Session.execute(_AT_ONCE)
    model.Session.commit()
    dispatch.all_due("test")
    work.run_all()
    dispatch.all_due("test")
    model.Session.rollback()


def disagreements() -> Iterator[str]:
    """What places disagree on: reconcile, the whole record, the outbox, the bytes."""
    for one in checks.run(fix=False):
        yield f"reconcile {one.check.name}: {one.finding.sentence % one.finding.facts}"
    checked = verifying.verify()
    for fault in checked.faults:
        yield f"verify: {fault}"
    for waits in outbox.waiting():
        yield f"outbox: {waits}"
    for lost in strays.missing():
        yield f"file missing: {lost}"
    for sha256 in sorted(named_files.named_digests()):
        if not store.is_whole(sha256):
            yield f"file broken: {sha256}"
    for sha256 in sorted(named_files.attached_digests()):
        if not b"".join(attachments.stream(sha256, sha256)):
            yield f"attachment empty: {sha256}"
    model.Session.rollback()


def empty_queue() -> None:
    """Forget all sessions and jobs of the test site."""
    with ask_redis() as connection:
        connection.flushdb()


def ask_redis() -> Any:
    return redis.Redis.from_url(os.environ["CKAN_REDIS_URL"])
