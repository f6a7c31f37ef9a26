"""Personnel 人事: who left, who was hired for a time, who was moved, whom the office honours."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party
from domain.records.cases import Entry as Entered
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import happened
from domain.records.stage_rules import done, remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class DepartureGround(Choice):
    """减员事由; why somebody is of the establishment no more."""

    RETIRED = "retired", "退休: at the age."
    DIED = "died", "死亡: in service or after retirement."
    TRANSFERRED = "transferred", "调出: to another unit."
    RELEASED = "released", "解除人事关系: the relation was ended."


class Departure(Entry):
    """减员登记; somebody who retired, died, was transferred or released."""

    left_on: date = asked("减员日期", "The day")
    name: str = asked("姓名", "Name", longest=60)
    ground: DepartureGround = asked("事由", "Why")


DEPARTURES = Register(
    "personnel.departed", Departure, table_name="departures", word="Departed", day="left_on"
)


class Formalities(Entry):
    """减员手续办结; the county's departments have completed what goes with it."""

    departure_id: UUID = referring("减员", "Who left", DEPARTURES.reference)
    completed_on: date = asked("办结日期", "The day")
    organisation_done: bool = asked("组织部门已办", "The organisation department", default=False)
    personnel_done: bool = asked("人社部门已办", "The personnel department", default=False)
    staffing_done: bool = asked("编制部门已办", "The staffing department", default=False)
    finance_done: bool = asked("财政部门已办", "The finance department", default=False)


FORMALITIES = Register(
    "personnel.departure_formalities",
    Formalities,
    table_name="departure_formalities",
    word="DepartureFormalities",
    day="completed_on",
)


class Honour(Entry):
    """评先评优登记; somebody who is named advanced or excellent for a year."""

    person_id: UUID = referring("当事人", "Who is honoured", PERSON)
    honoured_on: date = asked("评定日期", "The day")
    honour: str = asked("称号", "As what", longest=60)


HONOURS = Register(
    "personnel.honour",
    Honour,
    table_name="honours",
    word="Honour",
    day="honoured_on",
    about="person_id",
    by_others=True,
)


class PostingWay(Choice):
    """交流方式; from where to where somebody is posted."""

    UP = "up", "到局机关工作: from a unit to the bureau."
    DOWN = "down", "到局属单位挂职锻炼: from the bureau to a unit."
    LATERAL = "lateral", "横向交流: between sections, or between units."


class Posting(Entry):
    """岗位交流任职登记; who was posted where, how, and who goes on paying them."""

    person_id: UUID = referring("交流人员", "Who is posted", PERSON)
    began_on: date = asked("任职起始日期", "From when")
    posting_way: PostingWay = asked("交流方式", "How")
    post: str = asked("交流到的岗位", "To which post", longest=200)
    keeps_status: bool = asked(
        "保留原身份，由原单位发工资福利", "Keeps status, pay and benefits of the home unit"
    )


POSTINGS = Register("personnel.posting", Posting, day="began_on", about="person_id")


class PostingEnd(Entry):
    """岗位交流任职结束登记; a posting that is over, and what came of it."""

    posting_id: UUID = referring("交流任职", "The posting", POSTINGS.reference)
    ended_on: date = asked("结束日期", "The day")
    outcome: str = asked("去向", "Where they went", longest=200)


POSTING_ENDS = Register("personnel.posting_end", PostingEnd, day="ended_on", once=("posting_id",))


class Planned(Form):
    """临时用工计划: whom a unit plans to hire for a time."""

    planned_on: date = asked("计划日期", "The day")
    unit_id: UUID = referring("用人单位", "Which unit", UNIT)
    post: str = asked("岗位", "For what", longest=200)


class Temporary(Planned):
    """临时用工办理: the plan approved, openly recruited, employed, under contract."""

    plan_approval: str = asked("批准计划的文件", "By which paper approved", default="", longest=200)
    recruited_how: str = asked("公开招聘情况", "How it was recruited", default="", longest=1000)
    name: str = asked("临时工作人员", "Who was hired", default="", longest=60)
    employed_on: date | None = asked("上岗日期", "From when", default=None)
    contract: str = asked("合同编号", "The contract's number", default="", longest=100)


class Rotated(Form):
    """岗位交流手续: what is done once the district's department has consented."""

    title: str = asked("交流事项", "Which rotation", longest=300)
    newly_promoted: bool | None = asked("有新提拔任职的人员", "Some are promoted", default=None)
    shown_from: date | None = asked("公示日期", "Shown in public from", default=None)
    shown_of: str = asked("公示的新提拔人员", "Of whom", default="", longest=500)
    opinions: str = asked("群众意见", "What people said", default="", longest=2000)
    talked_on: date | None = asked("集体谈话日期", "Talked to together on", default=None)
    filed_on: date | None = asked("备案日期", "Filed on", default=None)


hired, carried = remarked(Temporary), remarked(Rotated)
CASES = (
    CaseKind(
        "personnel.temporary",
        Label("临时用工", "Temporary hire"),
        table=case_table("personnel_temporaries", Temporary),
        record=Temporary,
        entry=Entered(Planned, kept=True, since="planned_on", rules=happened("planned_on")),
        chain=("personnel.temp_hire",),
        day="planned_on",
        rules=done("employed_on"),
        stages={
            "approve_plan": hired("plan_approval"),
            "recruit": hired("recruited_how"),
            "employ": hired("name", "employed_on"),
            "manage": hired("contract"),
        },
    ),
    CaseKind(
        "personnel.rotated",
        Label("岗位交流手续", "Formalities of a rotation"),
        table=case_table("personnel_rotated", Rotated),
        record=Rotated,
        begins_with=(
            Begins(
                "personnel.rotation",
                lambda form, _: Rotated(title=form.explanation[:300]),
                lambda _: ("rotation",),
                facts=lambda _, __: {"party_group_approved": True},
            ),
        ),
        walked=("plan", "apply", "recommend", "decide", "report"),
        parties=(Party("begun_by", Label("申请人", "who asked for it")),),
        rules=done("talked_on", "filed_on"),
        stages={
            "settle": carried("newly_promoted"),
            "publicise": carried("shown_from", "shown_of", "opinions"),
            "talk": carried("talked_on"),
            "file": carried("filed_on"),
        },
    ),
)
REGISTERS = (DEPARTURES, FORMALITIES, HONOURS, POSTINGS, POSTING_ENDS)
