"""The catalogue asks for what the source says today. Needs CKAN, whose syntax the templates use."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from i18n import catalogue
from i18n.catalogue import BORROWED, TEMPLATE, keys, read


def test_the_template_holds_what_the_source_says():
    assert keys(catalogue.template()) == keys(read(TEMPLATE))


def test_what_is_borrowed_is_still_said_by_ckan_or_its_plugins():
    borrowed = {msgid for _context, msgid in keys(read(BORROWED))}
    ckan = Path(str(files("ckan")))
    known = {msgid for _context, msgid in keys(read(ckan / "i18n" / "ckan.pot"))}
    # CKAN's own list lacks some of its sentences, and scheming has no list.
    folders = [ckan / "templates", Path(str(files("ckanext.scheming"))) / "templates"]
    texts = [path.read_text() for folder in folders for path in folder.rglob("*.html")]
    gone = [one for one in borrowed - known if not any(one in text for text in texts)]
    assert gone == []
