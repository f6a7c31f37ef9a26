"""Social supervision 社会监督: who is a supervisor since when, where they came, what they say."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind
from domain.records.cases import Entry as Entered
from domain.records.registers import Entry, Register
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class SupervisorOrigin(Choice):
    """监督员来源; where a supervisor comes from."""

    STREET_LEADER = "street_leader", "街镇分管领导: a leader of a street or town."
    CONGRESS_DEPUTY = "congress_deputy", "区人大代表: a deputy of the congress."
    CONSULTATIVE_MEMBER = "consultative_member", "政协委员: a member of the CPPCC."
    EMPLOYER_HR = (
        "employer_hr",
        "辖区内用人单位人事主管: a personnel head of an employer within the district.",
    )
    OTHER = "other", "其他: from elsewhere."


class Supervisor(Entry):
    """社会监督员聘任登记; somebody of outside, appointed for a term."""

    appointed_on: date = asked("聘任日期", "The day")
    name: str = asked("姓名", "Name", longest=60)
    workplace: str = asked("单位", "Workplace", default="", longest=200)
    supervisor_origin: SupervisorOrigin | None = asked("来源", "Where from", default=None)
    supervisor_fair: bool = asked("办事公正、有社会责任感", "Fair and responsible", default=False)
    supervisor_informed: bool = asked(
        "关心人社工作、有政策水平和威望", "Informed and respected", default=False
    )
    supervisor_upright: bool = asked(
        "作风正派、公正廉洁、联系群众", "Upright and close to the people", default=False
    )
    supervisor_healthy: bool = asked("身体健康", "Healthy and able to work", default=False)
    certificate: str = asked("聘书编号", "Number of the letter", default="", longest=50)


APPOINTMENTS = Register(
    "supervisors.appointment",
    Supervisor,
    word="SupervisorAppointment",
    day="appointed_on",
)


class SupervisorChange(Entry):
    """监督员调整登记; a supervisor who no longer serves, and why."""

    appointment_id: UUID = referring("聘任登记", "The appointment", APPOINTMENTS.reference)
    changed_on: date = asked("调整日期", "The day")
    reason: str = asked("调整原因", "Why", longest=500)


CHANGES = Register(
    "supervisors.change", SupervisorChange, day="changed_on", once=("appointment_id",)
)


class Invitation(Entry):
    """监督员活动登记; to which inspection or meeting a supervisor was invited, and if they came."""

    invited_on: date = asked("活动日期", "The day")
    appointment_id: UUID = referring("聘任登记", "Which supervisor", APPOINTMENTS.reference)
    activity: str = asked("检查活动或会议", "Which inspection or meeting", longest=200)
    came: bool = asked("已参加", "They came")


class OpinionBegun(Form):
    """监督员意见: what a supervisor says or proposes."""

    handed_in_on: date = asked("提出日期", "The day")
    appointment_id: UUID | None = referring(
        "聘任登记", "Which supervisor", APPOINTMENTS.reference, default=None
    )
    opinion: str = asked("意见、建议", "What they say", longest=2000)


class Opinion(OpinionBegun):
    """监督员意见答复: what the office answered."""

    answer: str = asked("答复", "The answer", default="", longest=2000)


CASES = (
    CaseKind(
        "supervisors.opinion",
        Label("监督员意见", "Opinion of a supervisor"),
        table=case_table("supervisors_opinions", Opinion),
        record=Opinion,
        entry=Entered(
            OpinionBegun, kept=True, since="handed_in_on", rules=happened("handed_in_on")
        ),
        chain=("supervisors.opinion",),
        day="handed_in_on",
        stages={"answer": remarked(Opinion)("answer")},
    ),
)
REGISTERS = (
    APPOINTMENTS,
    CHANGES,
    Register("supervisors.invitation", Invitation, day="invited_on"),
)
