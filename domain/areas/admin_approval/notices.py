"""Notices that tell a visitor everything at once 一次性告知书, and what was asked for later."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.registers import UNIT, Entry, Register
from domain.records.sources import UNITS, Lines
from domain.records.statements import Statement, number


class OneTimeNotice(Entry):
    """一次性告知书; what somebody who came was told in writing, once for all."""

    told_on: date = asked("告知日期", "The day")
    unit_id: UUID = referring("告知科室", "The section that told it", UNIT)
    visitor_name: str = asked("办事人员", "Who came", longest=100, confidential=True)
    business: str = asked("所办事项", "What they came for", longest=500)
    in_writing: bool = asked("书面告知", "It was told in writing")
    can_be_done: bool = asked("本局能够办理", "It can be done here", default=True)
    scope: str = asked("受理范围", "What is taken up here", default="", longest=1000)
    authority: str = asked("权限", "What the office may decide", default="", longest=1000)
    hours: str = asked("办事时间", "When it is done", default="", longest=500)
    materials: str = asked("必备材料", "The papers needed", default="", longest=2000)
    procedure: str = asked("有关程序", "The procedure", default="", longest=2000)
    others_needed: bool = asked(
        "需其他部门办理或协助", "Another department is needed", default=False
    )
    department: str = asked("有关部门", "Which department", default="", longest=200)
    department_address: str = asked("部门地址", "Its address", default="", longest=200)
    department_handler: str = asked(
        "部门具体承办人", "Who handles it there", default="", longest=100
    )
    several_sections: bool = asked(
        "需局内科室协同办理", "Several sections do it together", default=False
    )
    consulted: bool = asked("已与有关科室和人员协商", "They were consulted", default=False)
    joint_procedure: str = asked("共同办理的程序", "How they do it", default="", longest=1000)
    joint_time: str = asked("共同办理的时间", "When they do it", default="", longest=500)
    cautions: str = asked("有关注意事项", "What to mind", default="", longest=1000)
    unable: bool = asked("不能或暂时不能办理", "It cannot be done, or not yet", default=False)
    explained: str = asked("解释说明", "Why it cannot", default="", longest=1000)


ASKED = {
    **dict.fromkeys(("scope", "authority", "hours", "materials", "procedure"), "can_be_done"),
    **dict.fromkeys(("department", "department_address", "department_handler"), "others_needed"),
    **dict.fromkeys(("joint_procedure", "joint_time", "cautions"), "several_sections"),
    "explained": "unable",
}


def _told(flag: str, column: str) -> Requirement[Any]:
    """What is asked where a flag is true may not be empty then."""
    return Requirement(
        "REQUIRED",
        (column,),
        lambda form, _: not getattr(form, flag) or bool(getattr(form, column).strip()),
    )


NOTICES = Register(
    "approval.notice",
    OneTimeNotice,
    word="OneTimeNotice",
    day="told_on",
    of_unit="unit_id",
    asked_when=ASKED,
    rules=(
        *(_told(flag, column) for column, flag in ASKED.items()),
        Requirement[Any](
            "DONE_OR_EXPLAINED", ("unable",), lambda form, _: form.can_be_done or form.unable
        ),
    ),
)


class AskedAfterwards(Entry):
    """告知后又要求的材料; a paper that a visitor was asked for though no notice had named it."""

    notice_id: UUID = referring("告知书", "The notice", NOTICES.reference)
    asked_on: date = asked("要求日期", "The day")
    paper: str = asked("材料", "The paper", longest=200)
    reason: str = asked("未在告知书列明的原因", "Why it was not named", default="", longest=500)
    unit_id: UUID | None = referring("告知科室", "The section", UNIT, default=None, served=True)


AFTERWARDS = Register(
    "approval.afterwards",
    AskedAfterwards,
    table_name="papers_asked_afterwards",
    word="PaperAskedAfterwards",
    day="asked_on",
    of_unit="unit_id",
)
REGISTERS = (NOTICES, AFTERWARDS)
GIVEN, LATER = Lines(NOTICES), Lines(AFTERWARDS)
STATEMENTS = (
    Statement(
        "approval.notices",
        by=UNITS,
        columns=(
            number("notices", "一次性告知书", "Notices", GIVEN),
            number(
                "unable", "不能或暂时不能办理", "What could not be done", GIVEN, {"unable": True}
            ),
            number("afterwards", "未一次告知的材料", "Papers not told of at once", LATER),
        ),
    ),
)
