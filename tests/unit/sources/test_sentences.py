from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from ckanext.satudata.sources import sentences

ROOM = Path(sentences.__file__).parent
RAISED = {
    "SourceFailed",
    "NotFetched",
    "Passing",
    "OutOfTime",
    "Declined",
    "Unexpected",
    "Misdeclared",
    "Notice",
}


def calls(names: set[str] = RAISED) -> Iterator[ast.Call]:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                yield node


def literal_codes(names: set[str] = RAISED) -> set[str]:
    return {
        part.value
        for call in calls(names)
        for part in ast.walk(call.args[0])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert literal_codes() - sentences.ENGLISH.keys() == set()


def test_both_languages_say_the_same_codes_with_the_same_facts() -> None:
    english = {code: facts_of(text) for code, text in sentences.ENGLISH.items()}
    assert english == {code: facts_of(text) for code, text in sentences.INDONESIAN.items()}


def test_every_fact_that_a_sentence_needs_is_given_where_its_code_is_raised() -> None:
    lacking = []
    for call in calls():
        [*codes] = [one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)]
        given = {one.arg for one in call.keywords}
        if None in given or len(call.args) > 1 and not isinstance(call.args[1], ast.Dict):
            continue  # facts that are made elsewhere
        for one in call.args[1:]:
            given |= {key.value for key in one.keys}
        lacking += [code for code in codes if facts_of(sentences.ENGLISH[code]) - given]
    assert lacking == []


def test_facts_hold_no_words_of_a_language() -> None:
    """They stand in the sentences of both; a place is in the source's own words."""
    facts = [
        (one.arg, one.value) for call in calls() for one in call.keywords if one.arg != "where"
    ]
    assert [name for name, value in facts if _speaks(value)] == []


def _speaks(value: ast.expr) -> bool:
    if isinstance(value, ast.JoinedStr):
        parts = [str(one.value) for one in value.values if isinstance(one, ast.Constant)]
        return any(map(str.isalpha, "".join(parts)))
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value


def test_what_the_page_of_codes_has_after_the_notices_begin_stops_nothing() -> None:
    codes = list(sentences.ENGLISH)
    notices = codes[codes.index("keys_ambiguous") :]
    assert literal_codes(RAISED - {"Notice"}).intersection(notices) == set()


def test_a_sentence_is_told_in_indonesian_unless_asked_otherwise() -> None:
    facts = {"host": "data.example.id"}
    assert sentences.sentence("empty_body", facts) == "Jawaban data.example.id kosong."
