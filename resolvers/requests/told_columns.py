"""Requests as JSON text that the database tells: its expressions, and the marks in it."""

from collections.abc import Iterable, Mapping

from resolvers.ground import ledger
from resolvers.requests.oversight import IN_SIGHT, MAY_SEE

MARK, PART, ITEM, PAIR = "\x01", "\x02", "\x03", "\x04"
"""What encloses a mark and parts what it says, down to pairs in a list: JSON text holds none."""


def literal(said: str) -> str:
    """A text that stands in a statement."""
    return "'" + said.replace("'", "''").replace(":", "\\:") + "'"


def concat(*parts: str) -> str:
    return f"concat({', '.join(parts)})"


def mark(run: int, parts: Iterable[str]) -> str:
    """What the run of this number puts in, by these parts."""
    return concat("chr(1)", literal(str(run)), *(f"chr(2), {each}" for each in parts), "chr(1)")


def identity(of: str, *keys: str) -> str:
    """A global id; base64 is broken into lines here."""
    key = " || ':' || ".join((literal(of), *keys)).replace("':'", literal(":"))
    return f"'\"' || translate(encode(convert_to({key}, 'UTF8'), 'base64'), chr(10), '') || '\"'"


def plain(column: str) -> str:
    """A text, a number or a truth."""
    return f"coalesce(cast(to_json({column}) as text), 'null')"


def moment(column: str) -> str:
    """A moment as the API writes it: in office time, with microseconds where there are any."""
    form, offset = literal('YYYY-MM-DD"T"HH24:MI:SS.US'), literal('+08:00"')
    said = f"to_char({column} at time zone interval '8 hours', {form})"
    return f"""coalesce('"' || replace({said}, '.000000', '') || {offset}, 'null')"""


def items(column: str) -> str:
    return f"array_to_string({column}, chr(3))"


UNTOLD = "concat(chr(1), chr(1))"
"""A mark that says nothing."""


def summary(language: str) -> str:
    """A line whose year goes without saying while it lasts, as `domain.time.wording` marks it."""
    year = "replace({}, chr(30) || {} || chr(30), '')"
    said = year.format(
        year.format(f"r.summary_{language}", "cast(:year as text) || '年'"), "' ' || :year"
    )
    return f"""case when r.status = 'draft' or r.summary_{language} is null then {UNTOLD}
      else cast(to_json(replace({said}, chr(30), '')) as text) end"""


def other(column: str) -> str:
    """Another step of the same request."""
    told = identity("Step", "r.id", f"t.{column}")
    return f"case when t.{column} is null then 'null' else {told} end"


REQUEST: Mapping[str, str] = {
    "id": identity("Request", "r.id"),
    "number": plain("r.number"),
    "version": plain("r.version"),
    "unit": plain("r.unit_name"),
    "submittedAt": moment("r.submitted_at"),
    "completedAt": moment("r.completed_at"),
    "provisional": plain("r.provisional"),
}
APPLICANT: Mapping[str, str] = {
    "id": identity("Person", "r.applicant_id"),
    "name": plain("r.applicant_name"),
    "account": plain("r.applicant_account"),
    "seats": "'[]'",
}
DUE = """
  case when t.status = 'open' then least(t.due_at, (
    select min(c.due_at) from clocks c
    where (c.institution_id, c.request_id) = (t.institution_id, t.request_id)
      and c.state = 'running')) else t.due_at end"""
STEP: Mapping[str, str] = {
    "id": identity("Step", "r.id", "t.id"),
    "decidedAt": moment("t.decided_at"),
    "comment": plain("t.comment"),
    "waitingSince": moment("case when t.status = 'open' then t.opened_at end"),
    "dueAt": moment(DUE),
    "addedTo": other("added_to"),
    "repeats": other("repeats"),
    "confirms": other("confirms"),
}

SEATED = "case when t.status = 'open' or t.decided_in is not null then {} end"
COLUMNS: Mapping[str, str] = {
    **{name: f"r.{name}" for name in ("kind", "status")},
    **{name: f"t.{name}" for name in ("role", "act", "decision", "decided_by", "decided_in")},
    "step_status": "t.status",
    **{name: items(f"t.{name}") for name in ("clauses", "alternatives")},
    "seats": f"case when t.status = 'open' then {items('t.seats')} end",
    "institutions": items("t.step_institutions"),
    "decided_by_name": "to_json(t.decided_by_name)",
    "everybody": "case when t.decided_by is not null then t.everybody end",
    "skipped": "t.skipped",
    "particulars": "case when t.particulars <> '{}' then t.particulars end",
    "taken": """(
      select string_agg(distinct concat(s.status, chr(4), s.decision), chr(3)) from steps s
      where (s.institution_id, s.request_id, s.round) = (r.institution_id, r.id, r.round))""",
    "unit_id": SEATED.format("r.unit_id"),
    "unit_name": SEATED.format("to_json(r.unit_name)"),
}
"""What a mark may say, of a request `r` or a step `t`."""

STEPS = """(
  select coalesce(string_agg({step}, ',' order by t.place, t.position), '') from {table} t
  where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round))"""
WITH_EVERYBODY = f"""(
    select s.*, string_agg({items("s.seats")}, chr(3)) over () as everybody from steps s
    where (s.institution_id, s.request_id, s.round) = (r.institution_id, r.id, r.round))"""


def steps_of(step: str) -> str:
    """The steps of the present round, each told so, in the order of their places."""
    table = WITH_EVERYBODY if "t.everybody" in step else "steps"
    return concat("'['", STEPS.format(step=step, table=table), "']'")


HISTORY = "history"
HISTORY_MARK = concat("chr(1)", literal(HISTORY), "chr(1)")


PAST = f"""(
  select coalesce(cast(json_agg(row_to_json(h)) as text), '[]') from (
    select l.seq, l.at, l.event, {ledger.READ} from ledger l
    where l.institution_id = :institution and r.institution_id = :institution
      and l.request = cast(r.id as text)
    order by l.seq limit {{lines}}) h) as past,"""


def one_of(told: str, lines: int) -> str:
    """One request that the viewer may see, and so many lines of its history."""
    past = PAST.format(lines=lines) if lines else ""
    return f"""
      select {past} {told} as told, r.id, r.institution_id, r.kind, r.applicant_id,
        r.rulebook_version, cast(null as uuid) as step_id
      from requests r where r.institution_id = {IN_SIGHT} and r.id = :id and {MAY_SEE}"""
