"""The books of duty, and its roster; posts, shifts and whose turn it may be are rows."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.areas.duty import exemptions
from domain.areas.duty.events import EVENT
from domain.records.registers import PERSON, Entry, Register
from domain.records.rosters import Roster
from domain.records.rules import around, ordered, with_reason
from domain.values.bounds import between
from domain.values.choices import Choice


class DutyMatter(Choice):
    """值班事项; what a line of the log is about."""

    CALL = "call", "来电: a call."
    VISITOR = "visitor", "外来人员: a visitor."
    PETITIONER = "petitioner", "上访者: somebody with a petition."
    PAPER = "paper", "文件、传真、信函、机要急件: a paper that came."
    INCIDENT = "incident", "突发事件: something that happened or may happen."
    PATROL = "patrol", "巡查: a round of the premises."
    INSPECTION = "inspection", "上级值班检查: a check by a superior."
    OTHER = "other", "其他: anything else."


CALLERS = (DutyMatter.VISITOR, DutyMatter.PETITIONER)
"""Who comes from outside is put down by name."""


class DutyEntry(Entry):
    """值班记录; what came up while one was on duty, and what was done about it."""

    at: datetime = asked("时间", "When")
    matter: DutyMatter = asked("事项", "What about")
    whom: str = asked("来电来访人、来文单位", "From whom", default="", longest=100)
    content: str = asked("内容", "What it was", longest=2000)
    rings_before_answer: int = asked(
        "接听前铃响次数",
        "Rings before it was answered",
        default=0,
        bounds=between(0, 100, unit="ring"),
    )
    late_reason: str = asked("超时接听原因", "Why it rang longer", default="", longest=200)
    handled: str = asked("处理情况", "What was done", default="", longest=2000)
    passed_to: str = asked("转交", "To whom it was passed", default="", longest=100)
    urgent: bool = asked("重要或紧急", "Important or urgent", default=False)
    reported_to: str = asked("报告对象", "To whom it was reported", default="", longest=100)
    reported_at: datetime | None = asked("报告时间", "When it was reported", default=None)
    leader_told: bool = asked("已向带班领导汇报", "The leader on duty was told", default=False)


CAME = Requirement[Any](
    "WHO_CAME", ("whom",), lambda form, _: form.matter not in CALLERS or bool(form.whom.strip())
)
LOG = Register(
    "duty.log",
    DutyEntry,
    day="at",
    word="DutyEntry",
    asked_when={"reported_to": "urgent"},
    exception="late_reason",
    rules=(
        ordered("at", "reported_at", code="REPORTED_BEFORE_IT_HAPPENED"),
        with_reason("urgent", "reported_to", "URGENT_NOT_REPORTED"),
        CAME,
    ),
)


class LogReview(Entry):
    """值班记录审核; whoever led a turn signs that they went through its log."""

    on_day: date = asked("值班日期", "The day of duty")
    opinion: str = asked("审核意见和处理情况", "What was found and done", longest=2000)


REVIEW = Register(
    "duty.log_review", LogReview, day="on_day", word="DutyLogReview", once=("on_day",)
)


class Whereabouts(Entry):
    """带班领导所在位置; where the leader on duty is and can be reached, for who is on duty."""

    at: datetime = asked("时间", "From when")
    place: str = asked("所在位置", "Where", longest=200)
    reached_by: str = asked("联络方式", "How they are reached", longest=100)


WHEREABOUTS = Register(
    "duty.whereabouts", Whereabouts, table_name="duty_whereabouts", day="at", word="DutyWhereabouts"
)


class DutyHandover(Entry):
    """值班交接; one shift hands over to the next, who signs for it."""

    at: datetime = asked("交接时间", "When")
    to_id: UUID = referring("接班人", "Who takes over", PERSON)
    matters: str = asked("注意事项", "What to mind", default="", longest=2000)
    special: str = asked("特殊事项", "Anything special", default="", longest=2000)
    safety_round: str = asked("安全检查情况", "Round of the premises", default="", longest=500)
    doors_locked: bool | None = asked(
        "各科室、会议室已锁门", "Offices and meeting rooms are locked", default=None
    )
    appliances_off: bool | None = asked(
        "空调、照明灯等已关闭", "Air conditioners and lights are off", default=None
    )
    taps_closed: bool | None = asked("水龙头已关严", "Taps are closed", default=None)
    no_strangers: bool | None = asked(
        "无陌生或可疑人员", "Nobody strange or suspicious comes or goes", default=None
    )
    dealt_with: bool = asked("发现的情况已处理", "What was found is dealt with", default=False)
    room: str = asked("值班室卫生、物品情况", "State of the duty room", default="", longest=500)


HANDOVER = Register("duty.handover", DutyHandover, day="at", word="DutyHandover", signed_by="to_id")


class DutyMeal(Entry):
    """值班就餐离岗登记; whoever has the next turn leaves early to eat, and is back before it."""

    left_at: datetime = asked("离岗时间", "When they left")
    back_at: datetime = asked("接班时间", "When they took over")


MEAL = Register(
    "duty.meal", DutyMeal, day="left_at", word="DutyMeal", rules=(ordered("left_at", "back_at"),)
)


class OrderedDay(Entry):
    """文件确定的值班日; a day of duty because a document orders it."""

    day: date = asked("日期", "The day")
    document: str = asked("文件", "The document", longest=200)
    reason: str = asked("事由", "What for", default="", longest=200)


ORDERED = Register(
    "duty.ordered_day",
    OrderedDay,
    table_name="duty_ordered_days",
    day="day",
    past=False,
    word="OrderedDutyDay",
    once=("day",),
    rules=(around("day"),),
)

TURNS = Roster(
    "duty.turns",
    ordered=(ORDERED, "day"),
    approved_by="duty.roster",
    swapped_by=("leave.duty_swap", "duty_night"),
    exempted_by=(exemptions.KIND, "until"),
    log=LOG,
    handover=HANDOVER,
    meal=MEAL,
    events=EVENT.code,
    books=(REVIEW, WHEREABOUTS),
)

REGISTERS = (LOG, REVIEW, WHEREABOUTS, HANDOVER, MEAL, ORDERED)
ROSTERS = (TURNS,)
