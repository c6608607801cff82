"""Two people do the same thing in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk


def both_at_once(attempt: Callable[[], Any]) -> list[str]:
    """What two simultaneous attempts come to, sorted: `won`, or the code of the refusal."""
    results: list[str] = []
    ready = threading.Barrier(2)

    def run() -> None:
        ready.wait(timeout=30)
        try:
            attempt()
            results.append("won")
        except tk.ValidationError as error:
            results.append(error.error_dict["code"][0])
        finally:
            model.Session.remove()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(results)
