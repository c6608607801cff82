"""Passwords of the demo are made once and read by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.accounts import passwords


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "demo-accounts"


def test_only_its_owner_reads_the_file(file: Path) -> None:
    passwords(file, ["satu"])
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_opened_to_others_is_closed_again(file: Path) -> None:
    passwords(file, ["satu"])
    file.chmod(0o644)
    passwords(file, ["satu"])
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_second_run_keeps_the_passwords(file: Path) -> None:
    first = passwords(file, ["satu", "dua"])
    assert passwords(file, ["satu", "dua"]) == first


def test_a_new_account_leaves_the_older_passwords_alone(file: Path) -> None:
    first = passwords(file, ["satu"])
    assert passwords(file, ["satu", "dua"])["satu"] == first["satu"]


def test_an_account_that_is_not_asked_for_keeps_its_password(file: Path) -> None:
    first = passwords(file, ["satu", "dua"])
    passwords(file, ["satu", "tiga"])
    assert passwords(file, ["dua"]) == {"dua": first["dua"]}


def test_a_password_is_on_the_disk_before_it_is_given_out(file: Path) -> None:
    given = passwords(file, ["satu"])["satu"]
    assert given in file.read_text("utf-8").split()


def test_no_two_accounts_share_a_password(file: Path) -> None:
    given = passwords(file, [f"akun-{number}" for number in range(20)])
    assert len(set(given.values())) == 20


def test_what_a_killed_run_left_half_written_is_no_obstacle(file: Path) -> None:
    file.with_name("demo-accounts.part").write_text("sat", "utf-8")
    assert set(passwords(file, ["satu"])) == {"satu"}
