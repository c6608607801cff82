"""Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) and recovery codes."""

from __future__ import annotations

import io
import re
import secrets
from datetime import datetime, timezone

import segno
from pyotp import random_base32
from pyotp.totp import TOTP

STEP = 30
"""Seconds that a code is valid."""
DRIFT = 1
"""Steps that a clock may be ahead or behind."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that a printed sheet leaves in doubt: i, l, o, 0, 1."""
_HALF = 5


def new_secret() -> str:
    """A random secret of 160 bits, in base 32."""
    return random_base32()


def grouped(secret: str) -> str:
    """A secret in groups of four, to be typed from the screen."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def step_of(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The time step that a code belongs to; None for a wrong one, or one of a step gone by.

    `now` in UTC without zone; `last_step`: that of the last code taken, none later than it is
    taken again.
    """
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    made = TOTP(secret, interval=STEP)
    present = int(now.replace(tzinfo=timezone.utc).timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > last_step and secrets.compare_digest(made.generate_otp(step), digits):
            return step
    return None


def address(secret: str, account: str, portal: str) -> str:
    """What an authenticator app reads: `otpauth://totp/…`."""
    return TOTP(secret, interval=STEP).provisioning_uri(name=account, issuer_name=portal)


def picture(text: str) -> str:
    """A QR code as an SVG element, without style, script or address."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, scale=5, border=4, dark="#000", light="#fff",
        omitsize=True, nl=False,
    )  # fmt: skip
    return out.getvalue().decode("utf-8")


def recovery_codes() -> list[str]:
    """Ten random codes of 49 bits each, such as `k7mqx-2hfrd`."""
    return [f"{_half()}-{_half()}" for _ in range(RECOVERY_CODES)]


def as_recovery_code(text: str) -> str | None:
    """A typed recovery code in its one form; None for what cannot be one."""
    letters = re.sub(r"[\s-]", "", text).casefold()
    if len(letters) != 2 * _HALF or not set(letters) <= set(LETTERS):
        return None
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def _half() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(_HALF))
