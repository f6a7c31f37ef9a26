"""Life of the party 党内组织生活: democratic life meetings, and in which cell a member stands.

Regulations: 领导班子民主生活会制度, “三会一课”制度.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Rule, Tells, Turn
from domain.records.registers import PERSON, UNIT, Register
from domain.records.registers import Entry as Line
from domain.records.rules import begun
from domain.records.stage_rules import remarked
from domain.time.moments import office_local
from domain.values.bounds import between
from domain.vocabulary import Act, Label


class LifeMeetingBegun(Form):
    """民主生活会: whose it is, and which."""

    title: str = asked("名称", "What it is called", longest=200)
    unit_id: UUID = referring("领导班子所在单位", "The unit", UNIT)


class LifeMeeting(LifeMeetingBegun):
    """民主生活会; from the opinions that are heard before it to whom its record went."""

    opinions: str = asked("征求到的意见", "Opinions that were heard", default="", longest=4000)
    topic: str = asked("中心议题", "The central topic", default="", longest=500)
    opinions_ordered: str = asked(
        "整理后提供班子成员的意见", "Opinions as the members got them", default="", longest=4000
    )
    meets_on: date | None = asked("召开日期", "The day of the meeting", default=None)
    recorder_id: UUID | None = referring("记录人", "Who records it", PERSON, default=None)
    examined: str = asked("贯彻执行情况检查", "What was examined", default="", longest=4000)
    shortcomings: str = asked("问题和不足", "Shortcomings", default="", longest=4000)
    criticism: str = asked("批评和自我批评", "Criticism", default="", longest=4000)
    measures: str = asked("整改措施", "Measures", default="", longest=4000)
    sent_to: str = asked("记录报送单位", "To whom the record went", default="", longest=300)


def _met(turn: Turn[LifeMeeting]) -> bool:
    day = turn.before.meets_on
    return day is None or day <= office_local(turn.now).date()


stage = remarked(LifeMeeting)
MEETING = CaseKind(
    "party.life_meeting",
    Label("民主生活会", "Democratic life meeting"),
    table=case_table("party_life_meetings", LifeMeeting),
    record=LifeMeeting,
    entry=Entry(LifeMeetingBegun, kept=True),
    chain=("democratic-life",),
    parties=(Party("begun_by", Label("登记的人", "who entered it")),),
    stages={
        "hear": stage("opinions"),
        "fix_topic": stage("topic"),
        "give_opinions": stage("opinions_ordered"),
        "notify": stage(
            *("meets_on", "recorder_id"),
            notice="meets_on",
            tells=Tells(
                *("LIFE_MEETING_CALLED", ("recorder_id",), Act.CONFIRM),
                details={"title": "title", "day": "meets_on", "topic": "topic"},
                unit="unit_id",
            ),
        ),
        "hold": stage(
            *("examined", "shortcomings", "criticism", "measures"),
            rules=(Rule("NOT_YET_HAPPENED", ("event",), _met),),
        ),
        "send_up": stage("sent_to"),
        "send_to_discipline": stage(),
    },
)


class CellMember(Line):
    """编入党小组; in which cell a member stands, who may not stand in two."""

    joined_on: date = asked("编入日期", "The day")
    member_id: UUID = referring("党员", "The member", PERSON)
    cell: str = asked("党小组", "The cell", longest=100)
    leader_id: UUID = referring("党小组长", "Who leads it", PERSON)
    probationary: bool = asked("预备党员", "A probationary member", default=False)
    party_case_id: UUID | None = referring(
        "入党事项", "Their case", Reference("PartyCase", "party_cases"), default=None
    )


CELLS = Register(
    "party.cell_member",
    CellMember,
    table_name="party_cell_members",
    day="joined_on",
    past=False,
    rules=(begun("joined_on"),),
    about="member_id",
    once=("member_id",),
    asked_when={"party_case_id": "probationary"},
    owed_by="party_member",
)


class CellReport(Line):
    """党小组会情况汇报; what the leader of a cell tells the branch of its meeting."""

    met_on: date = asked("开会日期", "The day of the meeting")
    cell: str = asked("党小组", "The cell", longest=100)
    came: int = asked("到会人数", "How many came", bounds=between(1, 1000, unit="person"))
    situation: str = asked("会议情况", "How it went", longest=4000)


CELL_REPORTS = Register(
    "party.cell_report", CellReport, table_name="party_cell_reports", day="met_on"
)
