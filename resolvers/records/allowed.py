"""Acts that are the viewer's: by which line, or refused in the office's words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.rules.rows import ALLOW, DENY, NOBODY
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.records.acts import clauses_of, judged, may, rows_of, seats_of, titles
from resolvers.records.sight import seen
from resolvers.records.verdicts import Acting, Verdict
from resolvers.rules.rulebooks import LivingRulebook


async def must(
    context: Context,
    code: str,
    thing: str,
    act: Act,
    facts: Mapping[str, Any] | None = None,
    bearers: Mapping[str, UUID | None] | None = None,
) -> Verdict:
    """By which line the viewer does this.

    Raises: Refused: with this code, the clause that says so and what people call the object.
    """
    verdict = await may(context, thing, act, facts, bearers)
    if not verdict.allowed:
        raise refusal(context, code, thing, verdict)
    return verdict


async def must_be_theirs(
    context: Context,
    thing: str,
    act: Act,
    facts: Mapping[str, Any] | None = None,
    *,
    lent_for: str = "",
) -> None:
    """Raises: Refused: it is another's to do; the refusal says whose."""
    verdict = await may(context, thing, act, facts, lent_for=lent_for)
    if not verdict.allowed:
        told = titles(await context.rulebook(), verdict.whose)
        raise Refused("NOT_YOURS_TO_DO", clause=verdict.clause, **told)


def refusal(context: Context, code: str, thing: str, verdict: Verdict) -> Refused:
    label = context.services.vocabulary.objects[thing].label
    return Refused(code, clause=verdict.clause, **label.both)


async def may_one(context: Context, thing: str, acts: Iterable[Act]) -> bool:
    """Whether one of these acts is the viewer's."""
    verdicts = [await may(context, thing, act) for act in acts]
    return any(each.allowed for each in verdicts)


def must_be_kept_here(living: LivingRulebook, thing: str) -> None:
    """Raises: Refused: no clause of the office asks for it."""
    if not clauses_of(living, thing):
        label = living.vocabulary.objects[thing].label
        raise Refused("REGISTER_NOT_KEPT_HERE", **label.both)


async def ever(context: Context, thing: str, act: Act) -> Verdict:
    """Whether the viewer may do this in one case or another, and whose it is in any."""
    living = await context.rulebook()
    always, seats = await may(context, thing, act), await seats_of(context, thing, {})
    rows = [r for r in rows_of(living, thing, act) if r.effect == ALLOW and r.role != NOBODY]
    whose = tuple(dict.fromkeys(row.role for row in rows))
    if always.allowed or (always.row and always.row.effect == DENY):
        return replace(always, whose=whose)
    for seat in seats:
        for row in rows:
            if living.authority.holds_seat(frozenset({seat.role}), row.role):
                return Verdict(True, row, row.role, seat, whose)
    return replace(always, whose=whose)


def actions(
    living: LivingRulebook,
    seats: Sequence[Acting],
    thing: str,
    facts: Mapping[str, Any] | None = None,
    borne: Collection[str] = (),
    stages: Sequence[str] = (),
    *,
    unit: UUID | None = None,
    named: bool = False,
) -> list[tuple[Act, str, Verdict]]:
    """The act, the stage that it takes if any, and whether by which line; of one record.

    `stages` are those that may be taken next. Whom the record names may see it.
    """
    of, known = living.vocabulary.objects[thing], dict(facts or {})
    found: list[tuple[Act, str, Verdict]] = []
    for act in of.acts:
        if act is Act.SEE:
            found.append(
                (act, "", seen(living, thing, known, seats, borne, unit=unit, named=named))
            )
            continue
        for stage in stages if act is Act.TAKE and STAGE in of.facts else ("",):
            told = {**known, STAGE: stage} if stage else known
            found.append((act, stage, judged(living, thing, act, told, seats, borne, unit=unit)))
    return found
