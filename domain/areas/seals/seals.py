"""Seals of the office and the log of their use."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, UNIT, Draw, Entry, Register
from domain.records.things import Card, Custody, Thing
from domain.values.bounds import between
from domain.values.choices import Choice


class SealOwner(Choice):
    """印章种类; whose seal it is."""

    OFFICE = "office", "行政印章: the office's."
    PARTY = "party", "党组印章: the party group's."
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人印鉴: the legal representative's."
    SECTION = "section", "科室印鉴: a section's."
    BUSINESS = "business", "业务专用印鉴: for one kind of business."
    HOUSEHOLD = "household", "户口专用章: for household registration."
    NAME = "name", "姓名印章: an officer's own."
    CERTIFICATES = "certificates", "空白户口迁移证、准迁证: blank papers, kept like the seal."
    PASSWORD = "password", "户籍微机用户口令: of a machine for household registration."


class Seal(Card):
    """印章; a seal of the office."""

    name: str = asked("印章名称", "Name", longest=100)
    kind: SealOwner = asked("种类", "Kind")
    engraved_on: date | None = asked("刻制日期", "Engraved on", default=None)
    filed_with: str = asked("备案机关", "Filed with", default="", longest=100)
    unit_id: UUID | None = referring("所属科室", "Section whose seal it is", UNIT, default=None)


OF_KIND: Mapping[str, SealOwner] = {
    "seal.use_party": SealOwner.PARTY,
    "seal.legal_rep": SealOwner.LEGAL_REPRESENTATIVE,
}
OF_WORD: Mapping[str, SealOwner] = {
    "administrative": SealOwner.OFFICE,
    "bureau": SealOwner.OFFICE,
    "party": SealOwner.PARTY,
    "party_group": SealOwner.PARTY,
    "legal_rep": SealOwner.LEGAL_REPRESENTATIVE,
    "section": SealOwner.SECTION,
    "business": SealOwner.BUSINESS,
}


def seal_asked_for(kind: str, facts: Mapping[str, Any]) -> SealOwner:
    """Whose seal an approved request is for; the office's where it says nothing else."""
    words = (str(facts.get(name)) for name in ("seal_type", "seal_kind", "doc_origin"))
    named = (OF_WORD[each] for each in words if each in OF_WORD)
    return next(named, OF_KIND.get(kind, SealOwner.OFFICE))


SEALS = Thing(
    "seal",
    Seal,
    cards="seals",
    named_by="name",
    unique=("name",),
    fixed=("kind",),
    custody=Custody(
        lent_by=("seal.take_out",),
        handed_over_by="seal.handover",
        by="kind",
        meant=seal_asked_for,
        open_ended=True,
    ),
    cleared=("seals_handed_over", "items_handed_over"),
)


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
    sealed_sha256: str = asked(
        "所盖文件的 SHA-256",
        "SHA-256 of the paper that was sealed, where what was approved had papers",
        default="",
        longest=64,
    )
    copy_filed: bool = asked("复印存档", "A copy is filed", default=False)
    over_date: bool | None = asked(
        "印鉴边缘压在年、月、日之上", "Its edge lies on the date", default=None
    )
    seal_owner: SealOwner | None = asked("印章种类", "Whose seal it is", default=None, served=True)
    seal_approved: bool = asked(
        "已获批准用此印章", "Approved for such a seal", default=False, served=True
    )
    keeper_id: UUID | None = referring(
        "当时的保管人", "Who had it then", PERSON, default=None, served=True
    )
    keeper_away: bool = asked("保管人请假", "The keeper was away", default=False, served=True)
    keeper_in_post: bool = asked(
        "保管人仍在保管岗位",
        "The keeper held a post that keeps such a seal",
        default=True,
        served=True,
    )
    used_by_keeper: bool = asked(
        "由保管人本人使用", "The keeper used it in person", default=True, served=True
    )


SIGNED_TO_GO_OUT = ("document.outgoing", "document.report_up")
USED_BY = ("seal.use", *OF_KIND, *SIGNED_TO_GO_OUT)
"""What a paper is sealed by: an approved use, or that it was signed to go out."""


USES = Register(
    "seal.use_log",
    SealUse,
    day="used_at",
    word="SealUse",
    about="user_id",
    draws=(Draw("request_id", USED_BY, count="prints", of_one="paper"),),
)
THINGS = (SEALS,)
REGISTERS = (USES,)
