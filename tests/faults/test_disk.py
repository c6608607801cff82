"""A disk that is full, or fills up while an upload is written, costs the upload and no more."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.faults import child
from tests.faults.points import Points
from tests.faults.scene import Scene
from tests.faults.services import small_disk

BALLAST = "ballast"
SIZES = {"full before it": 4096, "filling up while it is written": 1 << 20}
"""The size of the disk; a file system counts in pages."""

pytestmark = pytest.mark.parametrize("scene", ["upload"], indirect=True)


@pytest.mark.parametrize("how", SIZES)
def test_an_upload_to_a_full_disk_leaves_nothing_behind(scene: Scene, how: str, tell: Any):
    told = child.run(lambda: uploaded(scene, how)).told

    tell(f"full disk ({how}): {told['disk']}, answered {told['status']} {told['code']}")
    assert told["status"] != 200
    assert told["left"] == []
    assert [*scene.wrong()] == []
    assert scene.picture.now() == scene.before
    assert [*scene.wrong_after_again()] == []


def uploaded(scene: Scene, how: str) -> dict[str, Any]:
    """In a child, on a disk of its own: the answer, and what of the upload lies there then."""
    size, root = SIZES[how], scene.files
    disk = small_disk(root, size)

    def met(number: int, when: str) -> None:
        if when == "before" and points.names[number - 1] == "file write":
            fill(root, size)

    points = Points(met) if how.startswith("filling") else Points()
    if how.startswith("filling"):
        points.watch()
    else:
        fill(root, size)
    status, answer = 500, {}
    with suppress(OSError):
        status, answer = scene.request.send(scene.app)
    left = [one.name for one in root.rglob("*") if one.is_file() and one.name != BALLAST]
    code = answer.get("error", {}).get("code", "")
    return {"disk": disk, "status": status, "code": code, "left": left}


def fill(root: Path, size: int) -> None:
    """Write until nothing fits any more, past everything that watches."""
    handle = os.open(root / BALLAST, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with suppress(OSError):
        for _page in range(size // 512 + 1):
            os.write(handle, b"x" * 512)
    os.close(handle)
