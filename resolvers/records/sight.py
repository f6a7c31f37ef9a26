"""Who may see a record: who may do another act on it, whom it names, and who sees it by a line.

Lists ask it in SQL, of the record's own columns; a record in hand is asked as any other act is. A
line of `*` lets everybody act and shows nobody what others did: an open register says so by `see`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Table, Text

from domain.conditions.sql import Bound, Column, Said, all_of, any_of, compiled, none_of, written
from domain.rules.acts import facts_of, stages_of, stated
from domain.rules.rows import ALLOW, ANY, DENY, RuleRow
from domain.vocabulary import STAGE, Act, FactType, LivingObject, Vocabulary
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.records.acts import asked, judged, rows_of, seats_of, speaking
from resolvers.records.roster_rows import posts_borne
from resolvers.records.verdicts import Acting, Verdict
from resolvers.rules.rulebooks import LivingRulebook

SEEN = "{seen}"
"""Where a statement's text asks whether the viewer may see the row."""


@dataclass(frozen=True)
class Record:
    """Where the rows of an object tell what its lines look at.

    `named` are columns with people who see the record beside those who bear a role in it, and
    `also` is SQL of who else stands in it; `unit` is the SQL of its unit, `among` of what tells its
    rows from others in the table. A loan may name the `kind` of request that they came from.
    """

    thing: str
    table: Table
    alias: str
    named: tuple[str, ...] = ()
    also: str = ""
    unit: str = ""
    among: str = ""
    kind: str = ""

    def columns(self, vocabulary: Vocabulary) -> dict[str, Column]:
        """Each fact of the object that is a column."""
        facts, columns = vocabulary.facts, self.table.columns
        return {
            name: Column(
                f"{self.alias}.{columns[name].name}",
                facts[name].type if name in facts else of_column(columns[name]),
            )
            for name in vocabulary.objects[self.thing].facts
            if name in facts or name in columns
        }

    def names(self, column: str) -> str:
        of = f"{self.alias}.{self.table.c[column].name}"
        return f"({of} is not null and {of} = :person)"


def of_column(column: Any) -> FactType:
    """What a column of the object's own says: words, yes or no, or numbers."""
    if isinstance(column.type, Boolean):
        return FactType.BOOL
    return FactType.ENUM if isinstance(column.type, Text) else FactType.DECIMAL


@dataclass(frozen=True)
class Sight:
    """Which rows a viewer may see, and the values to ask it with."""

    said: Said
    values: Mapping[str, Any]

    def within(self, text: str) -> Statement:
        """A statement that asks it where its text says so."""
        return _within(text, written(self.said))


@lru_cache(maxsize=1024)
def _within(text: str, said: str) -> Statement:
    return statement(text.replace(SEEN, said))


async def sight_of(context: Context, *records: Record) -> Sight:
    """What the viewer may see of these."""
    living = await context.rulebook()
    seats = [await _seats(context, each) for each in records]
    of = tuple(zip(records, seats, strict=True))

    def any_way() -> Sight:
        bound = Bound()
        said = [all_of([each.among or True, sight(living, each, s, bound)]) for each, s in of]
        return Sight(any_of(said), bound.values)

    found = living.once("sight", of, any_way)
    return replace(found, values={**found.values, "person": context.viewer.person.id})


async def _seats(context: Context, record: Record) -> tuple[Acting, ...]:
    """The viewer's seats for a record, and the posts that a settled roster gives them just now."""
    me, home = context.viewer.person.id, context.viewer.institution
    posts = await posts_borne(context, record.thing, context.now)
    borne = (Acting(me, each, me, institution=home) for each in posts)
    return (*await seats_of(context, record.thing, {}, kind=record.kind), *borne)


async def rows_seen(context: Context, record: Record, text: str, **values: Any) -> list[Any]:
    """The rows of a statement that the viewer may see, of their own institution."""
    found = await sight_of(context, record)
    return await context.rows(found.within(text), **{**found.values, **values})


async def tells_secrets(context: Context, record: Record, row: Mapping[str, Any]) -> bool:
    """Whether the viewer is told what is secret of a row in a list: a loan has to name the object.

    Of a row of no unit; the others are asked where they are read.
    """
    living = await context.rulebook()
    seats = await seats_of(context, record.thing, {}, kind=record.kind)
    if all(seat.tells_secrets for seat in seats):
        return True
    told, me = [seat for seat in seats if seat.tells_secrets], context.viewer.person.id
    of = living.vocabulary.objects[record.thing]
    borne = {role for role, column in of.bears.items() if row[column] == me}
    named = any(row[column] == me for column in record.named)
    return seen(living, record.thing, row, told, borne, named=named).allowed


def sight(living: LivingRulebook, record: Record, seats: Sequence[Acting], bound: Bound) -> Said:
    """Which rows of an object may be seen in these seats, as SQL; `:person` is who asks.

    Whoever may read an object of which nobody is said to `see` it sees all of it.
    """
    asked_of = Asked(living, record, tuple(seats), bound)
    of = living.vocabulary.objects[record.thing]
    if Act.SEE not in of.acts:
        return True
    ways = [asked_of.allowed(Act.SEE, {}), record.also or False]
    ways += map(record.names, (*record.named, *of.bears.values()))
    for act in of.acts:
        if act != Act.SEE:
            ways += [asked_of.does(act, stage) for stage in stages(living, of, act)]
    return all_of([any_of(ways), none_of([asked_of.denied(Act.SEE, {})])])


