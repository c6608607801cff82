"""A daily head proves what all streams had come to, to whoever has its public key."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from ckanext.satudata.audit import heads
from ckanext.satudata.audit.__main__ import main
from ckanext.satudata.audit.chain import GENESIS

KEY = heads.signing_key("07" * 32)
OTHER = heads.signing_key("08" * 32)
PUBLIC = heads.public_text(KEY)


def facts(day: int = 1) -> dict[str, Any]:
    ends = heads.Ends()
    ends.add("dataset:d1", day, "a" * 64)
    ends.add("portal", 2, "b" * 64)
    return {
        "day": f"2026-01-{day:02}",
        "at": f"2026-01-{day:02}T16:00:00.000000",
        "streams": ends.streams,
        "events": ends.events,
        "ends_sha256": ends.sha256,
    }


def made(days: int = 3) -> list[dict[str, Any]]:
    """One head after another."""
    found: list[dict[str, Any]] = []
    for day in range(1, days + 1):
        found.append(dict(heads.signed(facts(day), found[-1] if found else None, KEY)))
    return found


def test_heads_that_nobody_touched_are_right() -> None:
    assert heads.first_fault(made(), [PUBLIC]) is None


@pytest.mark.parametrize("name", ["day", "at", "streams", "events", "ends_sha256"])
def test_a_changed_fact_is_found(name: str) -> None:
    changed = made()
    changed[1][name] = 1 if isinstance(changed[1][name], int) else "2026"
    assert heads.first_fault(changed, [PUBLIC]) == (2, "hash")


def test_a_head_that_was_hashed_anew_is_found_by_its_signature() -> None:
    changed = made()
    changed[2]["events"] += 1
    text = heads._text(changed[2])
    changed[2]["sha256"] = hashlib.sha256(text).hexdigest()
    assert heads.first_fault(changed, [PUBLIC]) == (3, "signature")


def test_a_head_of_another_key_is_found() -> None:
    assert heads.fault(heads.signed(facts(), None, OTHER), [PUBLIC]) == "key"


def test_one_of_several_known_keys_may_have_signed() -> None:
    both = [PUBLIC, heads.public_text(OTHER)]
    assert heads.fault(heads.signed(facts(), None, OTHER), both) is None


def test_a_head_that_was_taken_out_is_found() -> None:
    found = made()
    assert heads.first_fault([found[0], found[2]], [PUBLIC]) == (2, "order")


def test_a_first_head_that_is_not_the_first_is_found() -> None:
    assert heads.first_fault(made()[1:], [PUBLIC]) == (1, "order")


def test_a_part_of_the_heads_can_be_checked_alone() -> None:
    assert heads.first_fault(made()[1:], [PUBLIC], from_first=False) is None


def test_a_version_that_nobody_knows_is_told() -> None:
    assert heads.fault({**made(1)[0], "version": 9}, [PUBLIC]) == "version"


def test_a_key_or_a_signature_that_is_no_base64_is_no_signature() -> None:
    assert heads.fault({**made(1)[0], "signature": "?"}, [PUBLIC]) == "signature"


def test_the_digest_of_ends_is_that_of_a_text_that_others_can_make() -> None:
    text = "dataset:d1\t1\t" + "a" * 64 + "\n" + "portal\t2\t" + "b" * 64 + "\n"
    assert facts()["ends_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_head_is_signed_over_a_text_that_others_can_make() -> None:
    head = made(1)[0]
    text = (
        '{"at":"2026-01-01T16:00:00.000000","day":"2026-01-01",'
        f'"ends_sha256":"{head["ends_sha256"]}","events":3,"head":"satudata","key":"{PUBLIC}",'
        f'"number":1,"previous_sha256":"{GENESIS}","streams":2,"version":1}}'
    )
    assert head["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    KEY.public_key().verify(base64.b64decode(head["signature"]), text.encode())


@pytest.mark.parametrize("then", ["portal", "dataset:d1"])
def test_ends_out_of_order_or_twice_are_refused(then: str) -> None:
    ends = heads.Ends()
    ends.add("portal", 1, "a" * 64)
    with pytest.raises(ValueError, match="out of order"):
        ends.add(then, 1, "a" * 64)


@pytest.mark.parametrize("text", ["", "07", "zz" * 32, "07" * 33])
def test_a_key_of_another_form_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(ValueError, match="^a signing key is 64 hexadecimal digits$"):
        heads.signing_key(text)


def written(folder: Path, content: Any) -> str:
    file = folder / "heads.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(file)


def test_a_file_of_heads_is_checked_without_the_portal(tmp_path: Path) -> None:
    file = written(tmp_path, {"format": heads.FORMAT, "heads": made()[1:]})
    assert main(["verify-head", file, "--key", PUBLIC]) == 0


def test_the_first_head_that_is_not_right_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = made()
    changed[1]["events"] = 9
    file = written(tmp_path, {"format": heads.FORMAT, "heads": changed})
    assert main(["verify-head", file, "--key", PUBLIC]) == 1
    assert "Kepala 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    ["", "[]", {"format": "x", "heads": [1]}, {"format": heads.FORMAT, "heads": []}],
)
def test_what_is_no_file_of_heads_is_wrong_use(tmp_path: Path, content: Any) -> None:
    assert main(["verify-head", written(tmp_path, content), "--key", PUBLIC]) == 2


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert main(["verify-head", str(tmp_path / "none"), "--key", PUBLIC]) == 2
