"""Attendance day by day 考勤记录, as each section's clerk keeps it, and what becomes of it.

Regulations: 考勤管理办法, 职工请销假制度, 工作纪律.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry
from domain.records.registers import PERSON, Register
from domain.records.registers import Entry as Line
from domain.records.rules import first_of_month, happened
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class Presence(Choice):
    """出勤情况; whether somebody was at work that day."""

    PRESENT = "present", "出勤: at work."
    OUTING = "outing", "外出: out, as reported."
    LEAVE = "leave", "请假: on leave."
    LATE = "late", "迟到: came late."
    EARLY = "early", "早退: left early."
    HALF_ABSENT = "half_absent", "缺勤半天: half a day away, and neither on leave nor out."
    ABSENT = "absent", "缺勤: away, and neither on leave nor out."


class AttendanceDay(Line):
    """考勤记录; who was at work on a day, as the clerk of their section enters it."""

    person_id: UUID = referring("人员", "Who", PERSON)
    on_day: date = asked("日期", "The day")
    presence: Presence = asked("出勤情况", "Whether they were at work")
    remark: str = asked("备注", "Remark", default="", longest=500)


PART = """tsrange(
    t.on_day + case t.presence when 'early' then time '17:00' else time '08:00' end,
    t.on_day + case t.presence when 'late' then time '09:00' else time '18:00' end)"""
NOT_ON_FILE = f"""(t.presence in ('present', 'outing', 'leave') or not exists (
    select from absences a
    join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
    where a.institution_id = t.institution_id and a.person_id = t.person_id and a.standing
      and a.period && {PART} and (r.status = 'pending' or r.status = 'approved' and not exists (
        select from steps s where (s.institution_id, s.request_id) = (r.institution_id, r.id)
          and s.act = 'record' and s.status in ('open', 'waiting'))))
  and not exists (
    select from oral_leaves o
    where o.institution_id = t.institution_id and o.person_id = t.person_id
      and t.on_day between o.first_day and o.until
      and case when o.state = 'papers_complete' then exists (
          select from requests p where (p.institution_id, p.id) = (o.institution_id, o.papers_id)
            and p.status in ('pending', 'approved'))
        else not exists (
          select from clocks c where (c.institution_id, c.subject_id) = (o.institution_id, o.id)
            and c.state = 'expired') end)
  and not exists (
    select from roster_slots d
    join rosters k on (k.institution_id, k.id) = (d.institution_id, d.roster_id)
    where d.institution_id = t.institution_id and d.person_id = t.person_id
      and k.state = 'settled' and {PART} && tsrange(
        d.begins at time zone 'Asia/Shanghai', d.ends at time zone 'Asia/Shanghai')))"""
"""Nothing else on file tells of that time: leave, an outing or journey, granted and filed or still
to be decided; leave asked for orally, while its paper may still come; a turn on duty.
"""

DAYS = Register(
    "attendance.day",
    AttendanceDay,
    day="on_day",
    table_name="attendance_days",
    about="person_id",
    once=("person_id", "on_day"),
    counted=NOT_ON_FILE,
)


class ResultsBegun(Form):
    """考勤结果; the month that was kept."""

    month: date = asked("月份", "The first day of the month")


class Results(ResultsBegun):
    """考勤结果; summed up, told to everybody, and reviewed by the leader in charge."""

    summary: str = asked("汇总情况", "What it sums up to", default="", longest=4000)
    published_on: date | None = asked("公布日期", "The day on which it was told", default=None)
    opinion: str = asked("主管领导审阅评鉴", "What the leader finds", default="", longest=2000)


stage = remarked(Results)
RESULTS = CaseKind(
    "attendance.results",
    Label("考勤结果", "Results of attendance"),
    table=case_table("attendance_results", Results),
    record=Results,
    entry=Entry(
        ResultsBegun,
        kept=True,
        once=("month",),
        rules=(*happened("month"), first_of_month("month")),
    ),
    chain=("attendance-results",),
    filters=("month",),
    stages={
        "sum_up": stage("summary"),
        "publish": stage("published_on"),
        "review": stage("opinion"),
    },
)
CASES = (RESULTS,)
REGISTERS = (DAYS,)
