"""Personnel 人事: who left, whether the formalities are complete, and whom the office honours."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register
from domain.values.choices import Choice


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
REGISTERS = (DEPARTURES, FORMALITIES, HONOURS)
