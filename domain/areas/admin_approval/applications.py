"""The published list of what is approved 审批流程清单, and applications, which go by it alone."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Rule, Turn
from domain.records.registers import REQUEST, UNIT, Draw
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.records.statements import Statement
from domain.values.bounds import MONEY, Bounds
from domain.values.choices import Choice
from domain.vocabulary import Label

DAYS, PIECES = Bounds(Decimal(0), Decimal(1000)), Bounds(Decimal(0), Decimal(100))
LIST_REFERENCE = Reference("ApprovalList", "approval_lists")


class ApprovalType(Choice):
    """事项类型; what an office may do with an application."""

    APPROVAL = "approval", "审批: it may be refused though the conditions are met."
    CONFIRMATION = "confirmation", "核准: granted where the conditions are met."
    REVIEW = "review", "审核: examined here, decided by another body."
    FILING = "filing", "备案: reported, without anybody's consent."


class ListDrawnUp(Form):
    """编制审批流程清单: which item, of which type."""

    name: str = asked("事项名称", "The item", longest=200)
    approval_type: ApprovalType = asked("事项类型", "Its type")
    replaces_id: UUID | None = referring(
        "所调整的清单", "The list that it adjusts", LIST_REFERENCE, default=None
    )


class ApprovalList(ListDrawnUp):
    """行政审批流程清单: everything that whoever applies for an item has to know."""

    procedure: str = asked("审批程序", "The procedure", default="", longest=2000)
    flow_chart: str = asked("审批流程图", "The flow chart", default="", longest=200)
    applicants: str = asked("审批对象", "Who may apply", default="", longest=500)
    legal_basis: str = asked("审批依据", "What it rests on", default="", longest=1000)
    statutory_days: int | None = asked(
        "法定期限（工作日）", "Statutory term in working days", default=None, bounds=DAYS
    )
    promised_days: int | None = asked(
        "承诺期限（工作日）", "Promised term in working days", default=None, bounds=DAYS
    )
    conditions: str = asked("审批条件", "The conditions", default="", longest=2000)
    materials: str = asked("申请材料", "The papers", default="", longest=2000)
    material_count: int | None = asked(
        "申请材料份数", "How many papers", default=None, bounds=PIECES
    )
    charged: bool | None = asked("是否收费", "Whether a fee is taken", default=None)
    fee_basis: str = asked("收费依据", "What the fee rests on", default="", longest=500)
    fee_standard: str = asked("收费标准", "How much it is", default="", longest=500)
    place: str = asked("办理地点", "Where", default="", longest=200)
    hours: str = asked("办理时间", "When", default="", longest=200)
    enquiry_telephone: str = asked("咨询电话", "Telephone for enquiries", default="", longest=50)
    complaint_telephone: str = asked("投诉电话", "For complaints", default="", longest=50)
    model_form: str = asked("示范表格", "The model form", default="", longest=200)
    quota: int | None = asked("指标额度", "How many may be granted", default=None, bounds=DAYS)
    published_at: datetime | None = asked("公布时间", "Published at", default=None)
    published: bool = asked("已公布", "It is published", default=False)
    publication_id: UUID | None = referring("公布", "The publication", "Publication", default=None)
    filing_id: UUID | None = referring("备案", "The filing", REQUEST, default=None)


ELEMENTS = (
    *("procedure", "flow_chart", "applicants", "legal_basis", "statutory_days", "promised_days"),
    *("conditions", "materials", "material_count", "charged", "place", "hours"),
    *("enquiry_telephone", "complaint_telephone"),
)
"""What no list may lack, beside its name and type."""
DRAWN_UP = (*ELEMENTS[2:], "fee_basis", "fee_standard", "model_form", "quota")


def _fee_told(turn: Turn[ApprovalList]) -> bool:
    after = turn.after
    return not after.charged or bool(after.fee_basis and after.fee_standard)


stage = remarked(ApprovalList)
LIST = CaseKind(
    "approval.list",
    Label("审批流程清单", "List of what is approved"),
    table=case_table("approval_lists", ApprovalList),
    record=ApprovalList,
    entry=Entry(ListDrawnUp, kept=True),
    chain=("admin.checklist",),
    filters=("approval_type",),
    draws=(Draw("filing_id", ("admin.checklist",)),),
    stages={
        "design": stage("procedure", "flow_chart"),
        "list": stage(may=DRAWN_UP),
        "publish": stage(
            rules=(Rule("FEE_NOT_TOLD", ("charged",), _fee_told),),
            moments=("published_at",),
            sets={"published": True},
        ),
        "file": stage("filing_id"),
        "execute": stage(),
        "amend": stage(),
    },
)


class Applying(Form):
    """行政审批申请: who applies for which item of a published list, and with which papers."""

    list_id: UUID | None = referring(
        "清单事项", "The item of the list", LIST_REFERENCE, default=None
    )
    received_on: date = asked("收到日期", "Received on")
    applicant: str = asked("申请人", "Who applies", longest=100, confidential=True)
    handed_in: str = asked("所交材料", "The papers handed in", longest=1000)
    handed_in_count: int = asked("所交材料份数", "How many papers", bounds=PIECES)
    unit_id: UUID | None = referring("承办科室", "The section", UNIT, default=None)


class Application(Applying):
    """行政审批申请件: an application, and what becomes of it by the type of its item."""

    lacking: str = asked("须补的材料", "The papers that lack", default="", longest=1000)
    accepted_at: datetime | None = asked("受理时间", "Accepted at", default=None)
    promised_until: date | None = asked("承诺期限届满日", "Promised by", default=None)
    statutory_until: date | None = asked("法定期限届满日", "Due by law", default=None)
    fee_taken: Decimal = asked("实收费用", "The fee taken", default=Decimal(0), bounds=MONEY)
    conditions_met: bool | None = asked("符合条件", "Conditions are met", default=None)
    examined: str = asked("审查意见", "What was found", default="", longest=2000)
    passed_to: str = asked("报送机关", "Which body it was passed to", default="", longest=200)
    superior_decision: str = asked(
        "上级或其他机关的决定", "What it decided", default="", longest=500
    )
    reasons: str = asked("不予批准的理由", "Why it is refused", default="", longest=1000)
    decided_at: datetime | None = asked("决定时间", "Decided at", default=None)


step = remarked(Application)
DECIDED: dict[str, Any] = {"moments": ("decided_at",)}
APPLICATION = CaseKind(
    "approval.application",
    Label("行政审批申请件", "Application for an approval"),
    table=case_table("approval_applications", Application),
    record=Application,
    entry=Entry(Applying, kept=True, since="received_on", rules=happened("received_on")),
    parties=(Party("begun_by", Label("受理人", "who took it in")),),
    chain=("approval.application",),
    day="received_on",
    filters=("list_id",),
    stages={
        "return": step("lacking"),
        "complete": step("handed_in", "handed_in_count"),
        "accept": step(
            may=("fee_taken",),
            moments=("accepted_at",),
            terms={"promised": "promised_until", "statutory": "statutory_until"},
        ),
        "examine": step("conditions_met", "examined"),
        "approve": step(**DECIDED),
        "refuse": step("reasons", **DECIDED),
        "confirm": step(**DECIDED),
        "decline": step("reasons", **DECIDED),
        "pass_on": step("passed_to"),
        "decided_elsewhere": step("superior_decision", **DECIDED),
        "register": step(**DECIDED),
    },
)
CASES = (LIST, APPLICATION)
NOTICE = Statement("approval.published", written=True, hung_by=LIST.code)
STATEMENTS = (NOTICE,)
