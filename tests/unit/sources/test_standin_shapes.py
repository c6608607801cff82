"""The stand-in for BPS answers in the shapes of recorded answers, written down here by hand.

`N` is a number, `T` a text, `-` may be null.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.satudata.sources.bps.dynamic import values_of
from ckanext.satudata.sources.content import Kind
from tests.standins.bps import BAD_KEY, Bps
from tests.unit.sources.asking import KEY, client

HEADS = {
    "domain": "page:N pages:N total:N",
    "subject": "page:N pages:N per_page:N count:N total:N",
}
ITEMS = {
    "domain": "domain_id:T domain_name:T domain_url:T",
    "subject": "sub_id:N title:T subcat_id:N subcat:T ntabel:-",
    "var": "var_id:N title:T sub_id:N sub_name:T subcsa_id:N subcsa_name:T def:T notes:T "
    "vertical:N unit:T graph_id:N graph_name:T turth:N turvar:N jenis:N",
    "th": "th_id:N th:N",
    "statictable": "table_id:N title:T subj_id:N subj:T updt_date:T size:T excel:T",
    "pressrelease": "brs_id:N subj_id:N subj:T title:T abstract:T rl_date:T updt_date:- pdf:T "
    "size:T slide:T thumbnail:T",
    "publication": "pub_id:T title:T abstract:T issn:T sch_date:T rl_date:T updt_date:- cover:T "
    "pdf:T size:T",
    "indicators": "var:N indicator_id:N subject_csa:N title:T name:T data_source:T value:N unit:T "
    "category:N hash_id:T periode:T",
    "news": "news_id:N newscat_id:T newscat_name:T title:T news:T rl_date:T picture:T",
}
SENSUS = {
    37: "id:T kegiatan:T tahun_kegiatan:N",
    39: "id:N kode_mfd:T nama:T slug:T",
    40: "id:N id_topik:N topik:T id_kegiatan:N nama:T deskripsi:-",
}
DATA = (
    "status:T data-availability:T last_update:T subject:L var:L turvar:L labelvervar:T vervar:L "
    "tahun:L turtahun:L datacontent:D related:D"
)


@pytest.fixture
def server() -> Iterator[Bps]:
    with Bps(KEY) as made:
        yield made


def ask(server: Bps, path: str, key: str = KEY) -> Any:
    with client(server.host, keys={"key": key}) as asking:
        return asking.get(f"{server.url}/{path}/key/{{key}}/", Kind.JSON).json()


def shape(item: dict[str, Any], like: str) -> str:
    nulls = {one.partition(":")[0] for one in like.split() if one.endswith(":-")}
    return " ".join(f"{key}:{_kind(value, key in nulls)}" for key, value in item.items())


def _kind(value: Any, may_be_null: bool) -> str:
    if may_be_null:
        return "-"
    return {dict: "D", list: "L", str: "T"}.get(type(value), "N")


@pytest.mark.parametrize("model", ITEMS)
def test_items_of_a_list(server: Bps, model: str) -> None:
    path = "domain/type/all" if model == "domain" else f"list/model/{model}/domain/1507/var/31"
    document = ask(server, path)
    assert list(document) == ["status", "data-availability", "data"]
    head, items = document["data"]
    like = HEADS.get(model, HEADS["subject"])
    assert (shape(head, like), shape(items[0], ITEMS[model])) == (like, ITEMS[model])


@pytest.mark.parametrize("number", SENSUS)
def test_items_of_a_census(server: Bps, number: int) -> None:
    document = ask(server, f"interoperabilitas/datasource/sensus/id/{number}/topik/9")
    assert shape(document["data"][1][0], SENSUS[number]) == SENSUS[number]


def test_values_of_a_variable(server: Bps) -> None:
    document = ask(server, "list/model/data/domain/1507/var/218/th/117:118")
    assert shape(document, DATA) == DATA


def test_a_list_in_the_query_spelling_is_the_same_list(server: Bps) -> None:
    with client(server.host) as asking:
        url = f"{server.url}/list?model=subject&domain=1507&key={{key}}"
        assert asking.get(url, Kind.JSON).json() == ask(server, "list/model/subject/domain/1507")


def test_an_empty_list_has_a_text_where_its_items_would_be(server: Bps) -> None:
    document = ask(server, "list/model/infographic/domain/1507")
    assert document == {"status": "OK", "data-availability": "list-not-available", "data": ""}


def test_a_bad_key_is_an_error_with_status_200(server: Bps) -> None:
    document = ask(server, "list/model/subject/domain/1507", "kunci-salah")
    assert document == {"status": "Error", "message": BAD_KEY}


def answer(variable: int, rows: list[Any], breakdown: Any, years: list[int], parts: list[Any],
           content: dict[str, Any]) -> dict[str, Any]:  # fmt: skip
    def marks(found: list[Any]) -> list[dict[str, Any]]:
        return [{"val": one, "label": str(one)} for one in found]

    return {"var": marks([variable]), "vervar": marks(rows), "turvar": marks([breakdown]),
            "tahun": marks(years), "turtahun": marks(parts), "datacontent": content}  # fmt: skip


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            answer(218, [1, 2], "0", [117, 119, 122], [1, 2, 13],
                   {"121801171": 1, "1218011713": 2, "2218012210": 3, "121801172": 4}),
            {("1", "117", "1"): 1, ("1", "117", "13"): 2, ("1", "117", "2"): 4},
        ),
        (
            answer(31, [7315], 0, [99, 100, 101], [0],
                   {"7315310990": 1, "73153101000": 2, "73153101010": 3}),
            {("7315", "99", "0"): 1, ("7315", "100", "0"): 2, ("7315", "101", "0"): 3},
        ),
        (
            answer(145, [9999], 289, [100], [0], {"99991452891000": 7}),
            {("9999", "100", "0"): 7},
        ),
    ],
)  # fmt: skip
def test_recorded_keys_are_matched(document: dict[str, Any], expected: dict[Any, int]) -> None:
    values, _ = values_of(document)
    found = {(one.row.number, one.year.number, one.part.number): one.value for one in values}
    assert found == expected
