from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any

import pytest

from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import SourceFailed
from ckanext.satudata.sources.redact import Keys, cleaned
from tests.standins.server import FAULTS, Asked, Reply, StandIn
from tests.unit.sources.asking import KEY, client, limits_for


class Echo(StandIn):
    """Writes back all it was asked."""

    location = ""

    def answer(self, asked: Asked) -> Reply:
        if self.location:
            return Reply(status=302, headers={"Location": self.location})
        heads = {"ETag": f'"{asked.parts[-1]}"', "X-Asked": asked.path}
        return Reply({"asked": asked.path, "auth": asked.headers.get("authorization")}, 200, heads)


URL = "/v1/api/list/key/{key}"


def whole(error: BaseException) -> str:
    """All that a log of an unexpected error would write."""
    return "".join(traceback.format_exception(error)) + repr(vars(error)) + repr(error)


def test_the_key_is_sent_where_its_placeholder_stands() -> None:
    with Echo() as server, client(server.host) as asking:
        asking.get(server.url + URL, Kind.JSON, headers={"Authorization": "Bearer {key}"})
    sent = server.asked[0]
    assert (sent.parts[-1], sent.headers["authorization"]) == (KEY, f"Bearer {KEY}")


def test_a_key_with_signs_of_urls_is_sent_whole() -> None:
    strange = "a/b?c=d&e#f%20g+h"
    with Echo() as server, client(server.host, keys={"key": strange}) as asking:
        asking.get(server.url + URL, Kind.JSON)
    assert server.asked[0].parts[-1] == strange


def test_an_answer_that_writes_the_key_back_is_kept_without_it() -> None:
    with Echo() as server, client(server.host) as asking:
        found = asking.get(server.url + URL, Kind.JSON, headers={"Authorization": "Bearer {key}"})
    kept = repr(vars(found))
    assert KEY not in kept
    assert found.json()["asked"] == URL


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_tells_the_key(fault: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Echo() as server, client(server.host, limits=limits_for(fault)) as asking:
        server.fail(fault)
        told = ""
        try:
            asking.get(server.url + URL, Kind.JSON).json()
        except SourceFailed as failed:
            told = whole(failed)
    assert told
    assert KEY not in told + caplog.text


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/?key={}", "ftp://127.0.0.1/{}", "http://a b/{}", "http://{}/"]
)
def test_a_redirect_that_holds_the_key_does_not_tell_it(location: str) -> None:
    with Echo() as server, client(server.host) as asking:
        server.location = location.format(KEY)
        with pytest.raises(SourceFailed) as told:
            asking.get(server.url + URL, Kind.JSON)
    assert KEY not in whole(told.value)


def test_a_warning_of_the_library_about_headers_does_not_tell_the_key(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Echo() as server, client(server.host) as asking:
        asking.get(server.url + URL, Kind.JSON)
        log = logging.getLogger("urllib3.connection")
        log.warning("Failed to parse headers (url=%s): %s", f"{server.url}/key/{KEY}", "x")
    assert KEY not in caplog.text


@pytest.mark.parametrize("give", [repr, str, vars])
def test_a_client_does_not_show_its_keys(give: Any) -> None:
    with client() as asking:
        assert KEY not in str(give(asking))


def test_keys_are_not_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Keys({"key": KEY}))


def test_a_key_too_short_to_be_found_in_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        Keys({"key": "abc"})


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("/v1/list/key/0a1b2c/page/1", "/v1/list/key/{key}/page/1"),
        ("/x?key=0a1b2c&page=1", "/x?key={key}&page=1"),
        ("/x?a=1&API_KEY=0a1b2c", "/x?a=1&API_KEY={key}"),
        ("Authorization: Bearer abcdefgh.ijklm", "Authorization: Bearer {key}"),
        ("Basic education indicators", "Basic education indicators"),
        ("Jumlah kunci di kantor: 5", "Jumlah kunci di kantor: 5"),
        ("/v1/keyword/pasar", "/v1/keyword/pasar"),
    ],
)
def test_what_stands_where_keys_do_is_taken_out_of_texts(text: str, clean: str) -> None:
    assert cleaned(text) == clean
