"""Who may act on what lives beside the requests: Casbin's lines, asked with seats held and borne.

Seats of one's own come first, then what one bears in the record, then seats that are lent.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.approval.engine import Loan
from domain.approval.placement import expanded
from domain.rules.acts import stated
from domain.rules.phrases import ANYBODY, PSEUDO_ROLES
from domain.rules.rows import ALLOW, ANY, DENY, NOBODY, RuleRow
from domain.shapes.verbs import Verb, ruled
from domain.vocabulary import Act, LivingObject
from resolvers.ground.batches import once
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.verdicts import Acting, Verdict
from resolvers.rules.rulebooks import LivingRulebook

SEATS = statement("""
  with recursive below (seat_id, institution_id, unit_id, depth) as (
    select s.id, s.institution_id, s.unit_id, 0
    from seats s where s.id = any(cast(:seats as uuid[]))
    union all
    select b.seat_id, u.institution_id, u.id, b.depth + 1
    from below b
    join units u on (u.parent_institution_id, u.parent_id) = (b.institution_id, b.unit_id)
    where b.depth < 40
  )
  select s.id, s.institution_id, s.role, s.unit_id, array_agg(distinct b.unit_id) as serves
  from seats s join below b on b.seat_id = s.id
  group by s.id, s.institution_id, s.role, s.unit_id""")
"""Seats with the units that they serve: their own and all below it, in other institutions too."""


LENT_KEPT = 4_000


async def seats_of(
    context: Context,
    of: str,
    facts: Mapping[str, Any],
    *,
    kind: str = "",
    after_write: bool = False,
) -> tuple[Acting, ...]:
    """The viewer's own seats, and those lent: for an object, or the kind that its records come of.

    A clause may keep an act with the holder of the seat. `of` alone may be such a kind as well.
    `after_write`: for the answer of a mutation, whose own transaction is over.
    """
    living = await context.rulebook() if context.viewer.borrowed else None
    await read_seats(context, after_write=after_write)
    return seats_at_hand(context, living, of, facts, kind) or ()


async def read_seats(context: Context, *, after_write: bool = False) -> None:
    """Read whom the viewer's seats serve, once for an operation."""
    viewer, known = context.viewer, context.served
    seats = {seat.id for seat in viewer.person.seats} | {each.seat for each in viewer.borrowed}
    if missing := sorted(seats - known.keys()):
        if after_write:
            database = context.services.database
            async with database.transaction(viewer.institution, read_only=True) as reading:
                rows = await reading.rows(SEATS, seats=missing)
        else:
            rows = await context.rows(SEATS, seats=missing)
        known |= dict.fromkeys(missing) | {row["id"]: _acting(row) for row in rows}


def seats_at_hand(
    context: Context, living: LivingRulebook | None, of: str, facts: Mapping[str, Any], kind: str
) -> tuple[Acting, ...] | None:
    """These seats, where the operation has read whom they serve; nothing where it has not."""
    viewer, known = context.viewer, context.served
    own, lent, named = [seat.id for seat in viewer.person.seats], {}, set()
    if viewer.borrowed and living:
        things = [
            thing for code, thing in living.vocabulary.objects.items() if of in (code, *thing.paths)
        ]
        lent = {**viewer.actor(kind or of, facts).lent}
        for thing in things:
            lent |= viewer.actor(thing.code, facts).lent
            named |= {each.seat for each in viewer.borrowed if thing.code in each.lending.objects}
            if kept_with_holder(living, thing, facts):
                lent = {}
    if {*own, *lent} - known.keys():
        return None
    if not lent:
        # One tuple for the operation, so that what is worked out for it is found at once.
        return once(
            context, ("seats", tuple(own)), lambda: tuple(known[key] for key in own if known[key])
        )
    held = (known[key] for key in own)
    taken = ((known[key], loan, key in named) for key, loan in lent.items())
    borrowed = (_lent(seat, loan, own) for seat, loan, own in taken if seat)
    return (*(seat for seat in held if seat), *borrowed)


@lru_cache(LENT_KEPT)
def _lent(seat: Acting, loan: Loan, named: bool) -> Acting:  # it is a key
    return replace(seat, loan=loan, named=named)


def kept_with_holder(living: LivingRulebook, thing: LivingObject, facts: Mapping[str, Any]) -> bool:
    """Whether a clause forbids that acts on an object are done in a lent seat."""
    known = stated(thing, living.vocabulary, facts)
    row = ruled(living.shapes.verbs, Verb.DELEGATION, thing.code, thing.area, known)
    return row is not None and row.denies


def _acting(row: Mapping[str, Any]) -> Acting:
    serves = frozenset(row["serves"])
    return Acting(row["id"], row["role"], row["unit_id"], None, row["institution_id"], serves)


async def may(
    context: Context,
    thing: str,
    act: Act,
    facts: Mapping[str, Any] | None = None,
    bearers: Mapping[str, UUID | None] | None = None,
    *,
    lent_for: str = "",
    unit: UUID | None = None,
) -> Verdict:
    """Whether the viewer may do this by the lines in force; `bearers` stand in the record.

    `lent_for` is the kind of request that the record came from: a loan may name it. Of a record
    that belongs to a `unit`, the seats at that unit and above it are asked.
    """
    living = await context.rulebook()
    seats = await seats_of(context, thing, facts or {}, kind=lent_for)
    me = context.viewer.person.id
    borne = {role for role, who in (bearers or {}).items() if who == me}
    return acted(context, judged(living, thing, act, facts or {}, seats, borne, unit=unit))


