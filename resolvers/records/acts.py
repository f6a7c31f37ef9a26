"""Who may act on what lives beside the requests: Casbin's lines, asked with seats held and borne.

Seats of one's own come first, then what one bears in the record, then seats that are lent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.approval.engine import Loan
from domain.approval.placement import expanded
from domain.rules.acts import stated
from domain.rules.phrases import ANYBODY, PSEUDO_ROLES
from domain.rules.rows import ALLOW, ANY, DENY, NOBODY, RuleRow
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.rules.rulebooks import LivingRulebook

LENT = statement(
    """select s.id, s.role, s.unit_id from seats s
       where s.institution_id = :institution and s.id = any(cast(:seats as uuid[]))"""
)


@dataclass(frozen=True)
class Acting:
    """A seat that the viewer acts in, own or lent."""

    seat: UUID
    role: str
    unit: UUID
    loan: Loan | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, by which line, in which role and seat, and whose it is.

    Without a seat the role is borne in the record itself.
    """

    allowed: bool
    row: RuleRow | None = None
    role: str = ""
    acting: Acting | None = None
    whose: tuple[str, ...] = ()

    @property
    def clause(self) -> str | None:
        return self.row.clause if self.row else None

    @property
    def loan(self) -> Loan | None:
        return self.acting.loan if self.acting else None

    @property
    def on_record(self) -> dict[str, Any]:
        """How the ledger names the seat."""
        if self.acting is None:
            return {"role": self.role}
        loan = self.acting.loan
        lent = {"delegation": loan.delegation, "lender_name": loan.lender_name} if loan else {}
        return {"role": self.role, "seat": self.acting.seat, **lent}


async def seats_of(context: Context, of: str, facts: Mapping[str, Any]) -> tuple[Acting, ...]:
    """The viewer's own seats, and those lent for this kind or object."""
    viewer = context.viewer
    own = tuple(Acting(seat.id, seat.role, seat.unit_id) for seat in viewer.person.seats)
    lent = viewer.actor(of, facts).lent
    if not lent:
        return own
    rows = await context.transaction.rows(LENT, institution=viewer.institution, seats=sorted(lent))
    return own + tuple(Acting(r["id"], r["role"], r["unit_id"], lent[r["id"]]) for r in rows)


async def may(
    context: Context,
    thing: str,
    act: Act,
    facts: Mapping[str, Any] | None = None,
    bearers: Mapping[str, UUID | None] | None = None,
    *,
    lent_for: str = "",
) -> Verdict:
    """Whether the viewer may do this by the lines in force; `bearers` stand in the record.

    `lent_for` is the kind of request that the record came from: a loan may name it.
    """
    living = await context.rulebook(context.viewer.institution)
    seats = await seats_of(context, lent_for or thing, facts or {})
    me = context.viewer.person.id
    borne = {role for role, who in (bearers or {}).items() if who == me}
    return judged(living, thing, act, facts or {}, seats, borne)


def judged(
    living: LivingRulebook,
    thing: str,
    act: Act,
    facts: Mapping[str, Any],
    seats: Sequence[Acting],
    borne: Collection[str] = (),
) -> Verdict:
    """What Casbin's effect says: an allow holds and no deny.

    A role that a column of the record bears is whoever stands there, not every holder of its seat.
    """
    of, authority = living.vocabulary.objects[thing], living.authority
    known = stated(of, living.vocabulary, facts)
    options: list[tuple[str, Acting | None]] = [
        *((seat.role, seat) for seat in seats if not seat.loan),
        *((role, None) for role in sorted(borne)),
        *((seat.role, seat) for seat in seats if seat.loan),
    ]
    options = [each for each in options if each[1] is None or each[0] not in of.bears]
    rows = speaking(living, thing, act, facts)
    whose = tuple(
        dict.fromkeys(row.role for row in rows if row.effect == ALLOW and row.role != NOBODY)
    )
    roles = frozenset(role for role, _ in options)
    if roles and authority.may(roles, living.rulebook.institution, thing, act, known):
        for role, acting in options:
            for row in rows:
                if row.effect == ALLOW and authority.holds_seat(frozenset({role}), row.role):
                    return Verdict(True, row, row.role if row.role != ANY else role, acting, whose)
    denied = [r for r in rows if r.effect == DENY and authority.holds_seat(roles, r.role)]
    refusing = next(iter((*denied, *rows, *rows_of(living, thing, act))), None)
    return Verdict(False, refusing, whose=whose)


def speaking(
    living: LivingRulebook, thing: str, act: Act, facts: Mapping[str, Any]
) -> tuple[RuleRow, ...]:
    """The lines in force that speak of this very case."""
    known = stated(living.vocabulary.objects[thing], living.vocabulary, facts)
    return tuple(row for row in rows_of(living, thing, act) if row.when.holds(known))


def rows_of(living: LivingRulebook, thing: str, act: Act) -> tuple[RuleRow, ...]:
    """The lines in force that speak of this act on this object."""
    index = living.kept.get("acts")
    if index is None:
        index = living.kept["acts"] = {}
    key = thing, act
    if key not in index:
        index[key] = tuple(r for r in living.acts if r.kind == thing and r.act in (act, ANY))
    return index[key]  # type: ignore[no-any-return]


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
    return tuple(
        each.clause
        for each in living.registers
        if each.register == register and (not column or column in each.columns)
    )


async def taking(context: Context, pinned: LivingRulebook, thing: str) -> LivingRulebook:
    """The version that says whose a stage is: the record's own, where it speaks of that at all."""
    if any(row.kind == thing for row in pinned.acts):
        return pinned
    return await context.rulebook(context.viewer.institution)


def titles(living: LivingRulebook, roles: Sequence[str]) -> dict[str, Any]:
    """What people call these roles, in a line, for a refusal."""
    known = living.vocabulary.roles
    labels = [known[role].label if role in known else ANYBODY for role in roles]
    labels = labels or [PSEUDO_ROLES[NOBODY]]
    zh, en = dict.fromkeys(each.zh for each in labels), dict.fromkeys(e.en for e in labels)
    return {"zh": "、".join(zh), "en": ", ".join(en)}


async def actions(
    context: Context,
    thing: str,
    facts: Mapping[str, Any] | None = None,
    borne: Collection[str] = (),
    stages: Sequence[str] = (),
    *,
    lent_for: str = "",
) -> list[tuple[Act, str, Verdict]]:
    """Each act that fits an object, as the lines in force judge it for the viewer."""
    living = await context.rulebook(context.viewer.institution)
    seats = await seats_of(context, lent_for or thing, facts or {})
    of, known = living.vocabulary.objects[thing], dict(facts or {})
    found = []
    for act in of.acts:
        for stage in stages if act is Act.TAKE and STAGE in of.facts else ("",):
            stated_so = {**known, STAGE: stage} if stage else known
            found.append((act, stage, judged(living, thing, act, stated_so, seats, borne)))
    return found
