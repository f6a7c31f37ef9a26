"""Research 信息与调研: what was sent up once examined, and which articles were adopted where.

Regulation: 信息、調研工作管理辦法.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.registers import PERSON, REQUEST, UNIT, Draw, Entry, Register
from domain.values.bounds import MONEY
from domain.values.choices import Choice

EXAMINED = ("research.report",)


class Item(Entry):
    """信息报送登记; an item that a section sent up once it was examined and signed."""

    sent_on: date = asked("报送日期", "The day")
    unit_id: UUID = referring("报送科室", "Which section", UNIT)
    title: str = asked("信息题目", "Its title", longest=200)
    request_id: UUID = referring("信息调研上报", "By which approval", REQUEST)


class Paper(Entry):
    """调研报告和论文登记; a report or paper of a section, or of one of the leadership."""

    handed_in_on: date = asked("完成日期", "The day")
    title: str = asked("题目", "Its title", longest=200)
    unit_id: UUID | None = referring("完成的科室", "Of which section", UNIT, default=None)
    person_id: UUID | None = referring(
        "完成的班子成员", "Of whom of the leadership", PERSON, default=None
    )


class AdoptedLevel(Choice):
    """采用等次; how high the journal or department is that adopted an article."""

    DISTRICT = "district", "区级: of the district."
    CITY = "city", "市级: of the city."
    NATIONAL = "national", "国家级: of the nation."


class TheoryArticle(Entry):
    """理论文章采用登记; an article once, at the highest level that has adopted it so far."""

    adopted_on: date = asked("采用日期", "The day")
    title: str = asked("文章题目", "Its title", longest=200)
    person_id: UUID = referring("撰稿人", "Who wrote it", PERSON)
    authors: str = asked("其他撰稿人", "Who wrote it besides", default="", longest=200)
    adopted_level: AdoptedLevel = asked("最高采用等次", "The highest level so far")
    adopted_by: str = asked("采用的部门或刊物", "Who adopted it", longest=200)
    amount: Decimal | None = asked(
        "本机关确定的奖励金额", "The bonus that the office set", default=None, bounds=MONEY
    )


class Officer(Entry):
    """信息员登记; who collects and writes items for a section, until the line is struck out."""

    since: date = asked("确定日期", "Since")
    unit_id: UUID = referring("科室", "The section", UNIT)
    person_id: UUID = referring("兼职信息员", "Who", PERSON)


OFFICERS = Register(
    "research.officer",
    Officer,
    day="since",
    of_unit="unit_id",
    once=("unit_id",),
    owed_by="*",
)
REGISTERS = (
    OFFICERS,
    Register(
        "research.item",
        Item,
        day="sent_on",
        of_unit="unit_id",
        once=("request_id",),
        draws=(Draw("request_id", EXAMINED),),
    ),
    Register(
        "research.paper",
        Paper,
        day="handed_in_on",
        about="person_id",
        of_unit="unit_id",
        rules=(
            Requirement(
                "ONE_ALONE",
                ("unit_id", "person_id"),
                lambda form, _: (form.unit_id is None) is not (form.person_id is None),
                check="num_nonnulls(unit_id, person_id) = 1",
            ),
        ),
    ),
    Register(
        "research.theory_article",
        TheoryArticle,
        day="adopted_on",
        about="person_id",
        once=("title",),
    ),
)
