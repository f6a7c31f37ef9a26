"""Seals of the office and the log of their use."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register
from domain.records.rules import happened
from domain.records.things import Card, Custody, Thing
from domain.values.bounds import between


class SealOwner(StrEnum):
    """印章种类; whose seal it is."""

    OFFICE = "office"
    PARTY = "party"
    LEGAL_REPRESENTATIVE = "legal_representative"
    SECTION = "section"
    BUSINESS = "business"
    HOUSEHOLD = "household"
    NAME = "name"


OWNERS = {
    "OFFICE": "行政印章: the office's.",
    "PARTY": "党组印章: the party group's.",
    "LEGAL_REPRESENTATIVE": "法定代表人印鉴: the legal representative's.",
    "SECTION": "科室印鉴: a section's.",
    "BUSINESS": "业务专用印鉴: for one kind of business.",
    "HOUSEHOLD": "户口专用章: for household registration.",
    "NAME": "姓名印章: an officer's own.",
}


@dataclass(frozen=True, kw_only=True)
class Seal(Card):
    """印章; a seal of the office."""

    name: str = asked("印章名称", "Name", longest=100)
    kind: SealOwner = asked("种类", "Kind")
    engraved_on: date | None = asked("刻制日期", "Engraved on", default=None)
    filed_with: str = asked("备案机关", "Filed with", default="", longest=100)


SEALS = Thing(
    "seal",
    Seal,
    cards="seals",
    named_by="name",
    unique=("name",),
    fixed=("kind",),
    custody=Custody(lent_by="seal.take_out"),
)


@dataclass(frozen=True, kw_only=True)
class SealUse(Entry):
    """用印登记; a paper that was sealed."""

    used_at: datetime = asked("用印时间", "When")
    seal_id: UUID = referring("印章", "The seal", SEALS.reference)
    paper: str = asked("文件名称", "The paper", longest=200)
    prints: int = asked("用印数", "How many prints", bounds=between(1, 10_000))
    user_id: UUID | None = referring("用印人", "Who asked for it", PERSON, default=None)
    request_id: UUID | None = referring(
        "批准的用印申请", "The approved request", "Request", default=None
    )
    approved_by: str = asked("批准人", "Who approved it", default="", longest=50)
    keeper_present: bool = asked("保管人在场", "The keeper was there", default=True)
    copy_filed: bool = asked("复印存档", "A copy is filed", default=False)


USES = Register(
    "seal.use_log",
    SealUse,
    lines="seal_uses",
    day="used_at",
    word="SealUse",
    about="user_id",
    rules=happened("used_at"),
)
VALUES = {"SealOwner": OWNERS}
THINGS = (SEALS,)
REGISTERS = (USES,)
