"""Carriers of secrets 涉密载体 by their numbers: which there are, counted, back, brought back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import ordered
from domain.records.things import Card, Custody, Thing
from domain.values.bounds import between
from domain.values.choices import Choice


class CarrierMedium(Choice):
    """存储介质; what holds the data, by the lists of the two texts."""

    LAPTOP = "laptop", "笔记本电脑: a laptop."
    LAPTOP_DISK = "laptop_disk", "笔记本硬盘: the disk of a laptop."
    HARD_DISK = "hard_disk", "硬盘: a hard disk."
    PORTABLE_DISK = "portable_disk", "移动硬盘: a portable disk."
    FLOPPY = "floppy", "软盘: a floppy disk."
    USB = "usb", "优盘: a USB stick."
    OPTICAL = "optical", "光盘: an optical disc."
    TAPE = "tape", "磁带: a tape."
    MEMORY_CARD = "memory_card", "存储卡: a memory card."


class CarrierGrade(Choice):
    """密级; the highest grade of what it holds."""

    NONE = "none", "非密: not secret."
    SECRET = "secret", "秘密: secret."
    CONFIDENTIAL = "confidential", "机密: confidential."
    TOP_SECRET = "top_secret", "绝密: top secret."


class CarrierOrigin(Choice):
    """来源; where a classified paper comes from."""

    SUPERIOR = "superior", "上级下发: sent down from above."
    OWN = "own", "本级产生: made here."


class Carrier(Card):
    """涉密载体; a medium or a paper by its number, and where it is kept."""

    number: str = asked("编号", "Its number", longest=60)
    medium: CarrierMedium | None = asked(
        "存储介质（纸质不填）", "Medium, none: paper", default=None
    )
    secrecy: CarrierGrade = asked("密级", "Grade")
    no_copy_mark: bool = asked("已标密级和“严禁拷贝”", "Marked: its grade, no copying")
    carrier_origin: CarrierOrigin | None = asked("来源", "Where it comes from", default=None)
    unit_id: UUID | None = referring("使用科室", "Section that uses it", UNIT, default=None)
    cabinet: str = asked("密码柜编号", "Number of the safe", default="", longest=60)


MARKED = Requirement[Any](
    "CARRIER_UNMARKED",
    ("no_copy_mark",),
    lambda card, _: not card.medium or card.secrecy == CarrierGrade.NONE or card.no_copy_mark,
)
CARRIERS = Thing(
    "classified.carrier",
    Carrier,
    cards="classified_carriers",
    named_by="number",
    unique=("number",),
    fixed=("number", "medium"),
    custody=Custody(lent_by=("classified.lend", "classified.carry_out")),
    rules=(MARKED,),
    lowered={"downgraded": "secrecy"},
)


class Return(Entry):
    """密级文件退还登记; a classified paper that was lent is back."""

    request_id: UUID = referring("借阅申请", "The loan", "Request")
    returned_at: datetime = asked("退还时间", "When")


class Count(Entry):
    """清核登记; how many classified carriers should be there, and how many were."""

    counted_on: date = asked("清核日期", "Counted on")
    registered: int = asked("在册件数", "On the register", bounds=between(0, 1_000_000))
    found: int = asked("实有件数", "Found", bounds=between(0, 1_000_000))
    carrier_id: UUID | None = referring(
        "所清核的载体", "Which carrier was looked for", CARRIERS.reference, default=None
    )
    second_id: UUID | None = referring("监核人", "Who counted with them", PERSON, default=None)


class YearEnd(Entry):
    """密件年终归档销毁登记; what became of the classified papers of the year before."""

    done_on: date = asked("办结日期", "Done on")
    superior_asked: bool = asked("已请示上级是否退回", "The superior was asked for what it wants")
    sent_back: int = asked("退回上级件数", "Sent back", bounds=between(0, 1_000_000))
    filed: int = asked("归档件数", "Filed", bounds=between(0, 1_000_000))
    destroyed: int = asked("销毁件数", "Destroyed", bounds=between(0, 1_000_000))


class BroughtBack(Entry):
    """会议密件交存登记; a paper from a meeting elsewhere, given to the office to keep."""

    number: str = asked("编号", "Its number", longest=60)
    secrecy: CarrierGrade = asked("密级", "Grade")
    brought_by_id: UUID = referring("带回人", "Who brought it", PERSON)
    handed_in_on: date = asked("交存日期", "Handed in on")


class PrintedBy(Choice):
    """印制处所; who prints or copies a classified paper."""

    OWN = "own", "本机关: the office itself."
    DESIGNATED = "designated", "指定印刷厂: the designated printing house."
    OTHER = "other", "社会上的印刷厂、营业场所: any other printer."


class PrintedOn(Choice):
    """打印所用计算机; which computer a confidential paper is printed on."""

    TYPING_ROOM = "typing_room", "打字室计算机: the one in the typing room, never online."
    NETWORKED = "networked", "网络计算机: one that is online."
    OTHER = "other", "其他计算机: another one."


class Copying(Entry):
    """密件翻印登记; copies of a classified paper, each with a number, and what was spoiled."""

    copied_at: datetime = asked("翻印时间", "When")
    original: str = asked("原件编号", "Number of the original", longest=60)
    secrecy: CarrierGrade = asked("密级（与原件相同）", "Grade, that of the original")
    printed_by: PrintedBy = asked("印制处所", "Who prints it")
    printed_on: PrintedOn | None = asked("打印所用计算机", "On which computer", default=None)
    copies: int = asked("份数", "Copies", bounds=between(1, 1000))
    first_number: str = asked("编号（起）", "Number of the first", longest=60)
    last_number: str = asked("编号（止）", "Number of the last", longest=60)
    spoiled: int = asked("残、次、废页", "Spoiled", default=0, bounds=between(0, 100_000))
    destroyed_at: datetime | None = asked("废页销毁时间", "Spoiled destroyed at", default=None)


EACH_NUMBERED = Requirement[Any](
    "COPIES_UNNUMBERED",
    ("last_number",),
    lambda form, _: (form.first_number == form.last_number) == (form.copies == 1),
)
SPOILED_GONE = Requirement[Any](
    "SPOILED_KEPT", ("destroyed_at",), lambda form, _: bool(form.destroyed_at) == bool(form.spoiled)
)

RETURNS = Register("classified.return", Return, day="returned_at", once=("request_id",))
REGISTERS = (
    RETURNS,
    Register("classified.count", Count, day="counted_on"),
    Register("classified.year_end", YearEnd, day="done_on"),
    Register(
        "classified.copying",
        Copying,
        day="copied_at",
        rules=(EACH_NUMBERED, SPOILED_GONE, ordered("copied_at", "destroyed_at")),
    ),
    Register(
        "classified.brought_back",
        BroughtBack,
        table_name="classified_brought_back",
        day="handed_in_on",
        about="brought_by_id",
    ),
)
