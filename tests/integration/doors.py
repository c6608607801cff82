"""The doors: one act asked by API, form and command line, each time from the very same state.

What a door did is undone before the next one is asked: all of it runs inside a transaction that is
never committed, in which a commit of the portal is a savepoint.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from tests.integration.terminal import Terminal

ALLOWED = "allowed"
CODE = re.compile(r"\s*\[(\w+)\]\s*$")
SHOWN_CODE = re.compile(r'<small class="sd-code">(\w+)</small>')

Values = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a door answered: `allowed`, or the code of the refusal, with its sentence."""

    code: str
    sentence: str = ""


class Doors:
    """The three doors of one portal, used by people with accounts."""

    def __init__(self, app: CKANTestApp) -> None:
        self.app, self.terminal = app, Terminal(app)
        self.tokens: dict[str, str] = {}

    def ask(self, user: str, values: Values) -> dict[str, Answer]:
        """What each door answers to the same act; nothing of it stays."""
        self._headers(user)
        doors: dict[str, Callable[[str, Values], Answer]] = {
            "api": self.api,
            "cli": self.cli,
            "form": self.form,
        }
        answers = {}
        for name, door in doors.items():
            with undone():
                answers[name] = door(user, values)
        return answers

    def api(self, user: str, values: Values) -> Answer:
        path = "/api/3/action/satudata_case_act"
        answer = self.app.test_client().post(path, json=values, headers=self._headers(user))
        if answer.status_code == 200:
            return Answer(ALLOWED)
        error = answer.json["error"]
        faults = [one for name, one in error.items() if name not in ("code", "__type")]
        sentence = faults[0] if isinstance(faults[0], str) else faults[0][0]
        found = CODE.search(sentence)
        code = error["code"][0] if "code" in error else found[1] if found else sentence
        return Answer(code, CODE.sub("", sentence).rpartition(": ")[2])

    def cli(self, user: str, values: Values) -> Answer:
        said = self.terminal.run("case", "act", values["id"], "--user", user, *_options(values))
        if said.status == 0:
            return Answer(ALLOWED)
        return Answer(said.code, said.err.partition(": ")[2].strip())

    def form(self, user: str, values: Values) -> Answer:
        path = f"/kasus/{values['id']}/langkah/{values['step']}"
        path = f"{path}/tindakan" if "act" in values else path
        answer = self.app.test_client().post(
            path, data=_fields(values), headers=self._headers(user), follow_redirects=False
        )
        if answer.status_code == 303:
            return Answer(ALLOWED)
        if answer.status_code == 404:
            return Answer("not_found")
        page = answer.get_data(as_text=True)
        codes = SHOWN_CODE.findall(page.partition("<main")[2])
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
        return Answer(codes[0] if codes else "", words)

    def _headers(self, user: str) -> dict[str, str]:
        if user not in self.tokens:
            self.tokens[user] = factories.APIToken(user=user)["token"]
        return {"Authorization": self.tokens[user]}


def differing(answers: dict[str, Answer]) -> str:
    """In what the doors do not agree; empty when they do.

    A form shows the sentence beside the field that it is about, there without its code.
    """
    api, cli, form = answers["api"], answers["cli"], answers["form"]
    same_form = form.code == api.code or (not form.code and api.sentence in form.sentence)
    if api.code == cli.code and api.sentence == cli.sentence and same_form:
        return ""
    return f"api {api.code}, cli {cli.code}, form {form.code or form.sentence[:200]}"


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is committed within is gone afterwards, and what it noted is never delivered."""
    engine = model.meta.engine
    model.Session.remove()
    with engine.connect() as connection:
        outer = connection.begin()
        model.Session.configure(bind=connection, join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            model.Session.remove()
            default = "conditional_savepoint"
            model.Session.configure(bind=engine, join_transaction_mode=default)
            outer.rollback()


def _options(values: Values) -> list[object]:
    """The values of the API as options of the command line."""
    plain = {"id": None, "dataset_id": "--dataset", "closes_on": "--closes-on"}
    options: list[object] = []
    for name, value in values.items():
        if name == "points":
            for one in value:
                options += ["--point", f"{one['kind']}:{one['where']}:{one['note']}"]
        elif name == "datasets":
            for one in value:
                options += ["--datasets", one]
        elif name == "entry":
            for key, text in value.items():
                options += ["--entry", f"{key}={text}"]
        elif name != "id":
            options += [plain.get(name, f"--{name}"), value]
    return options


def _fields(values: Values) -> Values:
    """The values of the API as the fields of the forms."""
    fields = {name: one for name, one in values.items() if name not in ("id", "points", "entry")}
    fields["item"] = fields.pop("dataset_id", "")
    points = values.get("points", [])
    fields["point_about"] = [one["kind"] for one in points]
    fields["point_where"] = [one["where"] for one in points]
    fields["point_note"] = [one["note"] for one in points]
    entry = values.get("entry", {})
    named = {"title": "entry_title", "organization": "entry_organization"}
    named |= {"release_date": "entry_release", "dataset_id": "entry_dataset"}
    return fields | {named[key]: text for key, text in entry.items()}
