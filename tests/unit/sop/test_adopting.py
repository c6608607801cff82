"""What a SOP says of itself before an office puts it in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop import adopting
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import load

DELIVERY = {"subjek": "pengelolaan-data", "cara": "serahkan", "langkah": 2}
OPENING = {"subjek": "pengelolaan-data", "cara": "buka", "langkah": None}


@pytest.fixture
def changed(sheet: dict[str, Any], written: Callable[[Any], bytes]) -> Callable[..., Sop]:
    """000 with keys of its rows replaced: {row: {key: value}}."""

    def made(rows: dict[int, dict[str, Any]] | None = None, **head: Any) -> Sop:
        sheet["sop"].update(head)
        for number, cells in (rows or {}).items():
            sheet["langkah"][number - 1].update(cells)
        return load(written(sheet), "sop.yaml").sop

    return made


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_sheet_with_a_publishing_row_publishes(sop_000: Sop) -> None:
    assert adopting.publishes(sop_000)


def test_a_sheet_that_only_keeps_data_publishes_nothing(changed: Callable[..., Sop]) -> None:
    assert not adopting.publishes(changed({8: {"efek": []}}))


def test_a_sheet_that_is_bound_to_hand_over_publishes_nothing_itself(
    changed: Callable[..., Sop],
) -> None:
    efek = ["setujui", "terbitkan", "serahkan"]
    sop = changed({8: {"efek": efek, "sambungan": DELIVERY}})
    assert adopting.publishes(sop)
    assert not adopting.publishes(sop, frozenset({8}))


def test_who_only_brings_data_is_no_actor_without_whom_a_step_stands_still(sop_000: Sop) -> None:
    assert "produsen_data" not in adopting.duties(sop_000)
    assert "admin_data" in adopting.duties(sop_000)


def test_who_gives_a_named_approval_has_a_duty(changed: Callable[..., Sop]) -> None:
    assert "produsen_data" in adopting.duties(changed({2: {"persetujuan": "produsen_data"}}))


def test_who_ends_a_step_together_with_others_has_a_duty(
    sheet: dict[str, Any], changed: Callable[..., Sop]
) -> None:
    sheet["langkah"][2]["kembali"][0]["bersama"] = ["produsen_data", "admin_data"]
    assert "produsen_data" in adopting.duties(changed())


def test_an_outside_party_needs_no_holder(
    sheet: dict[str, Any], changed: Callable[..., Sop]
) -> None:
    sheet["pelaksana"]["verifikator"]["pihak_luar"] = True
    sop = changed()
    assert "verifikator" in adopting.duties(sop)
    assert "verifikator" not in adopting.needs_holder(sop)


def test_a_row_without_a_connector_is_bound_to_nothing(sop_000: Sop) -> None:
    refused = code_of(lambda: adopting.check_joint(sop_000, 8, "pengelolaan-data"))
    assert refused == "connector_unknown"


def test_a_row_is_bound_to_the_subject_it_names_and_no_other(changed: Callable[..., Sop]) -> None:
    sop = changed({8: {"sambungan": DELIVERY}})
    adopting.check_joint(sop, 8, "pengelolaan-data")
    assert code_of(lambda: adopting.check_joint(sop, 8, "lain")) == "connector_subject"


@pytest.mark.parametrize(
    ("row", "taken"),
    [
        ({"persetujuan": "produsen_data"}, True),
        ({"persetujuan": None}, False),
        ({"persetujuan": "produsen_data", "lingkup": "daftar"}, False),
    ],
)
def test_a_delivery_is_taken_where_each_dataset_walks_alone_and_an_approval_is_asked_for(
    sop_000: Sop, changed: Callable[..., Sop], row: dict[str, Any], taken: bool
) -> None:
    cells = {"langkah": 2, **DELIVERY}
    sender = sop_000.model_copy(update={"langkah": changed({8: {"sambungan": cells}}).langkah})
    target = changed({2: row})
    if taken:
        adopting.check_target(sender, 8, target)
    else:
        refused = code_of(lambda: adopting.check_target(sender, 8, target))
        assert refused == "connector_step"


def test_a_delivery_to_a_row_that_is_not_there_is_refused(
    sop_000: Sop, changed: Callable[..., Sop]
) -> None:
    sender = changed({8: {"sambungan": {**DELIVERY, "langkah": 30}}})
    assert code_of(lambda: adopting.check_target(sender, 8, sop_000)) == "connector_step"


def test_a_case_is_opened_in_any_sop(sop_000: Sop, changed: Callable[..., Sop]) -> None:
    adopting.check_target(changed({8: {"sambungan": OPENING}}), 8, sop_000)


def test_what_the_printed_head_lacks_is_named_and_nothing_else(sop_000: Sop) -> None:
    lacks = adopting.missing(sop_000)
    assert {"nomor", "tanggal.pembuatan", "dasar_hukum"} <= set(lacks)
    assert not {"nama", "tujuan", "tanggal.pengesahan", "keyakinan", "format"} & set(lacks)
