"""Stands in for the BPS Web API: its addresses, envelopes, texts of errors and shapes of items.

Every value is made up and every label that could be mistaken for a figure of BPS says so
("buatan"). Shapes are those of recorded answers, save two: the tables of SIMDASI (25) and its
years come from what other programs read of them, and are unproven.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.standins.bps_items import ITEMS, VIEWS
from tests.standins.bps_values import SIMDASI, SIMDASI_TABLES, VARIABLES, Variable
from tests.standins.server import FIREWALL, Asked, Reply, StandIn

BAD_KEY = "You are not Allowed to take this action. Please re-check your key"
NO_KEY = "Parameter key is missing"
NO_PERIOD = (
    "'th' parameter is required and must be an integer, separated by colon (:) for range or "
    "semicolon (;) for multiple values."
)
TOO_MANY = (
    "The maximum allowed number of years for the 'th' parameter is {most}. You provided {given}."
)
PER_PAGE = 10
NOTHING = {"status": "OK", "data-availability": "list-not-available", "data": ""}
NO_ITEM = {"status": "OK", "data-availability": "not-available", "data": ""}
NO_INNER = {
    "status": "Error",
    "data-availability": "not-available",
    "data": [{"page": 1, "pages": 0, "per_page": 25, "count": 0, "total": 0}, []],
}
_PROGRAMS = re.compile(r"(?i)^(curl|python|wget|go-http)")


def error(message: str) -> dict[str, Any]:
    return {"status": "Error", "message": message}


def listed(items: list[Any], page: int) -> dict[str, Any]:
    """A page of a list, ten items each."""
    if not items:
        return NOTHING
    shown = items[(page - 1) * PER_PAGE : page * PER_PAGE]
    pages = -(-len(items) // PER_PAGE)
    head = {"page": page, "pages": pages, "per_page": PER_PAGE, "count": len(shown),
            "total": len(items)}  # fmt: skip
    return {"status": "OK", "data-availability": "available", "data": [head, shown]}


def inner(data: Any) -> dict[str, Any]:
    """An answer of `interoperabilitas`; its head is not to be trusted, as in the records."""
    head = {"page": 1, "pages": 1, "per_page": 1, "count": 1, "total": 1}
    return {"status": "OK", "data-availability": "available", "data": [head, data]}


class Bps(StandIn):
    """`items` and `variables` may be changed by a test."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.items = copy.deepcopy(ITEMS)
        self.views = copy.deepcopy(VIEWS)
        self.variables = copy.deepcopy(VARIABLES)
        self.simdasi = copy.deepcopy(SIMDASI)
        self.url += "/v1/api"

    def answer(self, asked: Asked) -> Reply:
        if _PROGRAMS.match(asked.headers.get("user-agent", "")):
            return Reply(FIREWALL, headers={"Content-Type": "text/html"})
        if asked.parts[:2] != ("v1", "api"):
            return Reply({"message": "Not found"}, status=404)
        path, given = _spelling(asked)
        if "interoperabilitas" in path and asked.query:
            return Reply(FIREWALL, headers={"Content-Type": "text/html"})
        if "key" not in given:
            return Reply(error(NO_KEY))
        if given["key"] != self.key:
            return Reply(error(BAD_KEY))
        return Reply(_with_tokens(self._document(path, given), len(self.asked)))

    def _document(self, path: tuple[str, ...], given: dict[str, str]) -> Any:
        if path[:1] == ("domain",):
            found = self.items["domain"]
            head = {"page": 1, "pages": 1, "total": len(found)}
            return {"status": "OK", "data-availability": "available", "data": [head, found]}
        if path[:1] == ("view",):
            found = self.views.get((given["model"], given["id"]))
            kept = {"status": "OK", "data-availability": "available", "data": found}
            return kept if found else NO_ITEM
        if path[:1] == ("interoperabilitas",):
            return self._inside(given)
        return self._list(given)

    def _list(self, given: dict[str, str]) -> Any:
        model = given["model"]
        if model == "data":
            return self._values(given)
        if model == "th":
            variable = self.variables.get(int(given["var"]))
            years = variable.periods() if variable else []
            return listed(years, int(given.get("page", 1)))
        found = self.items.get(model, [])
        if model == "var" and "subject" in given:
            found = [one for one in found if one["sub_id"] == int(given["subject"])]
        return listed(found, int(given.get("page", 1)))

    def _values(self, given: dict[str, str]) -> Any:
        if "th" not in given:
            return error(NO_PERIOD)
        asked = _periods(given["th"])
        most = 3 if given["domain"] == "0000" else 2
        if len(asked) > most:
            return error(TOO_MANY.format(most=most, given=len(asked)))
        variable: Variable | None = self.variables.get(int(given["var"]))
        return variable.answer(asked) if variable else NO_ITEM

    def _inside(self, given: dict[str, str]) -> Any:
        number = int(given["id"])
        if number in (37, 39, 40, 41):
            found = self.items[f"sensus{number}"]
            if number == 40 and given.get("topik") != "9":
                return NO_INNER
            return inner(found)
        if given.get("wilayah") != "1507000":
            return inner(
                {"status": 400, "condition": "ERROR", "message": "Wilayah tidak ditemukan"}
            )
        if number == 23:
            return inner(SIMDASI_TABLES)
        table = self.simdasi.get((given.get("id_tabel", ""), given.get("tahun", "")))
        if number != 25 or not table:
            return inner({"status": 400, "condition": "ERROR", "message": "Tabel tidak ditemukan"})
        return inner(table)


def _with_tokens(found: Any, token: int) -> Any:
    """Addresses of files carry a token that is another one at each answer."""
    if isinstance(found, dict):
        return {key: _with_tokens(value, token) for key, value in found.items()}
    if isinstance(found, list):
        return [_with_tokens(one, token) for one in found]
    if isinstance(found, str) and "downloadapi.html?data=" in found:
        return f"{found}&token={token:08x}"
    return found


def _periods(text: str) -> list[int]:
    if ":" in text:
        first, last = map(int, text.split(":"))
        return list(range(first, last + 1))
    return [int(one) for one in text.split(";")]


def _spelling(asked: Asked) -> tuple[tuple[str, ...], dict[str, str]]:
    """`…/list/model/var/domain/1507/` and `…/list?model=var&domain=1507` are the same."""
    parts = asked.parts[2:]
    if asked.query:
        return parts, asked.query
    begin = 3 if parts[:1] == ("interoperabilitas",) else 1
    pairs = parts[begin:]
    return parts[:begin], dict(zip(pairs[::2], pairs[1::2], strict=False))
