"""Requests told by the database as JSON text: what is worded is marked there, and put in after.

Ids, moments and texts are the database's. What follows from codes, rules or seats stands in the
text as a mark of what it follows from: the same mark shows the same, and is written once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import orjson

from domain.approval.request import Decision
from domain.office.organisation import Seat
from domain.rules.rows import ACTS
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.listing import UNREADABLE
from resolvers.ground.viewers import Epochs
from resolvers.requests.oversight import IN_SIGHT, MAY_SEE
from resolvers.requests.pinned import rules_for
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.request_rows import STATUSES, STEP_STATUSES
from resolvers.requests.step_rows import seats_of
from resolvers.rules.rulebooks import LivingRulebook

MARK, PART, ITEM = "\x01", "\x02", "\x03"
"""What encloses a mark, parts its parts, and what is listed in one: JSON text holds none of them."""
WORDS_KEPT, INSTITUTIONS_KEPT = 500, 8
Words = dict[str, str]


class Untold(Exception):
    """Something is not as expected: the ordinary way shows it, to the last null."""


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
    said = year.format(year.format(f"r.summary_{language}", "cast(:year as text) || '年'"), "' ' || :year")
    return f"""case when r.status = 'draft' or r.summary_{language} is null then {UNTOLD}
      else cast(to_json(replace({said}, chr(30), '')) as text) end"""


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
    **{
        name: f"case when t.{column} is null then 'null' else {identity('Step', 'r.id', f't.{column}')} end"
        for name, column in (("addedTo", "added_to"), ("repeats", "repeats"), ("confirms", "confirms"))
    },
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


def one_of(told: str, lines: int) -> Statement:
    """One request that the viewer may see, and so many lines of its history, where they are told."""
    past = f"""(
      select coalesce(json_agg(row_to_json(h)), '[]') from (
        select l.seq, l.at, l.event, {ledger.READ} from ledger l
        where l.institution_id = :institution and r.institution_id = :institution
          and l.request = cast(r.id as text)
        order by l.seq limit {lines}) h) as past,""" if lines else ""
    return statement(f"""
      select {past} {told} as told, r.id, r.institution_id, r.kind, r.applicant_id,
        r.rulebook_version, cast(null as uuid) as step_id
      from requests r where r.institution_id = {IN_SIGHT} and r.id = :id and {MAY_SEE}""")


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None


def _listed(said: str) -> list[str]:
    return said.split(ITEM) if said else []


def _ids(said: str) -> list[UUID]:
    return [UUID(each) for each in _listed(said)]


def _text(said: str) -> Any:
    return orjson.loads(said) if said else None


READ: Mapping[str, Callable[[str], Any]] = {
    "kind": lambda said: PROCEDURES[said].kind,
    "status": STATUSES.__getitem__,
    "role": str,
    "act": lambda said: ACTS[ACTS.index(said)],
    "step_status": STEP_STATUSES.__getitem__,
    "decision": lambda said: Decision(said) if said else None,
    **dict.fromkeys(("clauses", "alternatives", "institutions"), _listed),
    **dict.fromkeys(("decided_by", "decided_in", "unit_id"), _id),
    **dict.fromkeys(("seats", "everybody"), _ids),
    **dict.fromkeys(("decided_by_name", "unit_name"), _text),
}


@dataclass(frozen=True)
class Around:
    """What a mark is written by, besides what it says itself."""

    living: LivingRulebook
    seats: Mapping[UUID, Seat]
    language: str


@dataclass(frozen=True)
class Run:
    """Fields of an object that stand side by side: what they follow from, and how it is written."""

    columns: tuple[str, ...]
    write: Callable[[SimpleNamespace, Around], str]


@dataclass(frozen=True)
class Said:
    """What a mark says."""

    run: Run
    institution: str
    version: int
    values: SimpleNamespace

    @property
    def seats(self) -> set[UUID]:
        said = vars(self.values)
        own = said.get("decided_in")
        return {*said.get("seats", ()), *said.get("everybody", ()), *([own] if own else ())}


@dataclass(eq=False)
class Telling:
    """How a selection is told: its objects as expressions, and the runs that its marks name."""

    columns: tuple[str, ...]
    runs: Sequence[Run]
    kept: dict[str, tuple[Epochs, Words]] = field(default_factory=dict)

    async def filled(self, context: Context, text: str, more: Words | None = None) -> str:
        """A text with everything put in that is marked in it.

        Raises:
            Untold: something in it is not as expected.

        """
        parts, here = text.split(MARK), context.viewer.institution
        known = self._known(here, context.viewer.epochs)
        marks = parts[1::2]
        words = {**known, **more} if more else known
        if missing := set(marks) - words.keys():
            try:
                said = {each: self._read(each) for each in missing}
                written = await _written(context, said)
            except UNREADABLE as error:
                raise Untold from error
            # Of other offices it is not told here when they change.
            known.update((each, written[each]) for each in said if said[each].institution == here)
            words = {**words, **written}
        parts[1::2] = map(words.__getitem__, marks)
        return "".join(parts)

    def _known(self, institution: str, epochs: Epochs) -> Words:
        """What was put in while the office was as it is."""
        kept = self.kept.get(institution)
        if kept is None or kept[0] != epochs or len(kept[1]) > WORDS_KEPT:
            if len(self.kept) >= INSTITUTIONS_KEPT:
                self.kept.clear()
            kept = self.kept[institution] = epochs, {}
        return kept[1]

    def _read(self, mark: str) -> Said:
        number, institution, version, *told = mark.split(PART)
        run = self.runs[int(number)]
        values = {name: READ[name](each) for name, each in zip(run.columns, told, strict=True)}
        return Said(run, institution, int(version), SimpleNamespace(**values))


async def _written(context: Context, said: Mapping[str, Said]) -> Words:
    rules = {(each.institution, each.version) for each in said.values()}
    living = {each: await rules_for(context, *each) for each in rules}
    ids = {seat for each in said.values() for seat in each.seats}
    beside = (each for of in said.values() for each in getattr(of.values, "institutions", ()))
    seats = await seats_of(context, context.transaction, set(beside), ids) if ids else {}
    return {
        each: of.run.write(
            of.values, Around(living[of.institution, of.version], seats, context.language)
        )
        for each, of in said.items()
    }
