"""Social supervision 社会监督: who was appointed a supervisor, and since when."""

from dataclasses import dataclass
from datetime import date

from domain.approval.procedure import asked
from domain.records.registers import Entry, Register


@dataclass(frozen=True, kw_only=True)
class Supervisor(Entry):
    """社会监督员聘任登记; somebody of outside, appointed for a term."""

    appointed_on: date = asked("聘任日期", "The day")
    name: str = asked("姓名", "Name", longest=60)
    workplace: str = asked("单位", "Workplace", default="", longest=200)


APPOINTMENTS = Register(
    "supervisors.appointment",
    Supervisor,
    word="SupervisorAppointment",
    day="appointed_on",
)
REGISTERS = (APPOINTMENTS,)
