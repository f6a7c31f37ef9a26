"""Which section answers for which matter 科室职责, and to which one a matter was passed."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import UNIT, Entry, Register
from domain.records.things import Card, Thing
from domain.values.choices import Choice


class SectionPart(Choice):
    """职责方式; what a section does of a matter."""

    IN_CHARGE = "in_charge", "负责: it is in charge."
    EXAMINES = "examines", "审查、申报: it examines and applies upward; another decides."
    TAKES_PART = "takes_part", "参与: it has a part in what others decide."
    ASSISTS = "assists", "配合: it helps another department."


class SectionMatter(Card):
    """科室职责事项; a matter, and the section that the text gives it to, if it names one."""

    matter: str = asked("职责事项", "The matter", longest=200)
    unit_id: UUID | None = referring("科室", "The section", UNIT, default=None)
    section_part: SectionPart = asked("职责方式", "What it does of it")
    contested: bool = asked(
        "与其他科室职责交叉", "Another section has the like of it", default=False
    )
    article: str = asked("条文", "The article", longest=100)


MATTERS = Thing(
    "section.matter", SectionMatter, cards="section_matters", named_by="matter", unique=("matter",)
)


class Referral(Entry):
    """事项分送登记; which section a matter that came in was passed to, and on whose word."""

    passed_on: date = asked("分送日期", "The day")
    subject: str = asked("来件事项", "What came in", longest=500)
    matter_id: UUID = referring("职责事项", "As which matter", MATTERS.reference)
    unit_id: UUID = referring("分送科室", "To which section", UNIT)
    reason: str = asked(
        "职责不明时由谁确定", "Who settled it where the text does not", default="", longest=500
    )
    settled_by_text: bool = asked(
        "条文已明确科室", "The text names the section", default=False, served=True
    )


REFERRALS = Register("section.referral", Referral, day="passed_on", of_unit="unit_id")
THINGS = (MATTERS,)
REGISTERS = (REFERRALS,)
