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
    "001": [
        Asked(1, "budi", "pejabat_administrator", "selesai", 2),
        Asked(2, "budi", "pejabat_pengawas", "selesai", 3),
        Asked(3, "budi", "pengelola_ti", "selesai", 4),
        Asked(4, "budi", "administrator_server", "disimpan", 5),
        Asked(4, "budi", "administrator_server", "diperbarui", 5),
        Asked(4, "budi", "administrator_server", "dipulihkan", 5),
        Asked(5, "budi", "pengelola_ti", "selesai", 6),
        Asked(6, "budi", "pejabat_pengawas", "selesai", 7),
        Asked(6, "budi", "pejabat_pengawas", "belum_selesai", 5),
        Asked(7, "budi", "pejabat_administrator", "selesai", 8),
        Asked(7, "budi", "pejabat_administrator", "belum_selesai", 6),
        Asked(8, "budi", "pejabat_pengawas", "selesai", 9),
        Asked(9, "budi", "pengelola_ti", "selesai", 0),
        Asked(1, "budi", "pejabat_administrator", Act.ADD, 1),
        Asked(4, "budi", "pejabat_pengawas", Act.DROP, 4),
    ],
    "002": [
        Asked(1, "budi", "kepala_dinas", "selesai", 2),
        Asked(2, "budi", "kabid", "selesai", 3),
        Asked(3, "budi", "kasi", "selesai", 4),
        Asked(4, "budi", "staf", Act.ADD, 4),
        Asked(4, "budi", "staf", "selesai", 5),
        Asked(5, "budi", "kasi", "sesuai", 6),
        Asked(5, "budi", "kasi", "tidak_sesuai", 4),
        Asked(6, "budi", "bps", "sesuai", 7),
        Asked(6, "budi", "bps", "perlu_perbaikan", 5),
        Asked(7, "budi", "kasi", "selesai", 8),
        Asked(8, "budi", "pimpinan_sumber_data", Act.APPROVE, 8),
        Asked(8, "budi", "kasi", Act.SET_CLOSING, 8),
        Asked(9, "budi", "kasi", "lengkap", 10),
        Asked(9, "budi", "kasi", "belum_lengkap", 8),
        Asked(10, "budi", "staf", Act.ADD, 10),
        Asked(10, "budi", "staf", "selesai", 11),
        Asked(11, "budi", "kasi", "sesuai", 12),
        Asked(11, "budi", "kasi", "tidak_sesuai", 10),
        Asked(12, "budi", "kabid", "selesai", 13),
        Asked(13, "budi", "bps", "layak", 14),
        Asked(13, "budi", "bps", "tidak_layak", 10),
        Asked(13, "budi", "kasi", Act.INVITE, 13),
        Asked(14, "budi", "kasi", "selesai", 15),
        Asked(15, "budi", "staf", "selesai", 16),
        Asked(16, "budi", "staf", "selesai", 0),
    ],
    "003": [
        Asked(1, "budi", "pejabat_administrator", "selesai", 2),
        Asked(2, "budi", "pejabat_pengawas", "selesai", 3),
        Asked(3, "budi", "pengelola_ti", "selesai", 4),
        Asked(4, "budi", "administrator_server", "disimpan", 5),
        Asked(4, "budi", "administrator_server", "diperbarui", 5),
        Asked(4, "budi", "administrator_server", "dipulihkan", 5),
        Asked(5, "budi", "pengelola_ti", "selesai", 6),
        Asked(6, "budi", "pejabat_pengawas", "selesai", 7),
        Asked(6, "budi", "pejabat_pengawas", "belum_selesai", 6),
        Asked(7, "budi", "pejabat_administrator", "selesai", 8),
        Asked(7, "budi", "pejabat_administrator", "belum_selesai", 6),
        Asked(8, "budi", "pejabat_pengawas", "selesai", 9),
        Asked(9, "budi", "pengelola_ti", "selesai", 0),
        Asked(1, "budi", "pejabat_administrator", Act.ADD, 1),
        Asked(4, "budi", "pejabat_pengawas", Act.DROP, 4),
    ],
    "004": [
        Asked(1, "budi", "staf", "selesai", 2),
        Asked(1, "budi", "staf", "ulangi", 1),
        Asked(2, "budi", "kasubag_program", "selesai", 3),
        Asked(2, "budi", "kasubag_program", "ulangi", 2),
        Asked(3, "budi", "staf", "selesai", 4),
        Asked(4, "budi", "staf", "selesai", 5),
        Asked(5, "budi", "sekretaris", "selesai", 6),
        Asked(6, "budi", "kepala_dinas", "disetujui", 7),
        Asked(6, "budi", "kepala_dinas", "dikembalikan", 3),
        Asked(6, "budi", "kepala_dinas", "ulangi", 6),
        Asked(7, "budi", "staf", "selesai", 8),
        Asked(8, "budi", "staf", "selesai", 0),
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
    "001": [
        Asked(1, "budi", "pejabat_pengawas", "selesai", "not_holder"),
        Asked(3, "budi", "administrator_server", "selesai", "not_holder"),
        Asked(4, "budi", "pengelola_ti", "disimpan", "not_holder"),
        Asked(4, "budi", "administrator_server", "selesai", "outcome_unknown"),
        Asked(4, "budi", "administrator_server", Act.ADD, "act_unknown"),
        Asked(4, "budi", "administrator_server", Act.DROP, "not_holder"),
        Asked(4, "budi", "pengelola_ti", Act.GO_ON, "not_closed_yet"),
        Asked(5, "budi", "pejabat_pengawas", "selesai", "step_not_open", step=6),
        Asked(6, "budi", "pengelola_ti", "selesai", "not_holder"),
        Asked(6, "budi", "pejabat_administrator", "belum_selesai", "not_holder"),
        Asked(7, "budi", "pejabat_pengawas", "selesai", "not_holder"),
        Asked(8, "budi", "pejabat_pengawas", Act.APPROVE, "act_unknown"),
        Asked(9, "budi", "pengelola_ti", Act.CANCEL, "not_holder"),
    ],
    "002": [
        Asked(5, "budi", "staf", "selesai", "step_not_open", step=15),
        Asked(6, "budi", "kasi", "sesuai", "not_holder"),
        Asked(7, "budi", "kasi", Act.INVITE, "act_unknown"),
        Asked(8, "budi", "produsen_data", "selesai", "approval_missing"),
        Asked(8, "budi", "kasi", "selesai", "not_holder"),
        Asked(8, "budi", "produsen_data", Act.APPROVE, "not_holder"),
        Asked(8, "budi", "staf", Act.GO_ON, "not_closed_yet"),
        Asked(8, "budi", "kasi", Act.GO_ON, "not_holder"),
        Asked(9, "opd", "kasi", "lengkap", "four_eyes"),
        Asked(10, "budi", "kasi", Act.ADD, "not_holder"),
        Asked(11, "opd", "kasi", "sesuai", "four_eyes"),
        Asked(12, "budi", "staf", Act.DROP, "not_holder"),
        Asked(13, "budi", "kasi", "layak", "not_holder"),
        Asked(13, "budi", "bps", Act.CANCEL, "not_holder"),
        Asked(14, "opd", "kasi", "selesai", "four_eyes"),
        Asked(15, "budi", "kasi", "selesai", "not_holder"),
    ],
    "003": [
        Asked(1, "budi", "pejabat_pengawas", "selesai", "not_holder"),
        Asked(3, "budi", "administrator_server", "selesai", "not_holder"),
        Asked(4, "budi", "pengelola_ti", "disimpan", "not_holder"),
        Asked(4, "budi", "administrator_server", "selesai", "outcome_unknown"),
        Asked(4, "budi", "administrator_server", Act.ADD, "act_unknown"),
        Asked(4, "budi", "administrator_server", Act.DROP, "not_holder"),
        Asked(4, "budi", "pengelola_ti", Act.GO_ON, "not_closed_yet"),
        Asked(5, "budi", "pejabat_pengawas", "selesai", "step_not_open", step=6),
        Asked(6, "budi", "pengelola_ti", "selesai", "not_holder"),
        Asked(6, "budi", "pejabat_administrator", "belum_selesai", "not_holder"),
        Asked(7, "budi", "pejabat_pengawas", "selesai", "not_holder"),
        Asked(8, "budi", "pejabat_pengawas", Act.APPROVE, "act_unknown"),
        Asked(9, "budi", "pengelola_ti", Act.CANCEL, "not_holder"),
        Asked(6, "budi", "administrator_server", "selesai", "not_holder"),
    ],
    "004": [
        Asked(1, "budi", "kasubag_program", "selesai", "not_holder"),
        Asked(1, "budi", "kasubag_program", Act.DROP, "act_unknown"),
        Asked(2, "budi", "staf", "selesai", "not_holder"),
        Asked(3, "budi", "staf", "ulangi", "outcome_unknown"),
        Asked(4, "budi", "staf", "selesai", "step_not_open", step=7),
        Asked(5, "budi", "kepala_dinas", "selesai", "not_holder"),
        Asked(5, "budi", "sekretaris", "dikembalikan", "outcome_unknown"),
        Asked(6, "budi", "sekretaris", "disetujui", "not_holder"),
        Asked(6, "opd", "kepala_dinas", "disetujui", "four_eyes"),
        Asked(6, "opd", "kepala_dinas", "ulangi", "four_eyes"),
        Asked(6, "budi", "kepala_dinas", Act.APPROVE, "act_unknown"),
        Asked(6, "budi", "staf", Act.CANCEL, "not_holder"),
        Asked(7, "budi", "kepala_dinas", "selesai", "not_holder"),
    ],
}
