"""The Indonesian catalogue is whole, says the same facts, and is the one that was compiled."""

from __future__ import annotations

import re

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from i18n import catalogue
from i18n.catalogue import INDONESIAN, TEMPLATE, keys, read

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*(?:![rs])?\}")


def indonesian() -> list[Message]:
    return [message for message in read(INDONESIAN, "id") if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_every_sentence_of_the_template_stands_in_the_catalogue_and_no_other():
    assert keys(read(INDONESIAN, "id")) == keys(read(TEMPLATE))


def test_every_borrowed_sentence_stands_in_the_template():
    assert keys(read(catalogue.BORROWED)) <= keys(read(TEMPLATE))


def test_every_sentence_is_translated():
    empty = [one.id for one in indonesian() if not all(forms(one.string)) or not one.string]
    assert empty == []


def test_no_translation_is_a_guess_that_nobody_looked_at():
    assert [one.id for one in indonesian() if one.fuzzy] == []


def test_every_translation_has_the_placeholders_of_its_sentence():
    wrong = []
    for message in indonesian():
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        wrong += [
            text for text in forms(message.string) if set(PLACEHOLDER.findall(text)) != wanted
        ]
    assert wrong == []


def test_indonesian_has_one_form_for_every_number():
    assert read(INDONESIAN, "id").num_plurals == 1


def test_what_is_shipped_is_the_catalogue_that_people_edit():
    with INDONESIAN.with_suffix(".mo").open("rb") as stream:
        shipped = [one for one in read_mo(stream) if one.id]
    assert words(shipped) == words(indonesian())


def words(messages: list[Message]) -> dict[tuple[str, ...], list[str]]:
    return {tuple(forms(one.id)): forms(one.string) for one in messages}
