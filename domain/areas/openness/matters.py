"""What is published 公开事项, and what people say: plans heard, published, corrected, withdrawn.

Regulations: 政务公开工作制度, 党务公开制度, 政务公开制度.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint

from domain.approval.procedure import Form, Procedure, Reference, asked, explanation, referring
from domain.areas.openness.books import ITEM, Audience, OpennessScope, OpennessWay
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Rule, Stage, Turn
from domain.records.registers import UNIT
from domain.records.rules import happened
from domain.records.stage_forms import fill
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class PublicityTopic(Choice):
    """What a matter to be published is about."""

    ROUTINE = "routine", "日常公开内容: routine content."
    DEVELOPMENT_PLAN = "development_plan", "事业发展计划: a development plan."
    MAJOR_DECISION = "major_decision", "重大决策: a major decision."
    CLOSE_TO_MASSES = "close_to_masses", "与群众密切相关: close to the masses."
    IMPORTANT_OR_TEMPORARY = "important_or_temporary", "重要或临时事项: important or temporary."


class OpinionKind(Choice):
    """What somebody of the public says."""

    SUGGESTION = "suggestion", "建议: a suggestion."
    PROBLEM = "problem", "反映的问题: a problem that is reported."


class Publishing(Form):
    """公开信息; what is to be published, for those who decide on it."""

    explanation: str = explanation()
    major: bool | None = asked("重大事项", "Major", default=None)
    publicity_topic: PublicityTopic | None = asked(
        "公开内容", "Topic to be published", default=None
    )
    openness_scope: OpennessScope | None = asked("公开事项范围", "Scope of openness", default=None)


PROCEDURES = (Procedure("openness.publish", Publishing),)


class Matter(Form):
    """拟公开事项: what is to be published, where it is to hang, and who answers for it."""

    title: str = asked("事项", "The matter", longest=200)
    content: str = asked("公开的内容", "What is published of it", longest=4000)
    settled_on: date = asked("办结或产生日期", "The day on which it was settled, or arose")
    on_board: bool = asked("上公开栏", "It hangs on the board")
    other_forms: str = asked("其他形式", "Other forms beside it", default="", longest=200)
    audience: Audience = asked("公开对象", "To whom")
    openness_bound_body: bool | None = asked(
        "责任单位属公开范围", "The body that answers is bound to openness", default=None
    )
    publicity_topic: PublicityTopic | None = asked("公开内容", "Topic", default=None)
    openness_scope: OpennessScope | None = asked("公开事项范围", "Scope", default=None)
    openness_way: OpennessWay | None = asked("公开方式", "Fixed, periodic or at once", default=None)
    item_id: UUID | None = referring(
        "目录何项", "The item of the catalogue", ITEM.reference, default=None
    )
    responsible_unit_id: UUID | None = referring(
        "责任科室", "The section that answers for it", UNIT, default=None
    )
    approval_id: UUID | None = referring(
        "批准的申请", "The approved request", "Request", default=None
    )


class Published(Matter):
    """公开事项: a matter, and what became of it on the board."""

    plan: str = asked("公布的方案", "The plan that was published", default="", longest=4000)
    opinions: str = asked("听取的意见", "What was heard", default="", longest=4000)
    adopted: str = asked("采纳情况", "What was adopted of it", default="", longest=4000)
    board: str = asked("公开栏", "Which board", default="", longest=100)
    shown_until: date | None = asked("公开至", "It hangs until", default=None)
    published: bool = asked("已公开", "It hangs for everybody now", default=False)
    inside_id: UUID | None = referring(
        "党内公开的那一份", "What hangs within the party", "Publication", default=None
    )
    publication_id: UUID | None = referring(
        "公开的那一份", "What hangs on the board", "Publication", default=None
    )
    published_at: datetime | None = asked("公开时间", "Published at", default=None)
    feedback: str = asked("公开后的意见和反映", "What was said of it", default="", longest=4000)
    finding: str = asked("研究情况", "What was found of that", default="", longest=4000)
    correction: str = asked("纠正整改", "What was corrected", default="", longest=4000)
    withdrawn_at: datetime | None = asked("撤下时间", "Taken down at", default=None)


def _later(turn: Turn[Published]) -> bool:
    """What hangs hangs for a day at least."""
    until = turn.after.shown_until
    return until is None or until >= turn.now.date()


ADOPTED = ("opinions_adopted", bool, asked("已充分采纳意见", "The opinions are adopted"))
UNTIL = Rule("SHOWN_IN_THE_PAST", ("shown_until",), _later)
HUNG: dict[str, Any] = {
    "may": ("shown_until", "approval_id"),
    "moments": ("published_at",),
    "rules": (UNTIL,),
}
stage = remarked(Published)
MATTER = CaseKind(
    "openness.matter",
    Label("公开事项", "Matter to be published"),
    table=case_table(
        "openness_matters",
        Published,
        CheckConstraint("not published or published_at is not null", name="published"),
    ),
    record=Published,
    entry=Entry(Matter, kept=True, since="settled_on", rules=happened("settled_on")),
    chain=("openness.matter",),
    begun="published_at",
    day="settled_on",
    filters=("published",),
    stages={
        "publish_plan": stage("plan"),
        "hear": stage("opinions"),
        "weigh": stage("adopted", also=(ADOPTED,)),
        "decide": stage(),
        "publish_inside": stage("board", **HUNG),
        "publish": stage("board", **HUNG, sets={"published": True}),
        "receive": stage("feedback"),
        "study": stage("finding"),
        "correct": stage("correction"),
        "publish_again": stage("board", **HUNG),
        "withdraw": Stage(
            fill(Published, also=(("text", str, asked("理由", "Why", longest=500)),)),
            sets={"published": False},
            moments=("withdrawn_at",),
        ),
    },
)


class Opinion(Form):
    """群众意见: what somebody suggests, or a problem that they report."""

    received_on: date = asked("收到日期", "Received on")
    opinion_kind: OpinionKind = asked("类别", "A suggestion, or a problem")
    content: str = asked("意见内容", "What is said", longest=2000)
    source: str = asked("来自", "How it was heard", default="", longest=100)
    said_by: str = asked("提出人", "By whom", default="", longest=50, confidential=True)
    matter_id: UUID | None = referring(
        "所涉公开事项",
        "The matter that it is about",
        Reference("OpennessMatter", MATTER.table.name),
        default=None,
    )


class Handled(Opinion):
    """群众意见办理: an opinion, and what was done about it."""

    adopted: str = asked("采纳情况", "How it was adopted", default="", longest=2000)
    explained: str = asked("说明解释", "Why not yet", default="", longest=2000)
    solved: str = asked("解决情况", "How it was solved", default="", longest=2000)


answered = remarked(Handled)
SUGGESTION = CaseKind(
    "openness.suggestion",
    Label("群众意见建议", "Opinion of the public"),
    table=case_table("openness_suggestions", Handled),
    record=Handled,
    entry=Entry(Opinion, kept=True, rules=happened("received_on")),
    chain=("openness.suggestion",),
    day="received_on",
    filters=("opinion_kind",),
    stages={
        "adopt": answered("adopted"),
        "explain": answered("explained"),
        "solve": answered("solved"),
    },
)
