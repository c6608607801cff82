"""Open data waits until a person has answered what was found of data of persons.

Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.datasets.classes import class_of
from ckanext.satudata.logic.personal import looking
from ckanext.satudata.logic.personal.looking import Part
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.logic.wording import language
from ckanext.satudata.metadata.rules import OPEN
from ckanext.satudata.model import (
    cases,
    personal,
    records,
    resource_files,
    resource_tables,
    working_copies,
)
from ckanext.satudata.model.personal import PersonalAnswerRow
from ckanext.satudata.quality.findings import Finding, Findings
from ckanext.satudata.sop.approving import approvers
from ckanext.satudata.sop.definition import Sop

VERDICTS = ("bukan_data_pribadi", "milik_kantor", "boleh_dibuka", "sudah_dibenahi")
"""No data of persons; of an office or a public body; a law or a consent lets it be open; looked
through and repaired already (a file that the check cannot read)."""
MORE = "more"
"""The finding that there are more than are listed."""


@dataclass(frozen=True)
class Asked:
    """One finding in one part, under the key by which it is answered."""

    part: Part
    key: str
    finding: Finding

    @property
    def place(self) -> tuple[str, str]:
        return self.part.content, self.key


def parts_of(package: model.Package) -> list[Part]:
    """The files of a dataset that lie here, and the rows of its resources."""
    titles = {str(one.id): one.name or one.url or str(one.id) for one in package.resources}
    files = resource_files.files_of(package.id)
    found = [
        Part(one.resource_id, one.sha256, one.name, titles.get(one.resource_id, one.name))
        for one in files
        if _is_uploaded(package, one.resource_id)
    ]
    tables = resource_tables.current_tables(package.id)
    rows = [Part(one, table, "", titles.get(one, one)) for one, table in sorted(tables.items())]
    return [*found, *rows]


def check_open(package: model.Package) -> None:
    """Refuse what is open and holds findings that nobody has answered.

    What was never looked through is looked through now. Raises Refused `personal_data_unanswered`,
    `file_missing`.
    """
    if class_of(package) != OPEN:
        return
    stored = [(part, looking.known(part)) for part in parts_of(package)]
    new = {part: looking.look(part, looking.IN_AN_ACT) for part, found in stored if found is None}
    looked = [(part, found if found is not None else new[part]) for part, found in stored]
    answers = personal.answers(_answered_as(package))
    open_now = [one for one in _asked(looked) if one.place not in answers]
    if not open_now:
        for part, found in new.items():
            looking.keep(part, found)
        return
    for part, found in new.items():
        looking.keep_now(part, found)
    first = open_now[0]
    raise Refused(
        "personal_data_unanswered",
        count=len(open_now),
        file=first.part.title,
        finding=first.finding.sentence(language()),
        finding_code=first.finding.code,
    )


def answer(
    package: model.Package,
    user: model.User,
    content: str,
    keys: Sequence[str],
    verdict: str,
    reason: str,
) -> int:
    """Answer findings in one content of a dataset; returns how many.

    Raises Refused `not_personal_answerer`, `personal_data_unknown`.
    """
    if not may_answer(package, user):
        raise Refused("not_personal_answerer")
    casework.lock_dataset(package.id)
    dataset_id, now = _answered_as(package), clock.now()
    before = personal.answers(dataset_id)
    parts = [(part, looking.known(part)) for part in parts_of(package) if part.content == content]
    there = {
        one.key: one
        for one in _asked((part, found) for part, found in parts if found is not None)
        if one.place not in before
    }
    if not keys or not set(keys) <= there.keys():
        raise Refused("personal_data_unknown", field="findings")
    for key in dict.fromkeys(keys):
        row = PersonalAnswerRow(dataset_id=dataset_id, content=content, finding=key)
        row.verdict, row.reason = verdict, reason
        row.answered_by, row.answered_at = user.id, now
        model.Session.add(row)
    model.Session.flush()
    codes = [there[key].finding.code for key in dict.fromkeys(keys)]
    body = {"content": content, "findings": list(dict.fromkeys(keys)), "codes": codes}
    body |= {"verdict": verdict, "reason": reason, "resource": there[keys[0]].part.resource_id}
    kind = RecordKind.PERSONAL_DATA_ANSWERED
    records.record(dataset_stream(dataset_id), kind, user.id, now, body)
    return len(codes)


def may_answer(package: model.Package, user: model.User) -> bool:
    """Those who verify or approve the data under its SOP, and have not brought or changed it. Of
    data without a case, which the administrator alone can publish, he and the head of the
    walidata."""
    case = cases.case_of_dataset(package.id)
    if case is None:
        return user.sysadmin or office_roles.is_head_of_walidata(user)
    sop, agency = casework.sop_of_case(case), package.owner_org or ""
    person = people.person_for(user, sop.sop.subjek, agency)
    entry = cases.state_of(case).entries.get(package.id)
    brought = entry.contributors if entry is not None else frozenset()
    return user.id not in brought and bool(person.actors & _judges(sop))


def shown(package: model.Package, user: model.User) -> dict[str, Any]:
    """What was found in a dataset, and what was answered, for people and programs."""
    answers = personal.answers(_answered_as(package))
    parts = [(part, looking.known(part)) for part in parts_of(package)]
    files = [_part_dict(part, found, answers) for part, found in parts]
    return {
        "dataset_id": package.id,
        "asked": class_of(package) == OPEN,
        "may_answer": may_answer(package, user),
        "open": sum(one["answer"] is None for file in files for one in file["findings"]),
        "files": files,
    }


def _judges(sop: Sop) -> frozenset[str]:
    deciding = (set(step.pelaksana) for step in sop.langkah if step.keputusan)
    return approvers(sop).union(*deciding)


def _asked(looked: Iterable[tuple[Part, Findings]]) -> list[Asked]:
    return [
        Asked(part, key, finding)
        for part, found in looked
        for key, finding in _keyed(found).items()
    ]


def _keyed(found: Findings) -> dict[str, Finding]:
    """Findings by a key that stays the same for the same content."""
    keyed = {_key(one): one for one in found.findings}
    if found.more:
        keyed[MORE] = Finding("cannot_be_read", certain=False, reason="too_many_findings")
    return keyed


def _key(finding: Finding) -> str:
    place = finding.places[0] if finding.places else None
    where = f"{place.sheet}:{place.letter}" if place is not None else ""
    return f"{finding.code}:{finding.kind or finding.reason}:{where}"


def _answered_as(package: model.Package) -> str:
    """Answers are about the dataset that the public knows, also while its copy is prepared."""
    return working_copies.original_of(package.id) or package.id


def _is_uploaded(package: model.Package, resource_id: str) -> bool:
    resource = next((one for one in package.resources if one.id == resource_id), None)
    return resource is not None and resource.url_type == "upload"


def _part_dict(
    part: Part, found: Findings | None, answers: Mapping[tuple[str, str], PersonalAnswerRow]
) -> dict[str, Any]:
    keyed = _keyed(found) if found is not None else {}
    return {
        "resource_id": part.resource_id,
        "content": part.content,
        "title": part.title,
        "rows": part.is_rows,
        "checked": found is not None,
        "findings": [
            {
                "key": key,
                "code": one.code,
                "certain": one.certain,
                "count": one.count,
                "message": one.sentence(language()),
                "answer": _answer_dict(answers.get((part.content, key))),
            }
            for key, one in keyed.items()
        ],
    }


def _answer_dict(row: PersonalAnswerRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    user = model.User.get(row.answered_by)
    return {
        "verdict": row.verdict,
        "reason": row.reason,
        "by": user.display_name if user is not None else "",
        "at": row.answered_at.isoformat(),
    }
