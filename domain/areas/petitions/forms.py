"""Petitions and complaints 信访、投诉: the forms that they are registered on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    asked,
    referring,
)
from domain.approval.summaries import of_text
from domain.time.moments import is_near
from domain.values.names import Names
from domain.vocabulary import FactValue

NAMELESS = frozenset({"匿名", "无名", "佚名", "anonymous"})
"""What is written instead of a name."""


class Channel(StrEnum):
    """How it reached the office."""

    LETTER = "letter"
    VISIT = "visit"
    TELEPHONE = "telephone"
    FAX = "fax"
    ONLINE = "online"


class ComplaintForm(StrEnum):
    """In which form a complaint was made."""

    ORAL = "oral"
    WRITTEN = "written"
    PHONE = "phone"
    FAX = "fax"
    ONLINE = "online"


CHANNELS = {
    ComplaintForm.ORAL: Channel.VISIT,
    ComplaintForm.WRITTEN: Channel.LETTER,
    ComplaintForm.PHONE: Channel.TELEPHONE,
    ComplaintForm.FAX: Channel.FAX,
    ComplaintForm.ONLINE: Channel.ONLINE,
}


@dataclass(frozen=True, kw_only=True)
class Matter(Form):
    """What somebody brings before the office, and of whom."""

    explanation: str = asked("反映内容", "What it says", longest=2000)
    received_on: date | None = asked("收到日期", "Received on", default=None)
    complainant_name: str | None = asked(
        "来信来访人姓名", "Who complains", default=None, confidential=True
    )
    complainant_telephone: str | None = asked(
        "联系电话",
        "Telephone",
        default=None,
        longest=50,
        confidential=True,
        names=Names.TELEPHONE,
    )
    complained_of: str | None = asked("被反映的人或事", "Complained of", default=None)
    complained_person_id: UUID | None = referring(
        "被反映的工作人员", "Member of staff complained of", "Person", default=None
    )
    complained_unit_id: UUID | None = referring(
        "被反映的科室", "Section complained of", "Unit", default=None
    )
    major: bool | None = asked("重大事项", "Major matter", default=None)


@dataclass(frozen=True, kw_only=True)
class Petition(Matter):
    """信访件; a petition."""

    channel: Channel = asked("来源", "How it came")
    in_scope: bool | None = asked("在职责范围内", "Within the office's remit", default=None)
    superior: str | None = asked("交办的上级机关", "Superior that assigned it", default=None)


@dataclass(frozen=True, kw_only=True)
class Complaint(Matter):
    """投诉件; a complaint."""

    explanation: str = asked("投诉内容", "What it says", longest=2000)
    complainant_name: str | None = asked(
        "投诉人姓名", "Who complains", default=None, confidential=True
    )
    complained_of: str | None = asked("被投诉人姓名", "Complained of", default=None)
    complained_person_id: UUID | None = referring(
        "被投诉的工作人员", "Member of staff complained of", "Person", default=None
    )
    complained_unit_id: UUID | None = referring(
        "被投诉的科室", "Section complained of", "Unit", default=None
    )
    complaint_form: ComplaintForm = asked("投诉形式", "Form of the complaint")


M = TypeVar("M", bound=Matter)


def is_named(form: Matter) -> bool:
    """Whether somebody stands by it: anonymous complaints are not dealt with."""
    name = (form.complainant_name or "").strip()
    return bool(name) and name.casefold() not in NAMELESS


SOUND: tuple[Requirement[Any], ...] = (
    Requirement(
        "DATE_TOO_FAR",
        ("received_on",),
        lambda form, known: not form.received_on or is_near(form.received_on, known.today),
    ),
    Requirement(
        "RECEIVED_LATER",
        ("received_on",),
        lambda form, known: not form.received_on or form.received_on <= known.today,
    ),
    Requirement(
        "CONCERNS_REGISTRAR",
        ("complained_person_id",),
        lambda form, known: (
            not form.complained_person_id or form.complained_person_id != known.applicant
        ),
    ),
)


def petition_facts(form: Petition, _: Circumstances) -> Mapping[str, FactValue]:
    return {"from_superior": bool(form.superior)}


def complaint_facts(form: Complaint, _: Circumstances) -> Mapping[str, FactValue]:
    return {
        "complaint_form": form.complaint_form.value,
        "complainant_named": is_named(form),
        "complainant_reachable": bool((form.complainant_telephone or "").strip()),
        "major": bool(form.major),
    }


def concerns(form: Matter) -> UUID | None:
    return form.complained_person_id


PROCEDURES = (
    Procedure(
        kind="petition.case",
        form=Petition,
        facts=petition_facts,
        summary=of_text("信访件", "Petition"),
        requirements=SOUND,
        concerns=concerns,
    ),
    Procedure(
        kind="complaint.case",
        form=Complaint,
        facts=complaint_facts,
        summary=of_text("投诉件", "Complaint"),
        requirements=SOUND,
        concerns=concerns,
        told_by={
            "complainant_named": "complainant_name",
            "complainant_reachable": "complainant_telephone",
        },
    ),
)
