"""Teams of civility 文明劝导小组: who is in which, who came out, what was found on the road.

Regulation: 文明创建工作制度.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Requirement, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind
from domain.records.cases import Entry as Beginning
from domain.records.registers import PERSON, Entry, Register, Serving
from domain.records.rules import another, happened
from domain.records.sources import PEOPLE, Lines
from domain.records.stage_rules import remarked
from domain.records.statements import Statement, number
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class CivilityTeam(Choice):
    """Which team somebody is in, or goes out."""

    FIRST = "first", "第一小组: the first."
    SECOND = "second", "第二小组: the second."


class Member(Entry):
    """文明劝导小组成员; who is in which team, and who leads it."""

    since: date = asked("编入日期", "Since")
    person_id: UUID = referring("成员", "Who", PERSON)
    civility_team: CivilityTeam = asked("小组", "The team")
    leads_team: bool = asked("带队领导", "Leads it", default=False)


class Turnout(Entry):
    """文明劝导活动; a team that went out, where, and what it did."""

    held_on: date = asked("活动日期", "The day")
    civility_team: CivilityTeam = asked("小组", "The team")
    led_by_id: UUID = referring("带队领导", "Who led it", PERSON)
    road_section: str = asked("责任路段", "The road section", longest=200)
    done: str = asked("开展情况", "What was done", longest=2000)


TURNOUTS = Register(
    "outreach.activity",
    Turnout,
    word="OutreachActivity",
    day="held_on",
    serving={"led_by_id": Serving(act=Act.TAKE, unfit="NOT_A_TEAM_LEADER")},
)


class CivilityPresence(Choice):
    """How somebody of a team was there."""

    CAME = "came", "本人参加: came."
    SUBSTITUTED = "substituted", "请人代班: had somebody stand in."
    MISSING = "missing", "缺席: neither came nor had anybody stand in."


class Attendance(Entry):
    """文明劝导到岗登记; who of a team came, who stood in, who was missing."""

    activity_id: UUID = referring("活动", "The activity", TURNOUTS.reference)
    noted_on: date = asked("登记日期", "The day")
    person_id: UUID = referring("成员", "Who", PERSON)
    civility_presence: CivilityPresence = asked("到岗情况", "How they were there")
    substitute_id: UUID | None = referring("代班人", "Who stood in", PERSON, default=None)
    leader_told: bool = asked("已报带队领导知晓", "The leader knows", default=False)
    misconduct: str = asked("不文明行为", "Misconduct on the spot", default="", longest=500)


STOOD_IN = Requirement[Any](
    "SUBSTITUTE_NAMED",
    ("substitute_id",),
    lambda form, _: (
        (form.civility_presence is CivilityPresence.SUBSTITUTED) == (form.substitute_id is not None)
    ),
    check="(civility_presence = 'substituted') = (substitute_id is not null)",
)
ATTENDANCE = Register(
    "outreach.attendance",
    Attendance,
    table_name="outreach_attendance",
    day="noted_on",
    about="person_id",
    once=("activity_id", "person_id"),
    rules=(STOOD_IN, another("person_id", "substitute_id")),
)
MEMBERS = Register(
    "outreach.member",
    Member,
    word="OutreachMember",
    day="since",
    about="person_id",
    once=("person_id",),
    owed_by="*",
)
REGISTERS = (MEMBERS, TURNOUTS, ATTENDANCE)


class CivilityProblem(Choice):
    """What is wrong on the road section."""

    LITTER = "litter", "乱堆乱放、垃圾、杂草: litter and weeds."
    POSTERS = "posters", "乱贴乱画乱挂: posters and scribbles."
    PARKING = "parking", "车辆乱停乱靠: vehicles in disorder."
    SHOPS = "shops", "店外经营、占道经营、违章搭建: shops on the road."
    THREE_DUTIES = "three_duties", "门前三包未落实: a shop’s duties before its door."


class Found(Form):
    """责任路段问题: what was found on the road section."""

    found_on: date = asked("发现日期", "Found on")
    road_section: str = asked("责任路段", "The road section", longest=200)
    civility_problem: CivilityProblem = asked("问题", "What is wrong")
    found: str = asked("情况", "What was found", longest=1000)


class Finding(Found):
    """责任路段问题及处理: what was found, and how it was put right."""

    coordinated: str = asked("协调情况", "With whom it was agreed", default="", longest=1000)
    corrected: str = asked("纠正情况", "How it was put right", default="", longest=1000)
    corrected_at: datetime | None = asked("纠正时间", "Put right at", default=None)


stage = remarked(Finding)
FINDING = CaseKind(
    "outreach.finding",
    Label("责任路段问题", "Finding on a road section"),
    table=case_table("outreach_findings", Finding),
    record=Finding,
    entry=Beginning(Found, kept=True, since="found_on", rules=happened("found_on")),
    chain=("outreach.finding",),
    day="found_on",
    filters=("civility_problem",),
    stages={
        "coordinate": stage("coordinated"),
        "correct": stage("corrected", moments=("corrected_at",)),
    },
)
CAME = Lines(ATTENDANCE)
STATEMENTS = (
    Statement(
        "outreach.year",
        by=PEOPLE,
        columns=(
            number("came", "参加次数", "Came", CAME, {"civility_presence": "came"}),
            number(
                *("substituted", "请人代班次数", "Had somebody stand in", CAME),
                {"civility_presence": "substituted"},
            ),
            number("missing", "缺席次数", "Missing", CAME, {"civility_presence": "missing"}),
        ),
    ),
)
