"""Petitions and complaints 信访、投诉: the forms that they are registered on."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.approval.procedure import Circumstances, Form, Procedure, asked, referring, telephone
from domain.records.rules import happened
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

    @property
    def channel(self) -> Channel:
        """How it reached the office."""
        return Channel({"oral": "visit", "written": "letter", "phone": "telephone"}.get(self, self))


ACCUSED: Any = ("被反映的工作人员", "Member of staff complained of", "Person")
ACCUSED_UNIT: Any = ("被反映的科室", "Section complained of", "Unit")


class Matter(Form):
    """What somebody brings before the office, and of whom."""

    explanation: str = asked("反映内容", "What it says", longest=2000)
    received_on: date | None = asked("收到日期", "Received on", default=None)
    complainant_name: str | None = asked(
        "来信来访人姓名", "Who complains", default=None, confidential=True
    )
    complainant_telephone: str | None = telephone(default=None)
    complained_of: str | None = asked("被反映的人或事", "Complained of", default=None)
    complained_person_id: UUID | None = referring(*ACCUSED, default=None)
    complained_unit_id: UUID | None = referring(*ACCUSED_UNIT, default=None)
    major: bool | None = asked("重大事项", "Major matter", default=None)


class Petition(Matter):
    """信访件; a petition."""

    channel: Channel = asked("来源", "How it came")
    in_scope: bool | None = asked("在职责范围内", "Within the office's remit", default=None)
    superior: str | None = asked("交办的上级机关", "Superior that assigned it", default=None)
    topic: str | None = asked("问题类别", "What kind of problem", default=None, longest=50)


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
    own_staff: bool | None = asked("投诉的是本机关人员", "About the office's staff", default=None)


def is_named(form: Matter) -> bool:
    """Whether somebody stands by it: anonymous complaints are not dealt with."""
    name = (form.complainant_name or "").strip()
    return bool(name) and name.casefold() not in NAMELESS


def complaint_facts(form: Complaint, _: Circumstances) -> Mapping[str, FactValue]:
    """What decides whether it is dealt with, told or not."""
    reachable = bool((form.complainant_telephone or "").strip())
    known = bool(form.complained_person_id or form.complained_unit_id)
    told = {"complainant_named": is_named(form), "complainant_reachable": reachable}
    told |= {"accused_told": known or bool((form.complained_of or "").strip())}
    own = known if form.own_staff is None else form.own_staff
    return {**told, "own_staff": own, "major": bool(form.major)}


PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure(
        "petition.case",
        Petition,
        lambda form, _: {"from_superior": bool(form.superior)},
        requirements=happened("received_on", "RECEIVED_LATER"),
        concerns="complained_person_id",
    ),
    Procedure(
        "complaint.case",
        Complaint,
        complaint_facts,
        requirements=happened("received_on", "RECEIVED_LATER"),
        concerns="complained_person_id",
        told_by={
            "complainant_named": "complainant_name",
            "complainant_reachable": "complainant_telephone",
            "accused_told": "complained_of",
        },
    ),
)
