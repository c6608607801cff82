"""frictionless is the oracle: what is accepted here is a Table Schema to it, and reads the file."""

from __future__ import annotations

from typing import Any

import pytest
from frictionless import Schema
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.dictionary.exchange import read_value
from ckanext.satudata.dictionary.kinds import KINDS, OPTIONS
from ckanext.satudata.dictionary.properties import PROPERTIES
from ckanext.satudata.dictionary.proposing import Sample, propose
from tests.unit.dictionary.tables import of

NAMES = st.sampled_from(["a", "b", "Jumlah (orang)", "kode\nwilayah", " ", ""])
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.sampled_from(["", "ya", "tidak", ",", ".", "%d/%m/%Y", "default", "any", "email", "1", "("]),
)
VALUES = st.one_of(LEAVES, st.lists(LEAVES, max_size=2))
CONSTRAINTS = st.dictionaries(
    st.sampled_from(sorted({one for kind in KINDS.values() for one in kind.constraints} | {"x"})),
    VALUES,
    max_size=2,
)
KEYS = [one.name for one in PROPERTIES] + [*OPTIONS, "format", "example", "description", "rdfType"]
FIELDS = st.builds(
    lambda name, kind, more, told: {"name": name, "type": kind, **more, "constraints": told},
    NAMES,
    st.sampled_from([*KINDS, "angka", None]),
    st.dictionaries(st.sampled_from([*KEYS, "lain"]), VALUES, max_size=3),
    st.one_of(CONSTRAINTS, VALUES),
)
KEY = st.one_of(NAMES, st.lists(NAMES, max_size=2), LEAVES)
REFERENCES = st.one_of(
    LEAVES,
    st.fixed_dictionaries(
        {
            "fields": KEY,
            "reference": st.one_of(
                LEAVES,
                st.fixed_dictionaries({"resource": st.sampled_from(["", "w"]), "fields": KEY}),
            ),
        }
    ),
)
SCHEMAS = st.fixed_dictionaries(
    {"fields": st.lists(FIELDS, min_size=1, max_size=3)},
    optional={
        "missingValues": VALUES,
        "primaryKey": KEY,
        "foreignKeys": st.one_of(LEAVES, st.lists(REFERENCES, max_size=2)),
        "title": LEAVES,
        "name": LEAVES,
        "description": LEAVES,
    },
)


@given(SCHEMAS)
def test_what_has_no_fault_is_a_table_schema_to_frictionless(schema: dict[str, Any]):
    found = read_value(schema)
    if found.dictionary is not None and not found.problems:
        Schema.from_descriptor(found.dictionary.descriptor())


def test_the_properties_of_our_own_come_through_frictionless():
    told = {one.name: one.choices[0][0] if one.choices else "teks" for one in PROPERTIES}
    schema = of({"name": "a", "type": "integer", **told}).descriptor()
    assert Schema.from_descriptor(schema).to_descriptor() == schema


COLUMNS: dict[str, list[str]] = {
    "jumlah": ["950", "1200", "0", "-3"],
    "tahun": ["2021", "2022", "2023"],
    "luas (ha)": ["1.234,50", "950,25", "1.000.000,00"],
    "produksi": ["1.234.567", "950", "12.500"],
    "indeks": ["71,25", "70,1", "69,98"],
    "ipm": ["71.25", "70.1", "69.98"],
    "anggaran": ["Rp 1.500.000", "Rp 950.000", "Rp 2.000.000"],
    "pagu": ["Rp1.500.000,00", "Rp950.000,25", "Rp2.000.000,00"],
    "persentase": ["12,5%", "9,75%", "100%"],
    "ekspor": ["1,234,567.5", "950.25", "12,000.00"],
    "populasi": ["1 234 567", "950", "12 500"],
    "tanggal": ["2024-01-31", "2024-02-29", "2023-12-01"],
    "tgl": ["31/01/2024", "29/02/2024", "01/12/2023"],
    "day": ["01/31/2024", "02/29/2024", "12/01/2023"],
    "bulan": ["2024-01", "2024-02", "2023-12"],
    "waktu": ["2024-01-31T10:00:00", "2024-02-29T00:00:00", "2023-12-01T23:59:59"],
    "jam": ["10:00:00", "23:59:59", "00:00:00"],
    "aktif": ["Ya", "Tidak", "Ya"],
    "kode_kecamatan": ["15.06.01", "15.06.02", "15.06.10"],
    "kbli": ["01111", "01112", "10110"],
    "nik": ["1506010101010001", "1506010101010002", "1506010101010003"],
    "nama": ["Kecamatan A", "Kecamatan B", "Kecamatan C"],
    "dengan tanda": ["12", "-", "…", "15", "n/a"],
}


@pytest.mark.parametrize("heading", COLUMNS)
def test_what_is_proposed_reads_the_values_it_was_proposed_from(heading):
    table = propose([Sample(heading, COLUMNS[heading])]).dictionary
    field = Schema.from_descriptor(table.descriptor()).fields[0]
    for cell in COLUMNS[heading]:
        _value, notes = field.read_cell(cell)
        assert not notes, cell


@given(
    st.lists(
        st.one_of(
            st.integers(-(10**6), 10**6).map(str),
            st.decimals(-(10**6), 10**6, places=2).map(lambda one: f"{one:,.2f}"),
            st.decimals(-(10**6), 10**6, places=2).map(
                lambda one: f"{one:,.2f}".translate(str.maketrans(",.", ".,"))
            ),
            st.dates().map(lambda one: one.strftime("%d/%m/%Y")),
            st.sampled_from(["", "-", "…", "Ya", "Tidak", "001", "1.5E+15", "(1.500)", "12 Mei"]),
        ),
        max_size=12,
    )
)
def test_every_proposal_is_a_kamus_data_without_faults(cells: list[str]):
    found = propose([Sample("kolom", cells)])
    assert not read_value(found.dictionary.descriptor()).problems
    field = Schema.from_descriptor(found.dictionary.descriptor()).fields[0]
    is_mixed = any(one.code == "mixed" for one in found.doubts)
    assert is_mixed or not any(field.read_cell(cell)[1] for cell in cells)
