"""No tracked text names a package registry or a path of one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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


def tracked() -> list[Path]:
    """The text files of the tree; without git, all that a clean checkout shows."""
    try:
        done = subprocess.run(
            ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        paths = [ROOT / name for name in done.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [p for p in ROOT.rglob("*") if not p.relative_to(ROOT).parts[0].startswith(".")]
    return [
        path for path in paths if path.is_file() and path.suffix not in {".mo", ".xlsx", ".png"}
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_text_holds_it(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
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
