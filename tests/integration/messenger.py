"""A messenger such as a site plugs in: CKAN's `INotifier`, in twenty lines."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p


class Messenger(p.SingletonPlugin):
    """Keeps what it would send; `wants` says to whom it can, `broken` that it cannot at all."""

    p.implements(p.INotifier, inherit=True)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.sent: list[dict[str, Any]] = []
        self.users: set[str] = set()
        self.broken = False

    def notify_recipient(
        self,
        already_notified: bool,
        recipient_name: str,
        recipient_email: str,
        subject: str,
        body: str,
        body_html: str | None = None,
        headers: dict[str, Any] | None = None,
        attachments: Any = None,
    ) -> bool:
        """True where the person was told; then no e-mail goes."""
        user = (headers or {}).get("X-Satudata-User", "")
        if self.broken:
            raise RuntimeError(f"rahasia {recipient_email}")
        if already_notified or user not in self.users:
            return already_notified
        self.sent.append({"user": user, "subject": subject, "body": body, **(headers or {})})
        return True
