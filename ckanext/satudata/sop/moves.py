"""The rule table: one row for each way out of each step.

The same rows decide who may act, draw the buttons and the sheet, fill the docs and generate the
exhaustive test. Nothing else says what is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ckanext.satudata.sop.definition import Efek, Hasil, Langkah, Menulis, Sop
from ckanext.satudata.sop.statuses import Status

END = 0
"""Target of a move that ends the case."""

FINISHED = "selesai"
"""Outcome of a step that leaves nothing to choose."""


class Act(str, Enum):
    """What an actor does with an open step."""

    FINISH = "finish"
    CHOOSE = "choose"
    RETURN = "return"


@dataclass(frozen=True)
class Move:
    """One row: at `step`, one of `actors` may take `outcome`; the case goes to `target`.

    `effects` happen in the same commit. `status` is what the data is called from then on.
    `four_eyes`: refused to whoever brought or changed the data that is judged.
    """

    step: int
    act: Act
    outcome: str
    label: str
    actors: tuple[str, ...]
    target: int
    status: Status | None
    four_eyes: bool
    effects: tuple[Efek, ...]

    @property
    def is_return(self) -> bool:
        return self.act is Act.RETURN

    @property
    def needs_reason(self) -> bool:
        """A return without a reason leaves the receiver guessing."""
        return self.is_return


def moves(sop: Sop) -> tuple[Move, ...]:
    """All rows of a SOP, in the order of its sheet."""
    return tuple(move for step in sop.langkah for move in _of_step(sop, step))


def moves_at(sop: Sop, step: int) -> tuple[Move, ...]:
    """The rows of one step, those that go on first."""
    return tuple(move for move in moves(sop) if move.step == step)


def writers_at(sop: Sop, step: int) -> dict[str, Menulis]:
    """Which actors may write the dataset while `step` is open, and how far."""
    return {writer.pelaksana: writer.menulis for writer in sop.step(step).penulis}


def _of_step(sop: Sop, step: Langkah) -> list[Move]:
    if not step.keputusan:
        target = step.langkah + 1 if step.langkah < len(sop.langkah) else END
        return [_move(sop, step, Act.FINISH, _Way(FINISHED, step.perintah, target, None))]
    ways_on = [(one, (*step.efek, *one.efek)) for one in step.keputusan]
    return [
        *(_move(sop, step, Act.CHOOSE, _way(one), effects) for one, effects in ways_on),
        *(_move(sop, step, Act.RETURN, _way(one), ()) for one in step.kembali),
    ]


@dataclass(frozen=True)
class _Way:
    """What an outcome says for itself; the rest of its row comes from its step."""

    outcome: str
    label: str
    target: int
    status: Status | None


def _way(outcome: Hasil) -> _Way:
    return _Way(outcome.hasil, outcome.label, outcome.ke, outcome.status)


def _move(
    sop: Sop, step: Langkah, act: Act, way: _Way, effects: tuple[Efek, ...] | None = None
) -> Move:
    """A row of the table; without `effects` of its own it has those of its step."""
    arrival = step if way.target == END else sop.step(min(way.target, len(sop.langkah)))
    return Move(
        step=step.langkah,
        act=act,
        outcome=way.outcome,
        label=way.label,
        actors=step.pelaksana,
        target=way.target,
        status=way.status or arrival.status,
        four_eyes=step.empat_mata,
        effects=step.efek if effects is None else effects,
    )
