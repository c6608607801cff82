"""A catalogue for tests that puts every translated string between marks, and notes the others.

CKAN's catalogue has entries that repeat the English ("%(count)s dataset found."). Those get no
mark; where both languages say the same, our own catalogue says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.mofile import read_mo, write_mo
from babel.support import Translations
from ckan.plugins import get_plugin
from ckan.tests.helpers import CKANTestApp
from flask_babel import Domain, get_babel

from tests.integration.reading import CLOSE, OPEN

LANGUAGE = "id"


class _Noting:
    """Translations as flask-babel asks for them; what nobody translated is noted in `missing`."""

    def __init__(self, marked: Translations, missing: set[str]) -> None:
        self.marked = marked
        self.missing = missing

    def ugettext(self, msgid: str) -> str:
        return self._noted(msgid, self.marked.ugettext(msgid))

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return self._noted(singular, self.marked.ungettext(singular, plural, number))

    def upgettext(self, context: str, msgid: str) -> str:
        return self._noted(msgid, self.marked.upgettext(context, msgid))

    def unpgettext(self, context: str, singular: str, plural: str, number: int) -> str:
        return self._noted(singular, self.marked.unpgettext(context, singular, plural, number))

    def _noted(self, msgid: str, text: str) -> str:
        if not text.startswith(OPEN):
            self.missing.add(msgid)
        return text


class MarkingDomain(Domain):
    """The catalogues of the portal with marks; `missing` are the msgids that no one translated."""

    def __init__(self, directories: list[str], domains: list[str]) -> None:
        super().__init__(directories, ";".join(domains))
        self.missing: set[str] = set()

    def get_translations(self) -> Any:
        return _Noting(super().get_translations(), self.missing)


@contextmanager
def marked_translations(app: CKANTestApp, folder: Path) -> Iterator[MarkingDomain]:
    """While it lasts `app` reads a marked copy, made in `folder`, of each catalogue that it has."""
    babel = get_babel(app.flask_app).instance
    with app.flask_app.app_context():
        sources = list(babel.domain_instance.translation_directories)
    domains = babel.domain_instance.domain
    copies = []
    for number, (source, domain) in enumerate(zip(sources, domains, strict=True)):
        copies.append(str(folder / str(number)))
        _copy_marked(Path(source), Path(copies[-1]), f"{LANGUAGE}/LC_MESSAGES/{domain}.mo")
    usual, marking = babel.domain_instance, MarkingDomain(copies, domains)
    babel.domain_instance = marking
    try:
        yield marking
    finally:
        babel.domain_instance = usual


def _copy_marked(source: Path, target: Path, name: str) -> None:
    if not (source / name).is_file():
        return
    with (source / name).open("rb") as stream:
        catalog = read_mo(stream)
    ours = name.endswith(f"/{get_plugin('satudata').i18n_domain()}.mo")
    for message in catalog:
        if message.id and (ours or message.string != message.id):
            message.string = _between_marks(message.string)
    (target / name).parent.mkdir(parents=True)
    with (target / name).open("wb") as stream:
        write_mo(stream, catalog)


def _between_marks(translation: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(translation, str):
        return f"{OPEN}{translation}{CLOSE}"
    return tuple(f"{OPEN}{form}{CLOSE}" for form in translation)
