"""What a clause says against a lent seat: when it is lent, and when a turn is taken in it."""

from collections.abc import Iterable, Mapping

from domain.approval.engine import Actor
from domain.approval.request import Step
from domain.errors import Refused
from domain.rules.rows import DECIDING
from domain.shapes.verbs import Verb, VerbRow, forbidden, ruled
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.requests.rows import RequestView, facts_of
from resolvers.rules.rulebooks import LivingRulebook

BELOW = statement(
    "select institution_id from institution_superiors where superior_id = :institution"
)
"""The institutions whose requests may come to seats of this one."""


def must_be_lendable(view: RequestView, actor: Actor, step: Step) -> None:
    """Refuse a decision in a lent seat where a clause keeps that power with its holder.

    Raises: Refused: NOT_TO_BE_LENT, with the clause.
    """
    seat = actor.seat_for(step, view.request)
    if seat is None or seat in actor.seats or step.act not in DECIDING or view.living is None:
        return
    kind = view.living.vocabulary.kinds[view.request.kind]
    rows = view.living.shapes.verbs
    row = ruled(rows, Verb.DELEGATION, kind.code, kind.area, facts_of(view))
    if row is not None and row.denies:
        raise Refused("NOT_TO_BE_LENT", clause=row.clause, kind=kind.label)


async def not_to_be_lent(context: Context, role: str) -> Mapping[str, VerbRow]:
    """By kind the row that forbids lending a role's power to decide it, whatever the facts."""
    below = await context.rows(BELOW)
    found: dict[str, VerbRow] = {}
    rulebooks = context.services.rulebooks
    living = [await context.rulebook()]
    living += [await rulebooks.load(row["institution_id"], context.today) for row in below]
    for each in living:
        for kind in _kinds_named(each):
            row = forbidden(
                each.shapes.verbs, Verb.DELEGATION, kind, each.vocabulary.kinds[kind].area
            )
            if row is not None and decides(each, role, kind):
                found.setdefault(kind, row)
    return found


def _kinds_named(living: LivingRulebook) -> Iterable[str]:
    if not any(row.verb is Verb.DELEGATION and row.denies for row in living.shapes.verbs):
        return ()
    return living.vocabulary.kinds


def decides(living: LivingRulebook, role: str, kind: str) -> bool:
    """Whether a role decides requests of a kind; one that the rules do not name there may."""
    roles = living.vocabulary.roles
    acts = {
        row.act
        for row in living.rulebook.rows_by_kind.get(kind, ())
        if row.role == role or (row.role in roles and role in roles[row.role].members)
    }
    return not acts or not acts.isdisjoint(DECIDING)
