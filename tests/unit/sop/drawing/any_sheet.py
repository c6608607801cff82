"""Sheets nobody wrote: any number of lanes and rows, any ways, any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import load
from tests.unit.sop.small import BARE, to

FILE = Path(__file__).parents[4] / "schemas/sop/000-manajemen-data.yaml"
MARKED = {"tingkat": "tinggi", "sebab": "dibaca demikian", "alternatif": None}
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))
WORDS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=60).filter(str.strip),
    st.lists(st.sampled_from(["data", "sektoral", "Kelompok", "pengelolaan-data", "OPD/unit"]),
             min_size=1, max_size=60).map(" ".join),
    st.integers(20, 900).map(lambda long: "panjang" * (long // 7)),
)  # fmt: skip
SHORT = st.sampled_from(["Ya", "Tidak", "Kembalikan", "Disimpan", "Sesuai ketentuan", "Diperbarui"])


@cache
def _whole() -> dict[str, Any]:
    return load(FILE.read_bytes(), FILE.name).sop.model_dump()


@st.composite
def sheets(draw: st.DrawFn, *, lanes: int = 10, rows: int = 12) -> Sop:
    """A SOP of the right shape; its meaning is not asked, as the drawing does not ask for it."""
    values = dict(_whole())
    actor = values["pelaksana"]["validator"]
    keys = [f"pelaksana_{number}" for number in range(draw(st.integers(1, lanes)))]
    names = {key: draw(st.one_of(WORDS, SHORT)) for key in keys}
    values["pelaksana"] = {
        key: {**actor, "nama": names[key], "lajur": draw(st.booleans())} for key in keys
    }
    count = draw(st.integers(1, rows))
    values["langkah"] = tuple(draw(_rows(keys, number, count)) for number in range(1, count + 1))
    return Sop.model_validate(values)


@st.composite
def _rows(draw: st.DrawFn, keys: list[str], number: int, count: int) -> dict[str, Any]:
    actors = st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True).map(tuple)
    on, back = draw(_outcomes(actors, number + 1, count)), draw(_outcomes(actors, 1, number))
    norm = {
        "teks": draw(WORDS), "minimum": None, "maksimum": None, "satuan": "harian",
        "bersama": tuple(draw(st.sets(st.integers(1, count), max_size=2)) - {number}),
    }  # fmt: skip
    joint = {"subjek": "pengelolaan-data-elektronik", "cara": "serahkan", "langkah": 8}
    return {
        **_whole()["langkah"][0],
        **BARE,
        "langkah": number,
        "tahapan": draw(st.none() | WORDS),
        "uraian": draw(WORDS),
        "pelaksana": draw(actors),
        "persetujuan": draw(st.none() | st.sampled_from(keys)),
        "mutu_baku": {
            "kelengkapan": draw(st.none() | st.lists(WORDS, max_size=3).map(tuple)),
            "waktu": draw(st.none() | st.just(norm)),
            "output": draw(st.none() | WORDS),
        },
        "keterangan": draw(st.none() | WORDS),
        "keputusan": tuple({**one, "efek": ()} for one in on),
        "kembali": back if on else (),
        "sambungan": draw(st.none() | st.just(joint)),
        "keyakinan": draw(st.sampled_from([{}, {"pelaksana": MARKED, "uraian": MARKED}])),
    }


@st.composite
def _outcomes(draw: st.DrawFn, actors: Any, first: int, last: int) -> tuple[dict[str, Any], ...]:
    if first > last:
        return ()
    targets = draw(st.lists(st.integers(first, last), max_size=3))
    return tuple(
        {
            **to(f"hasil_{number}_{target}", target, together=draw(st.just(()) | actors)),
            "label": draw(SHORT),
            "keyakinan": draw(st.sampled_from([None, MARKED])),
        }
        for number, target in enumerate(targets)
    )
