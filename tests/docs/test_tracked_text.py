"""No tracked text names a package registry or a path of one machine."""

from __future__ import annotations

import re

import pytest

from tests.tracked import ROOT, tracked

BINARY = (".mo", ".xlsx", ".png")
# Put together here, so that this file does not hold what it forbids.
FORBIDDEN = {
    "the host of a package registry": "|".join(
        re.escape(host)
        for host in (
            "py" + "pi.org",
            "files.python" + "hosted.org",
            "repo1.maven" + ".org",
            "repo.maven" + ".apache.org",
            "registry.npm" + "js.org",
            "proxy.golang" + ".org",
            "deb.debian" + ".org",
        )
    ),
    "an option that names a registry": "--(extra-)?index" + "-url|--regis" + "try[ =]",
    "a path of one machine": r"(?<![\w.$}~-])/(wo" + r"rk|ro" + r"ot|ho" + r"me)/\w",
}


def _lines(name: str) -> list[str]:
    return (ROOT / name).read_text("utf-8", errors="replace").splitlines()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_text_holds_it(what: str) -> None:
    found = [
        f"{name}:{number}"
        for name in tracked()
        if not name.endswith(BINARY)
        for number, line in enumerate(_lines(name), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("the host of a package registry", "https://py" + "pi.org/simple"),
        ("an option that names a registry", "pip install --index" + "-url x"),
        ("a path of one machine", 'open("/ro' + 'ot/x")'),
    ],
)
def test_what_is_forbidden_would_be_found(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)
