"""Acts that people wrote down from the sheets, allowed and refused, by the number of the SOP.

Beside what is generated from the rule table these do not follow the code: a changed row of a
sheet or of the table makes one of them red. `opd` opened the case and brought the data.
"""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.satudata.sop.moves import Act


@dataclass(frozen=True)
class Asked:
    """At a case that stands at `stands`, `who` with `actor` asks for an act at `step`.

    `what` is an act or the outcome of a way. `answer` is the step it leads to (0: the end), or
    the code it is refused with.
    """

    stands: int
    who: str
    actor: str
    what: Act | str
    answer: int | str
    step: int | None = None

    @property
    def asked_at(self) -> int:
        return self.step or self.stands


ALLOWED: dict[str, list[Asked]] = {
    "000": [
        Asked(1, "budi", "admin_data", "selesai", 2),
        Asked(2, "opd", "admin_data", "selesai", 3),
        Asked(3, "budi", "verifikator", "sesuai", 4),
        Asked(3, "budi", "verifikator", "tidak_sesuai", 2),
        Asked(4, "budi", "validator", "valid", 5),
        Asked(4, "budi", "validator", "tidak_valid", 3),
        Asked(5, "budi", "analis_data", "selesai", 6),
        Asked(6, "budi", "admin_sistem", "selesai", 7),
        Asked(7, "budi", "admin_sistem", "selesai", 8),
        Asked(8, "budi", "pengelola_data", "selesai", 9),
        Asked(9, "budi", "pimpinan_tim_data", "selesai", 0),
        Asked(3, "budi", "verifikator", Act.CLAIM, 3),
        Asked(3, "budi", "pengelola_data", Act.ASSIGN, 3),
        Asked(5, "budi", "pimpinan_tim_data", Act.PAUSE, 5),
        Asked(4, "opd", "produsen_data", Act.COMMENT, 4),
        Asked(7, "opd", "pengelola_data", Act.CANCEL, 0),
    ],
}

REFUSED: dict[str, list[Asked]] = {
    "000": [
        Asked(1, "opd", "produsen_data", "selesai", "not_holder"),
        Asked(2, "opd", "produsen_data", "selesai", "not_holder"),
        Asked(3, "budi", "admin_data", "sesuai", "not_holder"),
        Asked(3, "opd", "verifikator", "sesuai", "four_eyes"),
        Asked(3, "opd", "verifikator", "tidak_sesuai", "four_eyes"),
        Asked(3, "budi", "verifikator", "valid", "outcome_unknown"),
        Asked(3, "budi", "validator", "valid", "step_not_open", step=4),
        Asked(2, "budi", "pengelola_data", "selesai", "step_not_open", step=8),
        Asked(8, "opd", "pengelola_data", "selesai", "four_eyes"),
        Asked(8, "budi", "pimpinan_tim_data", "selesai", "not_holder"),
        Asked(3, "budi", "pengelola_data", Act.CLAIM, "not_holder"),
        Asked(3, "budi", "verifikator", Act.CANCEL, "not_holder"),
        Asked(4, "budi", "validator", Act.HAND_BACK, "not_claimed"),
        Asked(5, "budi", "analis_data", Act.RESUME, "not_paused"),
        Asked(6, "budi", "pengelola_data", Act.DROP, "act_unknown"),
        Asked(8, "budi", "pimpinan_tim_data", Act.APPROVE, "act_unknown"),
    ],
}
