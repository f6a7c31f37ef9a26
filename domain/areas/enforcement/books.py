"""The sections that may enforce the law, the licences of their officers, and their acts."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import another
from domain.records.things import Card, Thing
from domain.values.bounds import between
from domain.values.choices import Choice


class EnforcementSection(Entry):
    """执法科室登记: a section within the scope of the text, and what it answers for."""

    entered_on: date = asked("登记日期", "The day")
    section: str = asked("条文所列科室", "Which section of the text", longest=60)
    unit_id: UUID = referring("科室", "Which one it is here", UNIT)
    duties: str = asked("法定职责", "Its duties by law", longest=2000)
    legal_basis: str = asked("执法依据", "What it rests on", longest=2000)
    items: str = asked("执法项目", "What it enforces", longest=2000)
    powers: str = asked("执法职权", "Its powers", longest=2000)
    targets: str = asked("执法目标要求", "What is expected of it", longest=2000)
    procedure: str = asked("执法程序", "Its procedure", longest=2000)
    liability: str = asked("执法责任", "What it is liable for", longest=2000)


SECTIONS = Register(
    "enforcement.section",
    EnforcementSection,
    day="entered_on",
    of_unit="unit_id",
    words="section",
    once=("section",),
)


class EnforcementLicence(Card):
    """执法证件; the licence of an officer, and until when it is valid."""

    licence_number: str = asked("证件号", "Its number", longest=50)
    officer_id: UUID = referring("持证人", "Whose it is", PERSON)
    valid_from: date = asked("发证日期", "From when")
    valid_until: date = asked("有效期至", "Until when")


LICENCES = Thing(
    "enforcement.licence",
    EnforcementLicence,
    cards="enforcement_licences",
    named_by="licence_number",
    unique=("licence_number",),
    lapses={"licence_lapsed": "valid_until"},
    rules=(
        Requirement[Any](
            "END_BEFORE_START", ("valid_until",), lambda form, _: form.valid_until > form.valid_from
        ),
    ),
)


class ActKind(Choice):
    """执法行为; what was done."""

    INSPECTION = "inspection", "检查、巡视: an inspection or a round."
    INQUIRY = "inquiry", "调查、询问: an inquiry or a hearing of somebody."
    SERVICE = "service", "送达、告知: something was served or told."
    OTHER = "other", "其他: anything else."


class EnforcementAct(Entry):
    """行政执法行为登记; what a section did to somebody outside, by which law, and by whom."""

    done_on: date = asked("日期", "The day")
    unit_id: UUID = referring("执法科室", "The section", UNIT)
    officer_id: UUID = referring("执法人员", "The officer", PERSON)
    second_officer_id: UUID | None = referring(
        "另一执法人员", "A second officer", PERSON, default=None
    )
    act_kind: ActKind = asked("行为", "What it was")
    party: str = asked("相对人", "Whom it was done to", longest=200)
    legal_basis: str = asked("依据的法律、法规、规章", "The law that it rests on", longest=500)
    outcome: str = asked("情况", "What came of it", default="", longest=2000)
    section_qualified: bool = asked(
        "科室在执法范围内", "The section may", default=False, served=True
    )
    enforcement_licence: bool = asked(
        "人员持有效证件", "The officers may", default=False, served=True
    )


ACTS = Register(
    "enforcement.act",
    EnforcementAct,
    day="done_on",
    of_unit="unit_id",
    rules=(another("officer_id", "second_officer_id"),),
)


class StudyKind(Choice):
    """学习或宣传."""

    STUDY = "study", "学习: the section's officers study the law."
    PUBLICITY = "publicity", "宣传: the law is made known to others."


class LawStudy(Entry):
    """法律法规学习宣传登记; what a section did so that the law is known."""

    held_on: date = asked("日期", "The day")
    unit_id: UUID = referring("科室", "The section", UNIT)
    study_kind: StudyKind = asked("学习或宣传", "Study or publicity")
    law: str = asked("法律、法规、规章", "Which law", longest=300)
    study_form: str = asked("形式", "In which form", longest=200)
    came: int = asked("参加人数", "How many came", bounds=between(1, 1000, unit="person"))


STUDY = Register(
    "enforcement.study", LawStudy, table_name="law_studies", day="held_on", of_unit="unit_id"
)
REGISTERS = (SECTIONS, ACTS, STUDY)
THINGS = (LICENCES,)
