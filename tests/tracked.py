"""The files of the source tree, as a clean checkout has them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def tracked() -> list[str]:
    """Their paths below ROOT; without git, every file but hidden and compiled ones."""
    try:
        done = subprocess.run(
            ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        return [
            str(path)
            for path in paths
            if not path.parts[0].startswith(".") and "__pycache__" not in path.parts
        ]
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]
