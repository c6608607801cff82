"""The random passwords of the demo's accounts: made once, in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

HEAD = """\
# Accounts of the demo: account, password. Invented people; the passwords are random and were made
# for this portal only. ./portal demo keeps what is here and adds what is missing.
"""


def passwords(path: Path, names: Iterable[str]) -> dict[str, str]:
    """The password of each account in `names`.

    On the disk before this returns: an account must never exist whose password nobody knows.
    """
    known = _read(path)
    wanted = {name: known.get(name) or secrets.token_urlsafe(18) for name in names}
    if any(name not in known for name in wanted):
        _write(path, {**known, **wanted})
    os.chmod(path, 0o600)
    return wanted


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2 and words[0] != "#"}


def _write(path: Path, passwords_by_name: Mapping[str, str]) -> None:
    """Whole or not at all, whenever the process ends."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    width = max(map(len, passwords_by_name))
    lines = [f"{name:<{width}}  {word}\n" for name, word in passwords_by_name.items()]
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(HEAD + "".join(lines))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