def stages(living: LivingRulebook, of: LivingObject, act: Act) -> tuple[Mapping[str, str], ...]:
    """What is to be said of the stage for an act: each that there is, or nothing."""
    if act != Act.TAKE or STAGE not in of.facts:
        return ({},)
    paths = ((each.id, each.event, each.label) for each in living.shapes.paths)
    known = facts_of(of, living.vocabulary, stages_of(of, paths))
    return tuple({STAGE: each} for each in known[STAGE].values or ())


@dataclass(frozen=True)
class Asked:
    """The lines of an object, asked with some seats of each of its rows."""

    living: LivingRulebook
    record: Record
    seats: tuple[Acting, ...]
    bound: Bound

    def does(self, act: Act, stage: Mapping[str, str]) -> Said:
        """Whether it may be done by a line that does not speak of everybody."""
        named = self._lines(act, ALLOW, stage, every=False)
        return all_of([any_of(named), none_of([self.denied(act, stage)])])

    def allowed(self, act: Act, stage: Mapping[str, str]) -> Said:
        """What Casbin's effect says: an allow holds and no deny."""
        allows = any_of(self._lines(act, ALLOW, stage))
        return all_of([allows, none_of([self.denied(act, stage)])])

    def denied(self, act: Act, stage: Mapping[str, str]) -> Said:
        return any_of(self._lines(act, DENY, stage))

    def _lines(
        self, act: Act, effect: str, stage: Mapping[str, str], *, every: bool = True
    ) -> list[Said]:
        words = self.living.vocabulary
        fixed = stated(words.objects[self.record.thing], words, dict(stage))
        columns = self.record.columns(words)
        return [
            all_of([self._whose(row), compiled(row.when, columns, fixed, self.bound)])
            for row in rows_of(self.living, self.record.thing, act)
            if row.effect == effect and (every or row.role != ANY)
        ]

    def _whose(self, row: RuleRow) -> Said:
        """Whether the viewer acts in the line's role: in a seat that serves, or as who is named."""
        bears = self.living.vocabulary.objects[self.record.thing].bears
        holds = self.living.authority.holds_seat
        borne = [
            self.record.names(column)
            for role, column in bears.items()
            if holds(frozenset({role}), row.role)
        ]
        home = self.living.rulebook.institution
        if row.role == ANY:
            # a seat of another institution that serves the record counts as well
            held: list[Said] = [any(seat.institution == home for seat in self.seats)]
            serving = self.seats
        else:
            held = []
            serving = tuple(
                seat
                for seat in self.seats
                if seat.role not in bears and holds(frozenset({seat.role}), row.role)
            )
        return any_of([*held, *borne, self._serves(serving, home)])

    def _serves(self, seats: Sequence[Acting], home: str) -> Said:
        """Whether one of these seats stands at the record's unit or above it."""
        at_home = any(seat.institution == home for seat in seats)
        if not self.record.unit or not seats:
            return at_home
        unit, served = self.record.unit, sorted({unit for seat in seats for unit in seat.serves})
        units = f"{unit} = any({self.bound(served, 'uuid[]')})"
        return f"({unit} is null or {units})" if at_home else f"({unit} is not null and {units})"


def seen(
    living: LivingRulebook,
    thing: str,
    facts: Mapping[str, Any],
    seats: Sequence[Acting],
    borne: Collection[str] = (),
    *,
    unit: UUID | None = None,
    named: bool = False,
) -> Verdict:
    """Whether a record in hand may be seen, and by which line; `named` in it, by none."""
    of, home = living.vocabulary.objects[thing], living.rulebook.institution
    known = stated(of, living.vocabulary, facts)

    def found() -> Verdict:
        verdict = judged(living, thing, Act.SEE, known, seats, borne, unit=unit)
        roles = frozenset(role for role, _ in asked(seats, borne, of.bears, home, unit))
        holds = living.authority.holds_seat
        denied = roles and any(
            row.effect == DENY and holds(roles, row.role)
            for row in speaking(living, thing, Act.SEE, known)
        )
        if verdict.allowed or denied:
            return verdict
        for act in of.acts:
            for stage in stages(living, of, act) if act != Act.SEE else ():
                there = {**known, **stage}
                does = judged(living, thing, act, there, seats, borne, unit=unit)
                for row in speaking(living, thing, act, there) if does.allowed else ():
                    if row.effect == ALLOW and row.role != ANY and holds(roles, row.role):
                        return replace(does, row=row, whose=verdict.whose)
        stands = next(iter(sorted(borne)), "")
        return Verdict(True, None, stands, None, verdict.whose) if named or borne else verdict

    key = thing, tuple(known.items()), tuple(seats), frozenset(borne), unit, named
    return living.once("seen", key, found)
