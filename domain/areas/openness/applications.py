"""Applications for openness 依申请公开: received, an opinion, a decision, an answer, filed.

Regulation: 党务公开制度.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint

from domain.approval.procedure import Form, asked, referring
from domain.areas.openness.books import ITEM
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Paper, Party, Stage, Tells
from domain.records.rules import happened
from domain.records.stage_forms import fill
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label

SERVED_OTHERWISE = frozenset({"openness.request"})
"""An application is a case: whatever is decided, it is answered."""


class DisclosablePart(Choice):
    """How much of what is asked for may be made public."""

    FULL = "full", "全部: all of it."
    PART = "part", "部分: a part, with reasons for the rest."
    NONE = "none", "不宜公开或已公开: none, or public already."


class Asking(Form):
    """公开申请: what somebody asks to have made public, by word of mouth or in writing."""

    received_on: date = asked("收到日期", "Received on")
    written: bool = asked("书面申请", "In writing; by word of mouth otherwise")
    applicant_name: str = asked("申请人姓名", "The applicant's name", longest=50, confidential=True)
    identity: str = asked("申请人身份", "Who the applicant is", longest=200)
    content: str = asked("申请公开的内容", "What is to be made public", longest=2000)
    grounds: str = asked("申请理由", "Why it is asked for", longest=2000)
    form_paper: str = asked(
        "《党务信息公开申请表》",
        "The form as handed in: its number or file",
        default="",
        longest=200,
    )


class Asked(Asking):
    """依申请公开件: an application, and all that becomes of it."""

    accepted_at: datetime | None = asked("受理时间", "Accepted at", default=None)
    opinion: str = asked("处理意见", "The office's opinion", default="", longest=2000)
    disclosable_part: DisclosablePart | None = asked(
        "可公开的部分", "What may be made public", default=None
    )
    involves_secret: bool | None = asked("涉及秘密", "Touches secrets", default=None)
    under_deliberation: bool | None = asked(
        "正在审议、讨论", "Still under deliberation", default=None
    )
    item_id: UUID | None = referring(
        "已公开于目录何项", "The item of the catalogue that has it", ITEM.reference, default=None
    )
    extension_reason: str = asked("延期理由", "Why more time is taken", default="", longest=500)
    extended_until: date | None = asked("延长后的期限", "The new limit", default=None)
    decided_at: datetime | None = asked("决定时间", "Decided at", default=None)
    reasons: str = asked("不宜公开的理由和依据", "Why not, and by what", default="", longest=2000)
    answer: str = asked("答复", "The answer", default="", longest=2000)
    answer_scope: str = asked("公开的范围", "To whom it is made public", default="", longest=200)
    answer_way: str = asked("公开的方式", "In which way", default="", longest=200)
    answer_time: str = asked("公开的时间", "When", default="", longest=200)
    secrecy_rule: str = asked(
        "适用的保密规定的期限和内容", "The secrecy rule and its term", default="", longest=500
    )
    answered_at: datetime | None = asked("答复时间", "Answered at", default=None)
    filed_with: str = asked("备案机关", "Filed with", default="", longest=100)
    filed_at: datetime | None = asked("备案时间", "Filed at", default=None)


NOTICE = ("notice", Paper, asked("书面告知", "The written notice to the applicant"))
stage = remarked(Asked)


def _decided(part: DisclosablePart, *required: str) -> Stage:
    """Who decides is not bound by the opinion that the office drafted."""
    return stage(*required, sets={"disclosable_part": part}, moments=("decided_at",))


ANSWERED = ("answer", "answer_scope", "answer_way", "answer_time", "secrecy_rule")
OPINION = ("opinion", "disclosable_part", "involves_secret", "under_deliberation")
APPLICATION = CaseKind(
    "openness.application",
    Label("依申请公开件", "Application for openness"),
    table=case_table(
        "openness_applications",
        Asked,
        CheckConstraint("(answer = '') = (answered_at is null)", name="answered"),
    ),
    record=Asked,
    entry=Entry(
        Asking,
        kept=True,
        since="received_on",
        rules=happened("received_on"),
        asked_when={"form_paper": "written"},
    ),
    parties=(Party("begun_by", Label("申请人", "the applicant")),),
    chain=("openness.request",),
    begun="accepted_at",
    day="received_on",
    stages={
        "accept": stage(moments=("accepted_at",)),
        "propose": stage(*OPINION, may=("item_id",)),
        "extend": Stage(
            fill(Asked, required=("extension_reason", "extended_until"), also=(NOTICE,)),
            states={"extension_notified": True},
            since="received_on",
        ),
        "decide_full": _decided(DisclosablePart.FULL),
        "decide_part": _decided(DisclosablePart.PART, "reasons"),
        "decide_explain": _decided(DisclosablePart.NONE, "reasons"),
        "answer": stage(
            *ANSWERED, moments=("answered_at",), tells=Tells("OPENNESS_ANSWERED", ("begun_by",))
        ),
        "file": stage("filed_with", moments=("filed_at",)),
    },
)
