"""Gate 门卫: who comes in and leaves, what is carried out, what came for whom, and handing over.

Regulations: 門衞管理制度, 机关值班制度 (门卫).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import (
    Form,
    Procedure,
    Requirement,
    asked,
    explanation,
    near,
    referring,
)
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Rule, Tells, Turn
from domain.records.registers import PERSON, UNIT, Register
from domain.records.registers import Entry as Line
from domain.records.rules import happened
from domain.records.stage_forms import carried
from domain.records.stage_rules import not_ahead, remarked, rising
from domain.time.moments import office_local
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.values.names import Names
from domain.vocabulary import Label


class CallerKind(Choice):
    """来人类别; who comes to the gate."""

    VISITOR = "visitor", "来访、办事人员: somebody with business here."
    DELIVERY = "delivery", "送货、施工等服务人员: somebody who delivers or works here."
    SALESMAN = "salesman", "产品推销人员: somebody who sells goods."
    SCRAP_DEALER = "scrap_dealer", "废品收购人员: somebody who buys scrap."
    PEDLAR = "pedlar", "小商贩: a pedlar."
    TAXI = "taxi", "出租车: a taxi."
    IDLER = "idler", "闲杂人员: somebody without business here."


class Parking(Choice):
    """停放位置; where the gatekeeper has a vehicle from outside stand."""

    YARD = "yard", "院内指定位置: a place in the yard."
    GARAGE = "garage", "车库: the garage."
    SHED = "shed", "车棚: the shed."
    DORMITORY = "dormitory", "宿舍院内: the yard of the dormitory."
    PASSING = "passing", "即停即离: nowhere, it sets down and leaves."


class Coming(Form):
    """外来人员及车辆登记: who comes, in what, to whom and why."""

    came_at: datetime = asked("进入时间", "When they came")
    caller_kind: CallerKind = asked("来人类别", "Who comes")
    caller_name: str = asked("来人姓名", "Name", longest=100)
    caller_from: str = asked("来自单位", "From where", default="", longest=200)
    people: int = asked("人数", "How many", default=1, bounds=between(1, 500, unit="person"))
    business: str = asked("来意", "Their business", longest=500)
    unit_id: UUID | None = referring("被访科室", "Whom they come to", UNIT, default=None)
    plate: str = asked("车牌", "Plate", default="", longest=20, names=Names.PLATE)
    stands_at: Parking | None = asked("停放位置", "Where it stands", default=None)


class Visit(Coming):
    """外来人员及车辆出入登记: who came, and when they left."""

    left_at: datetime | None = asked("离开时间", "When they left", default=None)


PARKED = Requirement[Any](
    "GATE_VEHICLE_STANDS",
    ("stands_at",),
    lambda form, _: bool(form.plate) == bool(form.stands_at),
)
LEFT = (
    Rule("NOT_YET_HAPPENED", ("left_at",), not_ahead("left_at")),
    Rule("END_BEFORE_START", ("left_at",), rising("came_at", "left_at")),
)
GOODS = (
    ("with_goods", bool, asked("带货物出门", "They leave with goods", default=False)),
    ("certified", bool, asked("持有出门证明", "The certificate was shown", default=False)),
)
VISIT = CaseKind(
    "gate.visit",
    Label("出入登记", "Visit"),
    table=case_table("gate_visits", Visit),
    record=Visit,
    entry=Entry(Coming, kept=True, since="came_at", rules=(*happened("came_at"), PARKED)),
    chain=("gate.visit",),
    day="came_at",
    filters=("caller_kind",),
    stages={"leave": remarked(Visit)("left_at", also=GOODS, rules=LEFT)},
)


class Carried(Form):
    """物品出门: what leaves, how many pieces, who carries it, in what and on which day."""

    items: str = asked("物品", "The goods", longest=1000)
    pieces: int = asked("件数", "Pieces", bounds=between(1, 100_000))
    carried_by: str = asked("携带人", "Who carries it", longest=100)
    plate: str = asked("车牌", "Plate", default="", longest=20, names=Names.PLATE)
    leaves_on: date = asked("出门日期", "The day on which it leaves")


class GoodsExit(Carried):
    """出门证明申请: goods that are to leave, by whom and why."""

    explanation: str = explanation()
    internal: bool | None = asked("本机关人员", "By one of the office", default=None)


class Certificate(Carried):
    """出门证明: goods that may leave, and what the gatekeeper saw of them."""

    passed_at: datetime | None = asked("放行时间", "When they passed", default=None)
    pieces_seen: int | None = asked("放行件数", "Pieces that passed", default=None)
    mismatch: str = asked("不符之处", "What is not as certified", default="", longest=500)


def _as_certified(turn: Turn[Certificate]) -> bool:
    return (turn.after.pieces_seen or 0) <= turn.after.pieces


def _on_its_day(turn: Turn[Certificate]) -> bool:
    return office_local(turn.now).date() == turn.before.leaves_on


GOODS_EXIT = "gate.goods_exit"
PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure(GOODS_EXIT, GoodsExit, requirements=(near("leaves_on", lambda f: f.leaves_on),)),
)
CERTIFICATE = CaseKind(
    "gate.certificate",
    Label("出门证明", "Certificate for goods"),
    table=case_table("gate_certificates", Certificate, renewed=True),
    record=Certificate,
    begins_with=(
        Begins(GOODS_EXIT, lambda form, _: carried(form, Certificate), lambda _: (GOODS_EXIT,)),
    ),
    begun="passed_at",
    day="leaves_on",
    stages={
        "release": remarked(Certificate)(
            "pieces_seen",
            moments=("passed_at",),
            rules=(
                Rule("GOODS_NOT_AS_CERTIFIED", ("pieces_seen",), _as_certified),
                Rule("GOODS_ON_ANOTHER_DAY", ("event",), _on_its_day),
            ),
        ),
        "hold": remarked(Certificate)("mismatch", tells=Tells("GOODS_HELD", ("begun_by",))),
    },
)


class Reported(Form):
    """门卫报告: what the gatekeeper could not stop or settle."""

    happened_at: datetime = asked("时间", "When")
    whom: str = asked("涉及人员", "Who it concerns", default="", longest=200)
    content: str = asked("情况", "What happened", longest=2000)


class Handled(Reported):
    """门卫报告及处理: what was reported, and what was done about it."""

    handling: str = asked("处理情况", "What was done", default="", longest=2000)
    handled_at: datetime | None = asked("处理时间", "When it was done", default=None)


REPORT = CaseKind(
    "gate.report",
    Label("门卫报告", "Report of the gate"),
    table=case_table("gate_reports", Handled),
    record=Handled,
    entry=Entry(Reported, kept=True, since="happened_at", rules=happened("happened_at")),
    chain=("gate.report",),
    day="happened_at",
    stages={"handle": remarked(Handled)("handling", moments=("handled_at",))},
)


class Handover(Line):
    """门卫交接班; one gatekeeper hands over to the next, who signs for it."""

    at: datetime = asked("交接时间", "When")
    to_id: UUID = referring("接班人", "Who takes over", PERSON)
    things: str = asked("传达室物品", "Things in the gatehouse", default="", longest=1000)
    premises: str = asked("责任区卫生", "How clean it is", default="", longest=500)
    matters: str = asked("注意事项", "What to mind", default="", longest=1000)


class Mail(Line):
    """收发登记; a letter or a parcel by its number, and who signs for it."""

    came_at: datetime = asked("收到时间", "When it came")
    urgent: bool = asked("机要急件", "Urgent and confidential", default=False)
    mail_number: str = asked("编号", "Its number", default="", longest=100)
    to_id: UUID = referring("签收人", "Who signs for it", PERSON)


CASES = (VISIT, CERTIFICATE, REPORT)
MAIL = Register("gate.mail", Mail, table_name="gate_mail", day="came_at", signed_by="to_id")
REGISTERS = (
    MAIL,
    Register("gate.handover", Handover, day="at", signed_by="to_id"),
)