def acted(context: Context, verdict: Verdict) -> Verdict:
    """The verdict by which the viewer acts: the ledger names its seat."""
    if verdict.allowed:
        context.transaction.acted = verdict.on_record
    return verdict


def judged(
    living: LivingRulebook,
    thing: str,
    act: Act,
    facts: Mapping[str, Any],
    seats: Sequence[Acting],
    borne: Collection[str] = (),
    *,
    unit: UUID | None = None,
) -> Verdict:
    """What Casbin's effect says: an allow holds and no deny.

    A role that a column of the record bears is whoever stands there, not every holder of its seat.
    A seat that does not serve the record's unit, or is of such a role, is any seat of the office.
    """
    of, authority = living.vocabulary.objects[thing], living.authority
    home = living.rulebook.institution
    known = stated(of, living.vocabulary, facts)

    def verdict() -> Verdict:
        options = asked(seats, borne, of.bears, home, unit)
        rows = speaking(living, thing, act, known)
        allows = [row for row in rows if row.effect == ALLOW]
        whose = tuple(dict.fromkeys(row.role for row in allows if row.role != NOBODY))
        roles = frozenset(role for role, _ in options)
        if roles and authority.may(roles, home, thing, act, known):
            for role, acting in options:
                for row in allows:
                    if authority.holds_seat(frozenset({role}), row.role):
                        named = row.role if row.role != ANY else acting.role if acting else role
                        return Verdict(True, row, named, acting, whose)
        denied = [r for r in rows if r.effect == DENY and authority.holds_seat(roles, r.role)]
        refusing = next(iter((*denied, *rows, *rows_of(living, thing, act))), None)
        return Verdict(False, refusing, whose=whose)

    key = thing, act, tuple(known.items()), tuple(seats), frozenset(borne), unit
    return living.once("judged", key, verdict)


def asked(
    seats: Iterable[Acting],
    borne: Iterable[str],
    bears: Collection[str],
    institution: str,
    unit: UUID | None,
) -> list[tuple[str, Acting | None]]:
    """The roles that count for a record, each with its seat: own ones, borne ones, lent ones."""
    own: list[tuple[str, Acting | None]] = []
    lent: list[tuple[str, Acting | None]] = []
    for seat in seats:
        counts = seat.counts(institution, unit)
        if counts or seat.institution == institution:
            named = counts and seat.role not in bears
            (lent if seat.loan else own).append((seat.role if named else ANY, seat))
    return [*own, *((role, None) for role in sorted(borne)), *lent]


def speaking(
    living: LivingRulebook, thing: str, act: Act, facts: Mapping[str, Any]
) -> tuple[RuleRow, ...]:
    """The lines in force that speak of this very case."""
    known = stated(living.vocabulary.objects[thing], living.vocabulary, facts)
    return tuple(row for row in rows_of(living, thing, act) if row.when.holds(known))


def rows_of(living: LivingRulebook, thing: str, act: Act) -> tuple[RuleRow, ...]:
    """The lines in force that speak of this act on this object."""
    return living.once(
        "acts",
        (thing, act),
        lambda: tuple(r for r in living.acts if r.kind == thing and r.act in (act, ANY)),
    )


def roles_that_may(
    living: LivingRulebook, thing: str, act: Act, facts: Mapping[str, Any] | None = None
) -> frozenset[str]:
    """Every role whose seat alone suffices."""
    known = stated(living.vocabulary.objects[thing], living.vocabulary, facts or {})
    asked = living.rulebook.institution, thing, act, known
    return frozenset(
        code for code in living.vocabulary.roles if living.authority.may(frozenset({code}), *asked)
    )


def named_takers(living: LivingRulebook, *things: str) -> set[str]:
    """Whose the stages of these are, beside who is named in the record itself."""
    roles, objects = living.vocabulary.roles, living.vocabulary.objects
    return {
        each
        for row in living.acts
        if row.kind in things and row.act == Act.TAKE and row.role not in objects[row.kind].bears
        for each in expanded(row.role, roles)
    }


def clauses_of(living: LivingRulebook, register: str, column: str = "") -> tuple[str, ...]:
    """The clauses by which the office keeps a register, or those that demand a column of it."""
    kept = living.once(
        "kept", register, lambda: [each for each in living.registers if each.register == register]
    )
    return tuple(each.clause for each in kept if not column or column in each.columns)


def kept_by(living: LivingRulebook, register: str) -> str | None:
    """The first clause by which the office keeps a register."""
    return next(iter(clauses_of(living, register)), None)


async def taking(context: Context, pinned: LivingRulebook, thing: str) -> LivingRulebook:
    """The version that says whose a stage is: the record's own, where it speaks of that at all."""
    if thing in pinned.once("spoken_of", "", lambda: {row.kind for row in pinned.acts}):
        return pinned
    return await context.rulebook()


def titles(living: LivingRulebook, roles: Sequence[str]) -> dict[str, Any]:
    """What people call these roles, in a line, for a refusal."""

    def told() -> dict[str, Any]:
        known = living.vocabulary.roles
        labels = [known[role].label if role in known else ANYBODY for role in roles]
        labels = labels or [PSEUDO_ROLES[NOBODY]]
        zh, en = dict.fromkeys(each.zh for each in labels), dict.fromkeys(e.en for e in labels)
        return {"zh": "、".join(zh), "en": ", ".join(en)}

    return living.once("titles", tuple(roles), told)
