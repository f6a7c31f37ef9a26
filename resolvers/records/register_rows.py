"""The statements of a register, each derived of its columns."""

from functools import cache

from domain.records.lines import is_open, stands
from domain.records.registers import Register
from resolvers.ground.database import Statement, statement
from resolvers.records.pages import Listing
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


def _selected(register: Register) -> str:
    return (
        f"select t.*, {stands(register.table, 't')} as stands,"
        f" {is_open(register.table, 't')} as open"
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
            where t.institution_id = :institution and {same} and {is_open(register.table, "t")}
              and (cast(:but as uuid) is null or t.id <> :but) limit 1"""
    )


@cache
def listing(register: Register) -> Listing:
    """What of it the viewer may see by the day, the newest first."""
    day = f"t.{register.day}"
    order = {register.day: day, "id": "t.id"}
    narrowed = {"since": f"{day} >= :since", "until": f"{day} < :until"}
    return Listing(register.lines, _selected(register), order, narrowed, down=True)
