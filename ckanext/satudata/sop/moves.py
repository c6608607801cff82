"""The rule table: one row for each act that somebody may do at a step.

The same rows decide who may act, draw the buttons and the sheet, fill the docs and generate the
exhaustive test. Nothing else says what is allowed. `ways` are the rows that end a step, `rules`
all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ckanext.satudata.sop.definition import Cara, Efek, Hasil, Langkah, Lingkup, Menulis, Sop
from ckanext.satudata.sop.statuses import Status

END = 0
"""Target of a move that ends the case."""

FINISHED = "selesai"
"""Outcome of a step that leaves nothing to choose."""

REPEATED = "ulangi"
"""Outcome of a step that its actor does again."""


class Act(str, Enum):
    """What somebody does in a case; the value stands in events, in the API and in the docs."""

    FINISH = "finish"
    CHOOSE = "choose"
    RETURN = "return"
    REPEAT = "repeat"
    CLAIM = "claim"
    ASSIGN = "assign"
    HAND_BACK = "hand_back"
    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    COMMENT = "comment"
    ADD = "add"
    DROP = "drop"
    SET_CLOSING = "set_closing"
    GO_ON = "go_on"
    INVITE = "invite"
    CANCEL = "cancel"


WAYS = frozenset({Act.FINISH, Act.CHOOSE, Act.RETURN, Act.REPEAT})
"""The acts that end a visit."""

REASONED = frozenset({Act.RETURN, Act.DROP, Act.CANCEL, Act.PAUSE})
"""The acts that leave somebody guessing unless they say why."""


@dataclass(frozen=True)
class Move:
    """One row: at `step`, one of `actors` may do `act`; a way takes the case to `target`.

    `effects` happen in the same commit, over a list in one commit for each dataset. `status` is
    what the data is called from then on. `four_eyes`: refused to whoever brought or changed the
    data that is judged. `approval`: the actor whose approval must be on record before.
    `together`: who ends the visit that this way opens, all of them. `on_paper_by`: who may enter
    the act when it was done on paper.
    """

    step: int
    act: Act
    outcome: str
    label: str
    actors: tuple[str, ...]
    target: int
    status: Status | None = None
    four_eyes: bool = False
    effects: tuple[Efek, ...] = ()
    approval: str | None = None
    together: tuple[str, ...] = ()
    on_paper_by: tuple[str, ...] = ()

    @property
    def is_return(self) -> bool:
        return self.act is Act.RETURN

    @property
    def goes_on(self) -> bool:
        """Whether the step has done its work with this way."""
        return self.act in (Act.FINISH, Act.CHOOSE)

    @property
    def needs_reason(self) -> bool:
        return self.act in REASONED


def moves(sop: Sop, bound: frozenset[int] = frozenset()) -> tuple[Move, ...]:
    """The ways out of every step, in the order of the sheet.

    `bound` are the steps whose `sambungan` the office bound to a SOP of its own.
    """
    return tuple(row for row in rules(sop, bound) if row.act in WAYS)


def moves_at(sop: Sop, step: int, bound: frozenset[int] = frozenset()) -> tuple[Move, ...]:
    """The ways out of one step, those that go on first."""
    return tuple(row for row in rules_at(sop, step, bound) if row.act in WAYS)


def rules_at(sop: Sop, step: int, bound: frozenset[int] = frozenset()) -> tuple[Move, ...]:
    """All rows of one step."""
    return tuple(row for row in rules(sop, bound) if row.step == step)


def rules(sop: Sop, bound: frozenset[int] = frozenset()) -> tuple[Move, ...]:
    """All rows of a SOP, in the order of its sheet."""
    return _rules(_Same(sop), bound)


def writers_at(sop: Sop, step: int) -> dict[str, frozenset[Menulis]]:
    """Which actors may write while `step` is open, and how far.

    An actor may stand there twice: who makes up the list may also write its datasets.
    """
    found: dict[str, frozenset[Menulis]] = {}
    for writer in sop.step(step).penulis:
        found[writer.pelaksana] = found.get(writer.pelaksana, frozenset()) | {writer.menulis}
    return found


def lists_at(sop: Sop, step: int) -> bool:
    """Whether the daftar data itself is made up at a step.

    What was late on an earlier list can join there; where only products are made it cannot.
    """
    at_the_list = sop.step(step).lingkup is Lingkup.DAFTAR
    return at_the_list and any(Menulis.DAFTAR in how for how in writers_at(sop, step).values())


def delivers(sop: Sop, bound: frozenset[int]) -> bool:
    """Whether this SOP hands its data to another one, which then approves and publishes."""
    joints = {step.langkah: step.sambungan for step in sop.langkah if step.sambungan}
    return any(joints[step].cara is Cara.SERAHKAN for step in bound & joints.keys())


def next_list_step(sop: Sop, step: int) -> int | None:
    """The first step after `step` that is walked by the whole list; None when there is none."""
    later = (row for row in sop.langkah[step:] if row.lingkup is Lingkup.DAFTAR)
    return next((row.langkah for row in later), None)


class _Same:
    """A SOP as a cache key: the very object, for it is immutable and dear to hash."""

    def __init__(self, sop: Sop) -> None:
        self.sop = sop

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.sop is self.sop

    def __hash__(self) -> int:
        return id(self.sop)


@lru_cache(maxsize=64)
def _rules(same: _Same, bound: frozenset[int]) -> tuple[Move, ...]:
    sop = same.sop
    return tuple(
        row for step in sop.langkah for row in (*_ways(sop, step, bound), *_others(sop, step))
    )


def _ways(sop: Sop, step: Langkah, bound: frozenset[int]) -> Iterator[Move]:
    left_out = _left_to_the_other(sop, bound)

    def way(act: Act, outcome: Hasil, effects: tuple[Efek, ...]) -> Move:
        arrival = step if outcome.ke == END else sop.step(min(outcome.ke, len(sop.langkah)))
        return Move(
            step=step.langkah,
            act=act,
            outcome=outcome.hasil,
            label=outcome.label,
            actors=step.pelaksana,
            target=outcome.ke,
            status=outcome.status or arrival.status,
            four_eyes=step.empat_mata is True,
            effects=tuple(effect for effect in effects if effect not in left_out),
            approval=step.persetujuan if act in (Act.FINISH, Act.CHOOSE) else None,
            together=outcome.bersama,
            on_paper_by=_on_paper_by(sop, step),
        )

    if not step.keputusan:
        yield way(Act.FINISH, _only_way(sop, step), step.efek)
    for outcome in step.keputusan:
        yield way(Act.CHOOSE, outcome, (*step.efek, *outcome.efek))
    for back in step.kembali:
        yield way(Act.RETURN, back, ())
    if step.berulang:
        again = _way_to(REPEATED, step.perintah, step.langkah)
        yield way(Act.REPEAT, again, ())


def _only_way(sop: Sop, step: Langkah) -> Hasil:
    target = step.langkah + 1 if step.langkah < len(sop.langkah) else END
    return _way_to(FINISHED, step.perintah, target)


def _way_to(outcome: str, label: str, target: int) -> Hasil:
    return Hasil.model_construct(
        hasil=outcome, label=label, ke=target, status=None, bersama=(), keyakinan=None
    )


def _left_to_the_other(sop: Sop, bound: frozenset[int]) -> frozenset[Efek]:
    """The effects that a bound hand-over leaves to the receiving SOP; unbound, the hand-over."""
    if delivers(sop, bound):
        return frozenset({Efek.SETUJUI, Efek.TERBITKAN})
    joins = any(s.sambungan and s.sambungan.cara is Cara.SERAHKAN for s in sop.langkah)
    return frozenset({Efek.SERAHKAN}) if joins else frozenset()


def _on_paper_by(sop: Sop, step: Langkah) -> tuple[str, ...]:
    if not sop.sop.catatan_manual:
        return ()
    return tuple(dict.fromkeys((*step.pelaksana, *sop.sop.pengendali)))


def _others(sop: Sop, step: Langkah) -> Iterator[Move]:
    """The rows of a step that end no visit."""
    steer = sop.sop.pengendali
    mine = tuple(dict.fromkeys((*step.pelaksana, *steer)))

    def row(act: Act, actors: tuple[str, ...], target: int = step.langkah) -> Move:
        approves = act is Act.APPROVE
        on_paper = mine if approves and sop.sop.catatan_manual else ()
        eyes = approves and step.empat_mata is True
        return Move(step.langkah, act, "", "", actors, target, four_eyes=eyes, on_paper_by=on_paper)

    yield row(Act.CLAIM, step.pelaksana)
    yield row(Act.ASSIGN, mine)
    yield row(Act.HAND_BACK, mine)
    if step.persetujuan:
        yield row(Act.APPROVE, (step.persetujuan,))
    yield row(Act.PAUSE, mine)
    yield row(Act.RESUME, mine)
    yield row(Act.COMMENT, tuple(sop.pelaksana))
    listers = [w.pelaksana for w in step.penulis if _makes_list(step, w.menulis)]
    if listers:
        yield row(Act.ADD, tuple(dict.fromkeys(listers)))
    if any(one.lingkup is Lingkup.DAFTAR for one in sop.langkah):
        yield row(Act.DROP, steer)
        yield row(Act.SET_CLOSING, steer)
        following = next_list_step(sop, step.langkah)
        if step.lingkup is Lingkup.DATA and following is not None:
            yield row(Act.GO_ON, sop.step(following).pelaksana, following)
    if any(sop.pelaksana[actor].pihak_luar for actor in step.pelaksana):
        yield row(Act.INVITE, steer)
    yield row(Act.CANCEL, steer, END)


def _makes_list(step: Langkah, how: Menulis) -> bool:
    """Whether a writer of the step may put datasets on the list."""
    at_the_list = step.lingkup is Lingkup.DAFTAR
    return at_the_list and how in (Menulis.DAFTAR, Menulis.PRODUK_BARU)
