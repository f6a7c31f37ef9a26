"""The roll of social supervisors 社会监督员名册: who was appointed, until when, who was let go.

Regulation: 聘請監督員暫行辦法.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import Entry, Register
from domain.values.choices import Choice


class SupervisorOrigin(Choice):
    """监督员来源; where a supervisor comes from."""

    STREET_LEADER = "street_leader", "街镇分管领导: a leader of a street or town."
    CONGRESS_DEPUTY = "congress_deputy", "区人大代表: a deputy of the congress."
    CONSULTATIVE_MEMBER = "consultative_member", "政协委员: a member of the CPPCC."
    EMPLOYER_HR = "employer_hr", "用人单位人事主管: a personnel head of an employer."
    OTHER = "other", "其他: from elsewhere."


class Supervisor(Entry):
    """社会监督员聘任登记; somebody of outside, appointed for a term."""

    appointed_on: date = asked("聘任日期", "The day")
    name: str = asked("姓名", "Name", longest=60)
    workplace: str = asked("单位", "Workplace", default="", longest=200)
    supervisor_origin: SupervisorOrigin | None = asked("来源", "Where from", default=None)
    employer_in_district: bool = asked(
        "用人单位在辖区内", "The employer lies in the district", default=False
    )
    supervisor_fair: bool = asked("办事公正、有社会责任感", "Fair and responsible", default=False)
    supervisor_informed: bool = asked(
        "关心人社工作、有政策水平和威望", "Informed and respected", default=False
    )
    supervisor_upright: bool = asked(
        "作风正派、公正廉洁、联系群众", "Upright and close to the people", default=False
    )
    supervisor_healthy: bool = asked("身体健康", "Healthy and able to work", default=False)
    certificate: str = asked("聘书编号", "Number of the letter", default="", longest=50)
    serves_until: date | None = asked(
        "聘期至", "The last day of the term", default=None, served=True
    )
    letter_issued: bool = asked("已颁发聘书", "The letter was issued", default=False, served=True)


TERM = "(t.serves_until is null or t.serves_until >= :last)"
SERVES = f"""{TERM} and not exists (
  select from supervisors_changes gone where gone.institution_id = t.institution_id
    and gone.appointment_id = t.id and gone.changed_on <= :last and not gone.void
    and not exists (select from supervisors_changes later
      where later.institution_id = gone.institution_id and later.corrects = gone.id))"""
"""Who is in office on a day: the term runs, and nobody let them go."""
APPOINTMENTS = Register(
    "supervisors.appointment",
    Supervisor,
    word="SupervisorAppointment",
    day="appointed_on",
    counted=SERVES,
)
APPOINTED = APPOINTMENTS.reference


class AdjustmentGround(Choice):
    """调整事由; why a supervisor can no longer serve."""

    ILLNESS = "illness", "患病，无法履行监督义务: ill for long."
    MOVED = "moved", "调离、迁出本区: moved away from the district."
    POST = "post", "不再担任所凭以聘任的职务: no longer in the post that they were chosen for."
    SPECIAL = "special", "其他无法履行监督义务的特殊原因: another special reason."
    ABSENCE = "absence", "缺席活动、会议: did not come to what they were invited to."
    OTHER = "other", "其他: anything else."


class SupervisorChange(Entry):
    """监督员调整登记; a supervisor who no longer serves, and why."""

    appointment_id: UUID = referring("聘任登记", "The appointment", APPOINTED)
    changed_on: date = asked("调整日期", "The day")
    adjustment_ground: AdjustmentGround | None = asked(
        "调整事由", "Why they cannot serve", default=None
    )
    reason: str = asked("调整原因", "Why", longest=500)


CHANGES = Register(
    "supervisors.change", SupervisorChange, day="changed_on", once=("appointment_id",)
)
