"""The vectorised and the row form of every check say the same of whatever stands in a column."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudata.quality.checks.base import ROLES, Check, Facts
from ckanext.satudata.quality.checks.cells import DATE, NUMBER, TEXT
from ckanext.satudata.quality.checks.periods import PERIOD_CHECKS
from ckanext.satudata.quality.checks.sheets import SheetCheck
from ckanext.satudata.quality.checks.table import CELL_CHECKS, SHEET_CHECKS
from tests.unit.quality.tables import Given, cell, of_column, of_sheet

EXAMPLES: list[Given] = [one for check in CELL_CHECKS for one in (*check.true, *check.false)]
PIECES = [
    "0", "1", "7", "12", "345", "2024", "31", "02", ".", ",", "-", "−", "–", "/", "(", ")",
    " ", "\u00a0", "Rp", "rp.", "juta", "ribu", "%", "kg", "*", "**", "r", "x", "xx", "e",
    "E+", "Januari", "Des", "Mei", "Jumlah", "TOTAL", "total I", "Sumber", ":", "Catatan",
    "ket", "n.a.", "NA", "N/A", "…", "...", "#REF!", "Indonesia", "\n", "\t", "٣", "１", "K",
    "ſumber", "İndonesia", "nan", "_", "81", "0812", "11.01", "3171", "é", "😀", "tidak ada",
    "-)", "a", "jumlah:", "IV", "'", "\u2009",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from([one for one in EXAMPLES if isinstance(one, str)]),
    st.lists(st.sampled_from(PIECES), max_size=5).map("".join),
    st.text(max_size=6).filter(lambda text: text.isprintable()),
    st.from_regex(r"\A[0-9]{1,3}([.,][0-9]{3}){0,2}([.,][0-9]{1,2})?\Z"),
    st.from_regex(r"\A[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}|[0-9]{4})\Z"),
    st.from_regex(r"\A[0-9]{9,32}\Z"),
)
CELLS = st.one_of(
    TEXTS,
    st.integers(0, 10**17).map(lambda number: (NUMBER, str(number))),
    st.dates().map(lambda day: (DATE, day.isoformat())),
    TEXTS.map(lambda text: (TEXT, text or "a")),
)
MISSING = st.sampled_from([frozenset(), frozenset(("-", "…")), frozenset(("-99", "n.a.", "–"))])
FIELDS = st.sampled_from(
    [
        {},
        {"groupChar": ".", "decimalChar": ","},
        {"groupChar": ",", "bareNumber": False},
        {"decimalChar": ","},
        {"groupChar": " "},
    ]
)
CODES = {
    "kemendagri": frozenset(("11", "1101", "3171", "317101")),
    "bps": frozenset(("11", "1101", "3171010")),
}
FACTS = st.builds(
    Facts,
    number=st.just(1),
    heading=st.sampled_from(["", "Kode wilayah", "No. HP", "Kode BPS", "Satuan", "Tanggal"]),
    role=st.sampled_from(ROLES),
    field=FIELDS,
    missing=MISSING,
    regions=st.sampled_from([{}, CODES, {"bps": CODES["bps"]}]),
)


def cells_for(check: Check) -> st.SearchStrategy[list[Given]]:
    """Cells of all kinds, its own examples among them."""
    own = st.sampled_from([*check.true, *check.false])
    return st.lists(st.one_of(own, CELLS), max_size=30)


@pytest.mark.parametrize("check", CELL_CHECKS, ids=lambda one: one.code)
@settings(max_examples=60, deadline=None)
@given(facts=FACTS, data=st.data())
def test_both_forms_of_a_check_say_the_same(check: Check, facts: Facts, data):
    facts.role = data.draw(st.sampled_from(check.roles))
    cells = data.draw(cells_for(check))
    by_columns = of_column(check, cells, facts)
    by_rows = of_column(check, cells, facts, by_rows=True)
    assert [one.as_dict() for one in by_columns] == [one.as_dict() for one in by_rows]


@pytest.mark.parametrize("check", CELL_CHECKS, ids=lambda one: one.code)
@settings(max_examples=60, deadline=None)
@given(facts=FACTS, data=st.data())
def test_both_forms_of_a_check_label_cells_alike(check: Check, facts: Facts, data):
    kind = data.draw(st.sampled_from(check.kinds))
    texts = [cell(one)[1] or "a" for one in data.draw(cells_for(check))]
    by_columns = check.labels(pa.array(texts, pa.string()), kind, facts).tolist()
    assert by_columns == [check.label(text, kind, facts) for text in texts]


HEADINGS = ["Kabupaten", "Tahun", "Kode", "Tanggal", "2023", "Jumlah", "Luas (ha)", "No", ""]
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.tuples(
        st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width),
        st.lists(
            st.lists(
                st.one_of(CELLS, st.sampled_from(["2022", "2023", "Bogor", "12"])),
                min_size=width,
                max_size=width,
            ),
            max_size=12,
        ),
    )
)


@settings(max_examples=200, deadline=None)
@given(rows=ROWS)
def test_both_forms_of_all_checks_say_the_same_of_a_sheet(rows):
    heading, data = rows
    by_columns = of_sheet([heading, *data])
    by_rows = of_sheet([heading, *data], by_rows=True)
    assert [one.as_dict() for one in by_columns] == [one.as_dict() for one in by_rows]


@pytest.mark.parametrize("check", SHEET_CHECKS, ids=lambda one: one.code)
@pytest.mark.parametrize("example", ["true", "false"])
def test_both_forms_say_the_same_of_an_example(check: SheetCheck, example: str):
    rows = getattr(check, example)
    by_columns, by_rows = of_sheet(rows), of_sheet(rows, by_rows=True)
    assert [one.as_dict() for one in by_columns] == [one.as_dict() for one in by_rows]


@settings(max_examples=100, deadline=None)
@given(
    data=st.lists(
        st.tuples(st.sampled_from(["Bogor", "Bekasi", ""]), st.sampled_from(["2021", "2022", ""])),
        min_size=10,
        max_size=40,
    )
)
def test_both_forms_find_the_same_periods(data):
    rows = [("Kabupaten", "Tahun", "Nilai"), *((*row, "12") for row in data)]
    found = [
        [one.as_dict() for one in of_sheet(rows, by_rows=form) if one.code == PERIOD_CHECKS[0].code]
        for form in (False, True)
    ]
    assert found[0] == found[1]
