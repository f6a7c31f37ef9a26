"""What is done with carriers of secrets, stage by stage: put to use, lent, repaired, destroyed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.areas.confidentiality.carriers import CarrierGrade, CarrierMedium
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Rule, Turn
from domain.records.registers import PERSON
from domain.records.stage_rules import not_ahead, remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class Carried(Form):
    """涉密载体; of which carrier, by its number, what it is and its grade."""

    explanation: str = asked("载体编号", "Number of the carrier", longest=60)
    medium: CarrierMedium | None = asked("存储介质", "Medium", default=None)
    secrecy: CarrierGrade | None = asked("密级", "Grade", default=None)


class Activation(Carried):
    """外存储器启用登记; a new medium, or one from outside, before it is used."""

    activated_at: datetime | None = asked("启用时间", "Put to use at", default=None)


class Loan(Carried):
    """外借登记; what was copied onto which lending disk, lent and brought back."""

    disk_number: str = asked("外借盘编号", "Number of the lending disk", default="", longest=60)
    no_copy_mark: bool | None = asked("外借盘已标明“严禁拷贝”", "No copying, it says", default=None)
    lent_at: datetime | None = asked("借出时间", "Lent at", default=None)
    returned_at: datetime | None = asked("归还时间", "Returned at", default=None)


class Mending(Carried):
    """涉密设备维修登记; who repairs it, under whose eyes, and what came back."""

    repairer_designated: bool | None = asked("保密部门指定", "Designated", default=None)
    repairer_qualified: bool | None = asked("有保密资质", "Qualified", default=None)
    technician_on_site: bool | None = asked("技术人员现场监督", "Supervised on site", default=None)
    technician_id: UUID | None = referring("监督的技术人员", "Technician", PERSON, default=None)
    old_media_returned: bool | None = asked("收回废旧介质", "Old media back", default=None)


class DestroyedBy(Choice):
    """销毁方式; how a carrier is destroyed."""

    CRUSHED = "crushed", "粉碎机碾碎: crushed."
    MELTED = "melted", "焚化熔化: melted down."
    HANDED_OVER = "handed_over", "交保密部门处理: handed to the secrecy department."


class Destruction(Carried):
    """销毁和注销登记; how a carrier was destroyed, when, and by which two people."""

    destroyed_by: DestroyedBy | None = asked("销毁方式", "How", default=None)
    designated_place: bool | None = asked("在指定地点", "At the designated place", default=None)
    destroyer_id: UUID | None = referring("销毁人", "Who destroyed it", PERSON, default=None)
    witness_id: UUID | None = referring("监销人", "Who saw it done", PERSON, default=None)
    destroyed_at: datetime | None = asked("销毁时间", "Destroyed at", default=None)


def _filled(record: type[Any]) -> Any:
    """The carrier as the approved request states it."""
    return lambda form, _: record(
        explanation=form.explanation,
        medium=form.medium and CarrierMedium(form.medium.value),
        secrecy=form.secrecy and CarrierGrade(form.secrecy.value),
    )


def _by_two(turn: Turn[Destruction]) -> bool:
    return turn.after.destroyer_id != turn.after.witness_id


TWO = Rule("SAME_PERSON", ("witness_id",), _by_two)
KEPT = Entry(Carried, kept=True)
ACTIVATION = CaseKind(
    "classified.activation",
    Label("外存储器启用", "Storage put to use"),
    table=case_table("classified_activations", Activation),
    record=Activation,
    entry=KEPT,
    chain=("storage.activation",),
    stages={
        "check": remarked(Activation)(),
        "scan": remarked(Activation)(),
        "activate": remarked(Activation)(moments=("activated_at",)),
    },
)
LOAN = CaseKind(
    "classified.loan",
    Label("涉密载体外借", "Loan of a carrier"),
    table=case_table("classified_loans", Loan),
    record=Loan,
    begins_with=(Begins("classified.lend", _filled(Loan), lambda _: ("classified.lend",)),),
    stages={
        "register": remarked(Loan)(),
        "copy": remarked(Loan)("disk_number", may=("no_copy_mark",)),
        "lend": remarked(Loan)(moments=("lent_at",)),
        "return": remarked(Loan)(moments=("returned_at",)),
        "clear": remarked(Loan)(),
        "scan": remarked(Loan)(),
    },
)
MENDING = CaseKind(
    "classified.mending",
    Label("涉密设备维修", "Repair of classified equipment"),
    table=case_table("classified_mendings", Mending),
    record=Mending,
    entry=KEPT,
    chain=("classified.repair",),
    stages={
        "send": remarked(Mending)("repairer_designated", may=("repairer_qualified",)),
        "repair": remarked(Mending)("technician_on_site", may=("technician_id",)),
        "take_back": remarked(Mending)("old_media_returned"),
    },
)
DESTROYED = {
    "clear": remarked(Destruction)(),
    "scrap": remarked(Destruction)(),
    "return_to_office": remarked(Destruction)(),
    "take": remarked(Destruction)("destroyer_id"),
    "destroy": remarked(Destruction)(
        *("destroyed_by", "designated_place", "witness_id", "destroyed_at"),
        may=("destroyer_id",),
        rules=(Rule("NOT_YET_HAPPENED", ("destroyed_at",), not_ahead("destroyed_at")), TWO),
    ),
}
DESTRUCTION = CaseKind(
    "classified.destruction",
    Label("涉密载体销毁", "Destruction of a carrier"),
    table=case_table("classified_destructions", Destruction),
    record=Destruction,
    begins_with=(
        Begins("classified.destroy", _filled(Destruction), lambda _: ("classified.scrap",)),
    ),
    stages=DESTROYED,
)
HANDED_BACK = CaseKind(
    "classified.hand_back",
    Label("密件交回销毁", "Papers handed back to be destroyed"),
    table=case_table("classified_hand_backs", Destruction),
    record=Destruction,
    entry=KEPT,
    chain=("classified.destroy",),
    stages=DESTROYED,
)
CASES = (ACTIVATION, LOAN, MENDING, DESTRUCTION, HANDED_BACK)
