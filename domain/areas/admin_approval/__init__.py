"""Administrative approval 行政审批: what visitors were told in writing, once for all.

Regulation: 一次性告知制度.
"""

from datetime import date
from typing import Any

from domain.approval.procedure import Requirement, asked
from domain.records.registers import Entry, Register


class Notice(Entry):
    """一次性告知书; everything that a visitor needs to know, in writing and at one time."""

    told_on: date = asked("告知日期", "The day")
    caller: str = asked("办事人", "Who was told", longest=100)
    business: str = asked("办理事项", "What they want", longest=200)
    scope: str = asked("受理范围", "What is accepted", longest=1000)
    authority: str = asked("权限", "What the office may decide", longest=1000)
    time_needed: str = asked("办理时间", "How long it takes", longest=500)
    materials: str = asked("必备材料", "Which papers are needed", longest=2000)
    procedure: str = asked("有关程序", "The procedure", longest=2000)
    elsewhere: bool = asked("需其他部门办理或协助", "Another department is needed", default=False)
    department: str = asked("其他部门", "Which department", default="", longest=200)
    department_address: str = asked("部门地址", "Its address", default="", longest=200)
    department_contact: str = asked("具体承办人", "Who handles it there", default="", longest=100)


def _told_elsewhere(column: str) -> Requirement[Any]:
    """Where another department is needed, the column tells of it."""
    return Requirement(
        "REQUIRED",
        (column,),
        lambda form, _: not form.elsewhere or bool(getattr(form, column).strip()),
    )


ELSEWHERE = ("department", "department_address", "department_contact")
REGISTERS = (
    Register(
        "notice.given",
        Notice,
        table_name="notices_given",
        word="NoticeGiven",
        day="told_on",
        asked_when=dict.fromkeys(ELSEWHERE, "elsewhere"),
        rules=tuple(map(_told_elsewhere, ELSEWHERE)),
    ),
)
