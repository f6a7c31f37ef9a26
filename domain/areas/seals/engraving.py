"""Engraving a seal 刻制印章: made, filed, collected against the old one, which is destroyed.

Regulations: 印鉴管理, 加强户籍资料、证件、印章的管理.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, Procedure, asked, explanation, referring
from domain.areas.seals.seals import SEALS
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party, Rule, Turn
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label

KIND = "seal.engrave"


class SealKind(Choice):
    """印鉴类别; whose seal it is to be."""

    ADMINISTRATIVE = "administrative", "单位行政印鉴: the office's own."
    LEGAL_REP = "legal_rep", "法定代表人印鉴: the legal representative's."
    SECTION = "section", "科室印鉴: a section's."
    BUSINESS = "business", "业务专用印鉴: for one kind of business."


class Engraving(Form):
    """刻制印章: what a new seal is for, and of which kind."""

    explanation: str = explanation()
    seal_kind: SealKind | None = asked("印鉴类别", "Kind of seal", default=None)
    old_seal_lost: bool | None = asked("原章已丢失", "The old seal is lost", default=None)


PROCEDURES = (Procedure(KIND, Engraving),)


@dataclass(frozen=True, kw_only=True)
class Engraved:
    """刻制件: an approved seal, until it is collected and entered on a card."""

    purpose: str = asked("刻制事由", "What it is for")
    seal_kind: SealKind | None = asked("印鉴类别", "Kind of seal", default=None)
    made_on: date | None = asked("制作日期", "Made on", default=None)
    filed_with: str = asked("备案机关", "Filed with", default="", longest=100)
    seal_id: UUID | None = referring("新印章", "The new seal", SEALS.reference, default=None)
    collected_by: str = asked("领取人", "Who collected it", default="")
    old_seal_id: UUID | None = referring("旧印章", "The old seal", SEALS.reference, default=None)
    destroyed_on: date | None = asked("销毁日期", "The old one was destroyed on", default=None)


HANDED_IN = (
    "old_seal_returned",
    bool | None,
    asked("已交回旧印章", "The old seal is handed in", default=None),
)


def _another_seal(turn: Turn[Engraved]) -> bool:
    return turn.after.old_seal_id is None or turn.after.old_seal_id != turn.after.seal_id


stage = remarked(Engraved)
ENGRAVING = CaseKind(
    "seal.engraving",
    Label("刻制印章件", "Engraving of a seal"),
    table=case_table("seal_engravings", Engraved),
    record=Engraved,
    begins_with=(
        Begins(
            KIND,
            lambda form, _: Engraved(purpose=form.explanation, seal_kind=form.seal_kind),
            lambda _: (KIND,),
        ),
    ),
    parties=(Party("begun_by", Label("申请人", "the applicant")),),
    stages={
        "make": stage("made_on"),
        "file": stage("filed_with"),
        "collect": stage(
            "seal_id",
            may=("old_seal_id",),
            also=(HANDED_IN,),
            signs=("collected_by",),
            rules=(Rule("SAME_SEAL", ("old_seal_id",), _another_seal),),
        ),
        "destroy_old": stage("destroyed_on"),
    },
)
