"""The statements of a register, each derived of its columns."""

from functools import cache

from domain.records.lines import stands
from domain.records.registers import Register
from resolvers.ground.database import Statement, statement
from resolvers.records.sight import SEEN, Record

SIGN = statement(
    """insert into line_signatures
         (institution_id, register, line_id, person_id, person_name, at)
       values (:institution, :register, :line, :person, :name, :at)"""
)


@cache
def record_of(register: Register) -> Record:
    """Where its lines tell who may see them: whoever wrote one, and whom it names, besides."""
    named = ("recorded_by", register.about, register.signed_by)
    return Record(register.name, register.table, "t", named=tuple(filter(None, named)))


@cache
def insertion(register: Register) -> Statement:
    names = ", ".join(column.name for column in register.table.columns)
    return statement(
        f"insert into {register.lines} ({names})"
        f" select {names} from jsonb_populate_record(cast(null as {register.lines}), :row)"
    )


OPEN = """not t.void and not exists (select from {of} later
  where later.institution_id = t.institution_id and later.corrects = t.id)"""
"""Neither corrected nor struck out, whether signed for or not."""


def _selected(register: Register) -> str:
    return (
        f"select t.*, {stands(register.table, 't')} as stands,"
        f" {OPEN.format(of=register.lines)} as open"
        f" from {register.lines} t where t.institution_id = :institution and {SEEN}"
    )


@cache
def one(register: Register) -> str:
    """A line that the viewer may see."""
    return f"{_selected(register)} and t.id = :id"


@cache
def the_same(register: Register) -> Statement:
    """A line for the same as another, the one that it corrects left out; unsigned ones as well."""
    same = " and ".join(f"t.{name} = :{name}" for name in register.once)
    return statement(
        f"""select t.id from {register.lines} t
            where t.institution_id = :institution and {same} and {OPEN.format(of=register.lines)}
              and (cast(:but as uuid) is null or t.id <> :but) limit 1"""
    )


@cache
def page(register: Register, narrowed: frozenset[str]) -> str:
    """What of it the viewer may see by the day, the newest first; one for each way to narrow it."""
    day = f"t.{register.day}"
    conditions = {
        "since": f"{day} >= :since",
        "until": f"{day} < :until",
        "after": f"({day}, t.id) < (:after_day, :after_id)",
    }
    where = "".join(f" and ({conditions[each]})" for each in sorted(narrowed))
    return f"{_selected(register)}{where} order by {day} desc, t.id desc limit :size"
