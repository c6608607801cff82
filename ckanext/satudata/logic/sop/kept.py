"""What is made once for each key, and one at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """The newest `most` things that were made.

    Whoever asks for one that another is making waits for it, and so does who asks for another new
    one: however many ask, one core of a process makes them. What is kept already waits for nobody.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Hashable, Made] = {}
        self._making = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What belongs to a key, made now where it is not kept."""
        if key in (made := self._made):
            return made[key]
        with self._making:
            # A new dict in place of the old one: who reads it meanwhile holds no lock.
            if key not in self._made:
                before = list(self._made.items())[max(0, len(self._made) - self._most + 1) :]
                self._made = {**dict(before), key: make()}
            return self._made[key]
