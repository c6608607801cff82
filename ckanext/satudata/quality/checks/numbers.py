"""Numbers as people write them, and programs misread them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from ckanext.satudata.quality.checks.base import Check, Facts, SpelledCheck, Tallies, pooled
from ckanext.satudata.quality.checks.said import GALAT, PERINGATAN, Problem, Words
from ckanext.satudata.quality.checks.spelling import CURRENCY, NUMBER, SCALES, UNITS

_OTHER_DIGIT = r"[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]"
FEW = 3
"""So many cells of a form say what the form of a column is."""


_FRACTION = re.compile(
    r"lintang|bujur|latitud|longitud|\blat\b|\blo?ng?\b|koordinat|persen|%|rasio|indeks|rata|laju"
    r"|pertumbuhan|proporsi|koefisien|gini|per kapita|inflasi",
    re.IGNORECASE,
)
"""Headings of columns that hold fractions, which may have three decimals."""


def _declared(facts: Facts) -> bool:
    """Whether the kamus data says what a dot means."""
    return facts.group == "." or "decimalChar" in facts.field


class ThousandsDot(SpelledCheck):
    code = "number_thousands_dot"
    severity = GALAT
    title = ("titik sebagai pemisah ribuan", "dots between thousands")
    words = Words(
        (
            "{cell} dan {others} sel lain tertulis seperti {example}; program membacanya sebagai "
            "bilangan desimal, seribu kali terlalu kecil.",
            "{cell} and {others} other cells read like {example}; programs take them for decimals, "
            "a thousand times too small.",
        ),
        (
            "Blok kolom {letter}, tekan Ctrl+H, ganti titik dengan kosong; atau nyatakan titik "
            "sebagai pemisah ribuan di kamus data.",
            "Select column {letter}, press Ctrl+H and replace the dot by nothing; or declare the "
            "dot as separator of thousands in the kamus data.",
        ),
    )
    needs = "."
    patterns: ClassVar = {
        1: r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}",
        2: r"[-+]?[1-9][0-9]{0,2}(\.[0-9]{3}){2,}(,[0-9]+)?|[-+]?[1-9][0-9]{0,2}\.[0-9]{3},[0-9]+",
        3: r"[-+]?[0-9]+\.[0-9]+",
    }
    true = ("1.234", "2.500", "13.700", "950")
    false = ("1.234", "2.5", "13.75", "0.123")

    def applies(self, facts: Facts) -> bool:
        return not _declared(facts) and not _FRACTION.search(facts.heading)

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        single, several = pooled(tallies, (1,)).count, pooled(tallies, (2,)).count
        if 3 in tallies or not (several or single >= FEW):
            return
        tally = pooled(tallies, (1, 2))
        yield self.problem(tally, facts, others=tally.count - 1)


class DotDoubtful(SpelledCheck):
    code = "number_dot_doubtful"
    severity = PERINGATAN
    title = ("titik yang artinya tidak jelas", "dots of unclear meaning")
    words = Words(
        (
            "{cell} tertulis {example}, sedangkan {other_cell} tertulis {other}; titik mungkin "
            "berarti ribuan di satu sel dan desimal di sel lain.",
            "{cell} reads {example}, {other_cell} reads {other}; the dot may mean thousands in "
            "the one and decimals in the other.",
        ),
        (
            "Pilih satu arti untuk titik di kolom {letter}, lalu ubah sel yang lain.",
            "Choose one meaning for the dot in column {letter} and change the other cells.",
        ),
    )
    needs = "."
    patterns = ThousandsDot.patterns
    true = ("1.234", "2.500", "13.700", "1.5")
    false = ("1.234", "2.500", "13.700", "950")

    def applies(self, facts: Facts) -> bool:
        return not _declared(facts)

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        thousands, others = pooled(tallies, (1, 2)), pooled(tallies, (3,))
        both = thousands.count + others.count
        if not others.count or (2 not in tallies and thousands.count < FEW):
            return
        # A column of decimals has three of them by chance now and then.
        if 2 in tallies or 4 * thousands.count >= both:
            other = others.places[0]
            yield self.problem(thousands, facts, other=other.value, other_cell=other.cell)


class ThousandsComma(SpelledCheck):
    code = "number_thousands_comma"
    severity = PERINGATAN
    title = ("koma sebagai pemisah ribuan", "commas between thousands")
    words = Words(
        (
            "{cell} dan {others} sel lain tertulis seperti {example}; koma tampaknya memisahkan "
            "ribuan, padahal di Indonesia koma berarti desimal.",
            "{cell} and {others} other cells read like {example}; the comma seems to part "
            "thousands, while it means decimals in Indonesia.",
        ),
        (
            "Blok kolom {letter}, tekan Ctrl+H, ganti koma dengan kosong; atau nyatakan koma "
            "sebagai pemisah ribuan di kamus data.",
            "Select column {letter}, press Ctrl+H and replace the comma by nothing; or declare "
            "the comma as separator of thousands in the kamus data.",
        ),
    )
    needs = ","
    patterns: ClassVar = {
        1: r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?",
        2: r"[-+]?[0-9]+,[0-9]+",
    }
    true = ("11,150", "9,800", "10,000")
    false = ("11,150", "9,8", "10,25")

    def applies(self, facts: Facts) -> bool:
        return "," not in (facts.group, facts.decimal)

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        tally = pooled(tallies, (1,))
        if 2 not in tallies and tally.count >= FEW:
            yield self.problem(tally, facts, others=tally.count - 1)


class DecimalComma(SpelledCheck):
    code = "number_decimal_comma"
    severity = PERINGATAN
    title = ("koma desimal yang tidak dinyatakan", "decimal commas that are not declared")
    words = Words(
        (
            "{count} sel memakai koma desimal, pertama {cell} ({example}), tanpa pernyataan di "
            "kamus data; program membacanya sebagai teks.",
            "{count} cells have a decimal comma, first {cell} ({example}), and the kamus data does "
            "not say so; programs take them for texts.",
        ),
        (
            "Nyatakan koma sebagai tanda desimal kolom ini di kamus data, atau ganti koma dengan "
            "titik.",
            "Declare the comma as the decimal sign of this column in the kamus data, or replace "
            "it by a dot.",
        ),
    )
    needs = ","
    patterns: ClassVar = {
        1: r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+",
        2: r"[-+]?[0-9]{1,3}(\.[0-9]{3})*,[0-9]+|[-+]?[0-9]+,[0-9]+",
    }
    true = ("1,66", "0,9", "12,125")
    false = ("1.66", "0.9", "11,150")

    def applies(self, facts: Facts) -> bool:
        return facts.decimal != ","

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        if 2 in tallies:
            yield self.problem(pooled(tallies), facts)


class Currency(SpelledCheck):
    code = "number_currency"
    severity = PERINGATAN
    title = ("Rp di dalam sel angka", "Rp within cells of numbers")
    words = Words(
        (
            "{count} sel memuat mata uang di depan angka atau tanda ,- di belakangnya, pertama "
            "{cell} ({example}).",
            "{count} cells have a currency before the number or ,- behind it, first {cell} "
            "({example}).",
        ),
        (
            "Tulis angkanya saja dan sebut satuannya (rupiah) di kamus data.",
            "Write the number alone and name its unit (rupiah) in the kamus data.",
        ),
    )
    patterns: ClassVar = {
        1: rf"[-+(]?{CURRENCY}[ \u00a0]*{NUMBER}(?:,[-–])?[-)]?",
        2: rf"{NUMBER}(?:,[-–])|{NUMBER}[ \u00a0]*{CURRENCY}",
    }
    true = ("Rp 1.500.000", "Rp.2.000,-", "rp3000")
    false = ("1500000", "2000", "3000")

    def applies(self, facts: Facts) -> bool:
        return facts.is_bare


class Brackets(SpelledCheck):
    code = "number_brackets"
    severity = GALAT
    title = ("angka negatif dalam tanda kurung", "negative numbers in brackets")
    words = Words(
        (
            "{count} sel menulis angka dalam tanda kurung, pertama {cell} ({example}); dalam "
            "pembukuan itu berarti negatif, tetapi program membacanya positif atau sebagai teks.",
            "{count} cells have a number in brackets, first {cell} ({example}); in bookkeeping "
            "that is negative, but programs read it as positive, or as a text.",
        ),
        (
            "Tulis angka negatif dengan tanda minus di depan: -1500.",
            "Write negative numbers with a minus before them: -1500.",
        ),
    )
    patterns: ClassVar = {
        1: rf"\([ \u00a0]*(?:{CURRENCY}[ \u00a0]*)?(?:[0-9]+[.,][0-9.,]*|[0-9]{{3,}})"
        r"[ \u00a0]*%?[ \u00a0]*\)",
    }
    true = ("(1.500)", "2000", "(12,5)")
    false = ("-1500", "2000", "(1)")


class MinusSign(SpelledCheck):
    code = "number_minus_sign"
    severity = GALAT
    title = ("tanda minus yang bukan minus", "a minus that is none")
    words = Words(
        (
            "{count} sel memakai tanda hubung panjang sebagai minus atau menaruh minus di "
            "belakang angka, pertama {cell} ({example}); program dapat membacanya positif.",
            "{count} cells have a dash for a minus, or the minus behind the number, first {cell} "
            "({example}); programs may read them as positive.",
        ),
        (
            "Ketik minus biasa (-) tepat di depan angka.",
            "Type an ordinary minus (-) directly before the number.",
        ),
    )
    patterns: ClassVar = {
        1: r"[\u2010-\u2015\u2212][ \u00a0]*[0-9][0-9.,]*",
        2: r"[0-9](?:[0-9.,]*[0-9])?[ \u00a0]*[-\u2010-\u2015\u2212]",
        3: r"-[ \u00a0]+[0-9][0-9.,]*",
    }
    true = ("−5", "1250-", "– 3,5")
    false = ("-5", "1250", "-3.5")


class Marked(SpelledCheck):
    code = "number_marked"
    severity = PERINGATAN
    title = ("tanda di belakang angka", "marks behind numbers")
    words = Words(
        (
            "{count} sel memuat tanda di belakang angka, pertama {cell} ({example}): kebiasaan "
            "BPS ialah * atau x sementara, ** sangat sementara, r diperbaiki, e estimasi, "
            "a RSE 25–50 persen.",
            "{count} cells have a mark behind the number, first {cell} ({example}): with BPS * or "
            "x is preliminary, ** very preliminary, r revised, e estimated, a RSE of 25 to 50 "
            "per cent.",
        ),
        (
            "Pindahkan tanda ke kolom sendiri (misalnya “status”) agar artinya tetap tersimpan.",
            "Move the mark into a column of its own (such as “status”), so that its meaning stays.",
        ),
    )
    patterns: ClassVar = {
        1: rf"{NUMBER}[ \u00a0]*(?:\*{{1,3}}\)?|[0-9a-e]?\)|x{{1,3}}|[rabe])",
    }
    true = ("5*)", "12,3 r", "120 xx")
    false = ("5", "12.3", "120")


class Scaled(SpelledCheck):
    code = "number_scaled"
    severity = GALAT
    title = ("ribu atau juta di dalam sel", "ribu or juta within cells")
    words = Words(
        (
            "{count} sel menulis kelipatan dengan kata, pertama {cell} ({example}); program "
            "membaca angkanya saja dan membuang kelipatannya.",
            "{count} cells have the scale as a word, first {cell} ({example}); programs read the "
            "number alone and drop the scale.",
        ),
        (
            "Tulis angkanya penuh (1500000), atau sebut kelipatan bagi seluruh kolom di kamus "
            "data.",
            "Write the number in full (1500000), or name one scale for the whole column in the "
            "kamus data.",
        ),
    )
    patterns: ClassVar = {1: rf"(?:{CURRENCY}[ \u00a0]*)?{NUMBER}[ \u00a0]*{SCALES}\.?"}
    true = ("1,5 juta", "12 ribu", "Rp 3 miliar")
    false = ("1500000", "12000", "3000000000")


class WithUnit(SpelledCheck):
    code = "number_with_unit"
    severity = PERINGATAN
    title = ("satuan di dalam sel angka", "units within cells of numbers")
    words = Words(
        (
            "{count} sel memuat satuan di belakang angka, pertama {cell} ({example}).",
            "{count} cells have a unit behind the number, first {cell} ({example}).",
        ),
        (
            "Tulis angkanya saja; satuan bertempat di kamus data.",
            "Write the number alone; the unit belongs into the kamus data.",
        ),
    )
    patterns: ClassVar = {1: rf"{NUMBER}[ \u00a0]*{UNITS}\.?"}
    true = ("12 kg", "50%", "3,5 ha")
    false = ("12", "50", "3.5")

    def applies(self, facts: Facts) -> bool:
        return facts.is_bare


class Spaced(SpelledCheck):
    code = "number_spaced"
    severity = PERINGATAN
    title = ("spasi atau petik di antara ribuan", "blanks or quotes between thousands")
    words = Words(
        (
            "{count} sel memisahkan ribuan dengan spasi atau petik, pertama {cell} ({example}).",
            "{count} cells have blanks or quotes between thousands, first {cell} ({example}).",
        ),
        (
            "Blok kolom {letter}, tekan Ctrl+H, ganti spasi dengan kosong.",
            "Select column {letter}, press Ctrl+H and replace the blank by nothing.",
        ),
    )
    patterns: ClassVar = {
        1: r"[-+]?[1-9][0-9]{0,2}([ \u00a0\u2009\u202f'’][0-9]{3})+(,[0-9]+|\.[0-9]+)?",
    }
    true = ("1 234", "12 500 000", "1'000")
    false = ("1234", "12500000", "1000")

    def applies(self, facts: Facts) -> bool:
        return facts.group not in (" ", "'")


class Strange(SpelledCheck):
    code = "number_strange"
    severity = PERINGATAN
    title = ("tulisan yang hanya dimengerti program", "spellings that only programs understand")
    words = Words(
        (
            "{count} sel memuat tulisan yang hanya oleh program dibaca sebagai angka, pertama "
            "{cell} ({example}).",
            "{count} cells have a spelling that only programs read as a number, first {cell} "
            "({example}).",
        ),
        (
            "Tulis angkanya dengan digit 0 sampai 9, atau kosongkan selnya.",
            "Write the number with the digits 0 to 9, or leave the cell empty.",
        ),
    )
    patterns: ClassVar = {
        1: r"[-+]?[0-9]+(_[0-9]+)+",
        2: r"[-+]?(?:[nN][aA][nN]|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)",
        3: rf"[-+]?{_OTHER_DIGIT}(?:{_OTHER_DIGIT}|[.,])*",
    }
    true = ("1_000", "NaN", "١٢٣")
    false = ("1000", "12", "123")


NUMBER_CHECKS: tuple[Check, ...] = (
    ThousandsDot(),
    DotDoubtful(),
    ThousandsComma(),
    DecimalComma(),
    Currency(),
    Brackets(),
    MinusSign(),
    Marked(),
    Scaled(),
    WithUnit(),
    Spaced(),
    Strange(),
)
