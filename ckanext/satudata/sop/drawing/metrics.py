"""How wide a text is, and where it wraps.

The widths are those of Liberation Sans, which are those of Arial: a drawing keeps its measure
with whichever of the two a machine has. Kerning and ligatures are switched off by the writers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

EM = 2048
_REGULAR: Mapping[int, str] = {
    384: "′", 391: "'", 455: "ijlįĵĺļłſ‘’", 532: "|¦",
    569: " !,./:;I[\\]ft\u00a0·ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ", 597: "ľ", 682: "()-`r¡¨²³´¸¹ŕŗř‐“”„‹›",
    684: "{}ŀ", 717: "•", 725: "″", 727: '"', 748: "º✓", 758: "ª", 768: "ť", 797: "*", 819: "°",
    909: "ĳ", 961: "^", 1024: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżž", 1100: "¶", 1124: "±÷≠≤≥", 1131: "¯",
    1139: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏő"
    "ũūŭůűų–€",
    1180: "µ", 1196: "+<=>~¬×−", 1237: "ŉ", 1251: "FTZ¿ßøŢŤŦŹŻŽ", 1259: "ď",
    1366: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸ",
    1479: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵ", 1481: "Ŋ", 1505: "Ĳ", 1509: "©®",
    1593: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐ", 1706: "Mm", 1708: "¼½¾", 1821: "%æ", 1933: "WœŴ", 2048: "ÆŒ—…‰™←→",
    2079: "@",
}  # fmt: skip
_BOLD: Mapping[int, str] = {
    487: "'", 491: "′", 569: " ,./I\\ijl\u00a0·ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĵĺļłſ‘’", 573: "|¦",
    682: "!()-:;[]`ft¡¨²³´¸¹ţŧ‐‹›", 717: "•", 748: "º✓", 758: "ª", 789: "ľ", 797: "*r{}ŕŗř",
    819: "°", 971: '"', 981: "ŀť″", 1024: "zźżž“”„", 1124: "±÷≠≤≥", 1131: "¯",
    1139: "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿāăąćĉċčēĕėęěĳĴķĸśŝşšŷ–€", 1180: "µ",
    1196: "+<=>^~¬×−", 1251: "?FLTZbdghnopqu¿ßðñòóôõöøùúûüþđĝğġģĥħĹĻĽĿŁńņňŋōŏőŢŤŦũūŭůűųŹŻŽ",
    1366: "EPSVXYÈÉÊËÝÞĒĔĖĘĚŚŜŞŠŶŸ", 1451: "ŉ", 1472: "ď",
    1479: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆĈĊČĎĐĤĦĶŃŅŇŔŖŘŨŪŬŮŰŲ", 1481: "Ŋ", 1509: "©®",
    1593: "GOQwÒÓÔÕÖØĜĞĠĢŌŎŐŵ", 1607: "Ĳ", 1706: "M", 1708: "¼½¾", 1821: "%mæ", 1933: "WœŴ",
    1997: "@", 2048: "ÆŒ—…‰™←→",
}  # fmt: skip

_UNKNOWN = 2 * EM
"""Of another script; no font that a machine takes instead makes a letter wider than this."""


def _by_letter(groups: Mapping[int, str]) -> dict[str, int]:
    return {letter: wide for wide, letters in groups.items() for letter in letters}


WIDTHS = (_by_letter(_REGULAR), _by_letter(_BOLD))
"""Letter to its width in 1/2048 of the size: regular, and bold."""

_PIECES = re.compile(r"[^/-]*[/-]+|[^/-]+")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text set in `size` points, in points."""
    widths = WIDTHS[bold]
    return sum(widths.get(letter, _UNKNOWN) for letter in text) * size / EM


def _words(text: str) -> list[str]:
    """The words of a text; a no-break space (U+00A0) holds its neighbours together."""
    return re.findall(r"[^ \t\r\n]+", text)


def longest_piece(text: str, size: float, *, bold: bool = False) -> float:
    """The width below which a piece of the text would have to be broken inside a word."""
    pieces = (piece for word in _words(text) for piece in _PIECES.findall(word))
    return max((width(piece, size, bold=bold) for piece in pieces), default=0.0)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines of at most `room` points.

    A line ends at a blank, or after a stroke or hyphen; within a word only where the word alone
    is too long. Nothing is lost: without blanks the lines together are the text without blanks.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        for at, piece in enumerate(_fitting(word, size, room, bold=bold)):
            longer = f"{line} {piece}" if line and at == 0 else line + piece
            if line and width(longer, size, bold=bold) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return (*lines, line) if line else tuple(lines)


def _fitting(word: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
    """The pieces of a word, each of which fits; of a letter that does not, the letter."""
    for piece in _PIECES.findall(word):
        part = ""
        for letter in piece:
            if part and width(part + letter, size, bold=bold) > room:
                yield part
                part = ""
            part += letter
        yield part
