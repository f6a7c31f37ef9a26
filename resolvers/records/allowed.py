"""Acts that have to be the viewer's: by which line, or a refusal in the office's words."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records.acts import Verdict, clauses_of, may, titles
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

    Raises:
        Refused: with this code, the clause that says so and what people call the object.

    """
    verdict = await may(context, thing, act, facts, bearers)
    if not verdict.allowed:
        raise refusal(context, code, thing, verdict)
    return verdict


async def must_be_theirs(
    context: Context, thing: str, act: Act, facts: Mapping[str, Any], *, lent_for: str = ""
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
