"""Computers 计算机: which data there are, what was found wrong, and what was done about it."""

from datetime import date, datetime
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party
from domain.records.registers import UNIT, Register
from domain.records.registers import Entry as Line
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.values.bounds import between
from domain.vocabulary import Label


class DataIndex(Line):
    """计算机资料查阅索引目录; which data a section has, by number, and where they are."""

    indexed_on: date = asked("编入日期", "Entered on")
    data_number: str = asked("编号", "Number", longest=60)
    title: str = asked("资料名称", "What it is", longest=300)
    place: str = asked("存放位置", "Where it is", default="", longest=200)
    unit_id: UUID = referring("科室", "Section", UNIT)


class IdleCheck(Line):
    """待机检查登记; how long a computer was left idle, and whether it was shut down then."""

    checked_at: datetime = asked("检查时间", "When")
    computer: str = asked("计算机", "The computer", longest=100)
    idle_minutes: int = asked(
        "待机分钟数", "Minutes idle", bounds=between(0, 100_000, unit="minute")
    )
    shut_down: bool = asked("已关机", "Shut down")


class Fault(Form):
    """计算机故障登记; which computer, and what the first finder saw."""

    found_at: datetime = asked("发现时间", "When it was found")
    computer: str = asked("计算机", "The computer", longest=100)
    content: str = asked("故障", "The fault", longest=2000)


class Repaired(Fault):
    """计算机故障及处理; a fault, and how it was put right."""

    handling: str = asked("处理情况", "What was done", default="", longest=2000)
    handled_at: datetime | None = asked("处理时间", "Put right at", default=None)


class Outage(Form):
    """停电登记; which computer lost its power, and when."""

    lost_at: datetime = asked("停电时间", "When the power failed")
    computer: str = asked("计算机", "The computer", longest=100)


class Restarted(Outage):
    """停电及重新开机; how long a computer was off before it was started again."""

    power_off_seconds: int | None = asked(
        "关机秒数", "Seconds off", default=None, bounds=between(0, 86_400, unit="second")
    )


FINDER = (Party("begun_by", Label("登记的人", "who entered it")),)
FAULT = CaseKind(
    "infosec.fault",
    Label("计算机故障", "Fault of a computer"),
    table=case_table("computer_faults", Repaired),
    record=Repaired,
    entry=Entry(Fault, kept=True, since="found_at", rules=happened("found_at")),
    parties=FINDER,
    chain=("computer-fault",),
    day="found_at",
    stages={
        "tell_office": remarked(Repaired)(),
        "put_right": remarked(Repaired)("handling", moments=("handled_at",)),
    },
)
OUTAGE = CaseKind(
    "infosec.outage",
    Label("停电处置", "Power failure"),
    table=case_table("power_outages", Restarted),
    record=Restarted,
    entry=Entry(Outage, kept=True, since="lost_at", rules=happened("lost_at")),
    parties=FINDER,
    chain=("power-failure",),
    day="lost_at",
    stages={
        "switch_off": remarked(Restarted)(),
        "unplug": remarked(Restarted)(),
        "restart": remarked(Restarted)("power_off_seconds"),
    },
)
CASES = (FAULT, OUTAGE)
REGISTERS = (
    Register(
        "infosec.data_index",
        DataIndex,
        table_name="data_index",
        day="indexed_on",
        of_unit="unit_id",
        once=("data_number", "unit_id"),
    ),
    Register("infosec.idle_check", IdleCheck, day="checked_at"),
)
